import { Form, useSubmit } from "@remix-run/react";
import type { ClipboardEvent, FormEvent, KeyboardEvent } from "react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/i18n/use-format";
import { Button, LinkButton, SubmitButton } from "~/ui/button";
import { cx } from "~/ui/cx";
import { FormErrors, type Refused } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { ConflictPanel } from "./conflict-panel";
import type { FieldClash } from "./draft-sync";
import { FilingHead } from "./filing-head";
import { IssueList, useIssues } from "./issue-list";
import { addressOf, type FilingModel, fieldOrder, localized, sectionsOf } from "./model";
import { planPaste } from "./paste";
import { SaveState } from "./save-state";
import { SectionCard } from "./section-card";
import { SectionNav } from "./section-nav";
import { StatusPanel } from "./status-panel";
import { type Typed, useFiling } from "./use-filing";

export interface FilingFormProps {
  model: FilingModel;
  refused: Refused | null;
  /** What a refused form held. */
  typed: Typed | null;
  /** Somebody else saved first, and there are no scripts to ask with. */
  clash: { by: string | null; at: string | null; clashes: FieldClash[] } | null;
}

/** The filing page: reads for everyone in scope, fills in for the station's own people. */
export function FilingForm({ model, refused, typed, clash }: FilingFormProps) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  const submit = useSubmit();
  const filing = useFiling(model, typed);
  const sections = useMemo(() => sectionsOf(model), [model]);
  const issues = useIssues(model, filing);
  const [hint, setHint] = useState<string | null>(null);
  const readOnly = !model.may.save;
  const base = addressOf(model);
  const { state } = filing;

  const onPaste = (event: ClipboardEvent<HTMLFormElement>) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.dataset.figure === undefined) return;
    const fields = fieldOrder(sections).map((code) => {
      const indicator = model.indicators.find((each) => each.code === code);
      return { code, names: indicator ? [localized(indicator.name, locale)] : [] };
    });
    const plan = planPaste(event.clipboardData.getData("text/plain"), fields, field.name);
    if (!plan) return;
    event.preventDefault();
    filing.typeAll(plan.values);
    const count = Object.keys(plan.values).length;
    setHint(plan.left > 0 ? t("paste.partly", { count, left: plan.left }) : t("paste.done", { count }));
  };

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    const { submitter } = event.nativeEvent as SubmitEvent;
    const intent = submitter instanceof HTMLButtonElement ? submitter.value : "save";
    if (!filing.live) return;
    event.preventDefault();
    const form = event.currentTarget;
    const broken = Object.keys(filing.reading.problems)[0];
    if (broken !== undefined) {
      document.getElementById(broken)?.focus();
      return;
    }
    if (intent === "review" && issues.some((issue) => issue.hard)) {
      document.getElementById("issues")?.focus();
      return;
    }
    if (!(await filing.flush())) {
      setHint(t("save.notYet"));
      return;
    }
    const data = new FormData(form);
    data.set("intent", intent);
    data.set("version", String(filing.version()));
    submit(data, { method: "post" });
  };

  return (
    <Form method="post" onPaste={onPaste} onKeyDown={moveOn} onSubmit={onSubmit} noValidate>
      <input type="hidden" name="version" value={filing.version()} />
      {/* Enter in a field saves, before scripts run: the first button of a form is the one that Enter presses. */}
      {!readOnly && (
        <button type="submit" name="intent" value="save" tabIndex={-1} aria-hidden className="sr-only">
          {t("action.save")}
        </button>
      )}
      <FilingHead model={model} sections={sections} filing={filing} issues={readOnly ? 0 : issues.length} />
      <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_19rem] lg:items-start lg:gap-4">
        <div className="lg:sticky lg:top-4 lg:col-start-2 lg:row-start-1 lg:max-h-[calc(100vh-2rem)] lg:overflow-y-auto">
          <StatusPanel model={model} />
          {refused && (
            <div className="mt-3">
              <FormErrors refused={refused} fields={fieldNames(model, locale)} />
            </div>
          )}
          {state.kind === "conflict" ? (
            <ConflictPanel
              model={model}
              by={state.by}
              at={state.at}
              clashes={state.clashes}
              onSettle={filing.settle}
            />
          ) : (
            clash && !filing.live && <ConflictPanel model={model} {...clash} onSettle={null} />
          )}
          {filing.taken && (
            <Notice
              tone="info"
              className="mt-3"
              title={t("conflict.taken", { count: filing.taken.codes.length })}
            >
              <p className="m-0 text-sm">
                {t("pair", {
                  name: filing.taken.by ?? t("conflict.somebody"),
                  text: filing.taken.codes.map((code) => nameOf(model, code, locale)).join(t("join")),
                })}
              </p>
            </Notice>
          )}
          {filing.restored > 0 && state.kind !== "saved" && (
            <Notice tone="info" className="mt-3" title={t("save.restored", { count: filing.restored })} />
          )}
          {!readOnly && <IssueList issues={issues} />}
          <SectionNav sections={sections} filing={filing} model={model} />
        </div>
        <div className="lg:col-start-1 lg:row-start-1">
          {sections.map((view) => (
            <SectionCard
              key={`${view.section}${view.aside}`}
              view={view}
              model={model}
              filing={filing}
              readOnly={readOnly}
            />
          ))}
          <div className={cx("mt-4 flex flex-wrap gap-2 print:hidden", readOnly && "pb-4")}>
            <LinkButton to={`${base}/history`} size="small">
              {t("action.history")}
            </LinkButton>
            <LinkButton to={`${base}/print`} size="small">
              {t("action.print")}
            </LinkButton>
            {model.may.review && (
              <LinkButton to={`/review/${model.stationId}/${model.period}`} size="small" tone="primary">
                {t("action.openReview")}
              </LinkButton>
            )}
            {!readOnly && filing.live && (
              <Button
                size="small"
                tone="quiet"
                onClick={() => {
                  const zeros = blankFlows(model, filing.reading.figures);
                  filing.typeAll(Object.fromEntries(zeros.map((code) => [code, "0"])));
                  setHint(t("zeros.done", { count: zeros.length }));
                }}
              >
                {t("zeros.fill")}
              </Button>
            )}
          </div>
        </div>
      </div>
      {!readOnly && (
        <div className="sticky bottom-tabs z-bar -mx-3 mt-4 border-t border-line bg-surface px-3 py-2.5 lg:bottom-0 lg:ml-0 lg:mr-[20.2rem] lg:rounded-t-lg lg:border lg:px-4 print:hidden">
          {hint && (
            <p role="status" className="m-0 mb-1.5 text-sm text-info-ink">
              {hint}
            </p>
          )}
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
            <div className="min-w-20 flex-1 in-elder:basis-full lg:in-elder:basis-20">
              {filing.live ? (
                <SaveState filing={filing} model={model} />
              ) : (
                <SubmitButton intent="save" tone="plain">
                  {t("action.save")}
                </SubmitButton>
              )}
            </div>
            {model.may.submitAtAll ? (
              <>
                {model.round === 0 && (
                  <SubmitButton intent="nil" tone="plain" className="min-h-12 px-3 max-lg:in-elder:flex-1">
                    {t("action.nil")}
                  </SubmitButton>
                )}
                <SubmitButton intent="review" className="min-h-12 px-3 text-md max-lg:in-elder:flex-1">
                  {t("action.review")}
                </SubmitButton>
              </>
            ) : (
              <p className="m-0 text-sm text-ink-2">{t("action.headSubmits")}</p>
            )}
          </div>
        </div>
      )}
    </Form>
  );
}

/** Figures of the month's events that are still blank: those for which 0 is a plain answer. */
function blankFlows(model: FilingModel, figures: Readonly<Record<string, number | null>>): string[] {
  return model.indicators
    .filter(
      ({ code, kind, acrossTime, kinds }) =>
        kind === "figure" &&
        acrossTime !== "last" &&
        (kinds === null || kinds.includes(model.kind)) &&
        (figures[code] ?? null) === null,
    )
    .map(({ code }) => code);
}

/** Enter and the arrows go from field to field, as in a spreadsheet. */
function moveOn(event: KeyboardEvent<HTMLFormElement>): void {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || field.dataset.figure === undefined) return;
  // A Chinese keyboard uses Enter and the arrows itself while it composes.
  if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const back = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
  if (!back && event.key !== "Enter" && event.key !== "ArrowDown") return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll<HTMLInputElement>("input[data-figure]")].filter(
    (each) => each.offsetParent !== null,
  );
  const next = fields[fields.indexOf(field) + (back ? -1 : 1)];
  next?.focus();
  next?.select();
}

function nameOf(model: FilingModel, code: string, locale: "zh-CN" | "en"): string {
  const indicator = model.indicators.find((each) => each.code === code);
  return indicator ? localized(indicator.name, locale) : code;
}

function fieldNames(model: FilingModel, locale: "zh-CN" | "en") {
  return Object.fromEntries(
    model.indicators.map(({ code }) => [code, { label: nameOf(model, code, locale), id: code }]),
  );
}
