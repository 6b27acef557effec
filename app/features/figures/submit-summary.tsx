import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat, useLocale } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { cx } from "~/ui/cx";
import { DescriptionList } from "~/ui/description-list";
import { FormErrors, type Refused } from "~/ui/form";
import { Textarea } from "~/ui/input";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { IssueList } from "./issue-list";
import {
  addressOf,
  type FilingModel,
  fieldText,
  localized,
  placeOf,
  reasonFor,
  reasonKey,
  sectionsOf,
} from "./model";
import type { Summary } from "./summary";

export interface SubmitSummaryProps {
  model: FilingModel;
  summary: Summary;
  refused: Refused | null;
}

/** The last step: what will be sent, to whom and by when; blanks and reasons; then the confirmation. */
export function SubmitSummary({ model, summary, refused }: SubmitSummaryProps) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  const f = useFormat();
  const back = addressOf(model);
  const reviewer = model.reviewerName ?? t("reviewer");
  const nameOf = (code: string) => {
    const indicator = model.indicators.find((each) => each.code === code);
    return indicator ? localized(indicator.name, locale) : code;
  };
  const list = (codes: readonly string[]) => codes.map(nameOf).join(t("join"));
  const stop = summary.hard.length > 0 || !model.may.submit || summary.notNil.length > 0;
  const hard = summary.hard.map((violation) => {
    const code = placeOf(violation, model.indicators);
    return {
      key: `${violation.check}${violation.indicators.join()}`,
      code,
      name: code ? nameOf(code) : "",
      text: localized(violation.message, locale),
      hard: true,
    };
  });
  return (
    <Form method="post" className="mx-auto max-w-3xl" noValidate>
      <PageHeader
        title={t(summary.nil ? "summary.nilTitle" : "summary.title", { period: f.period(model.period) })}
      />
      <input type="hidden" name="version" value={model.version} />
      {summary.nil && <input type="hidden" name="nil" value="1" />}
      <FormErrors refused={refused} />
      {model.submitLock && (
        <Notice tone="warn" className="mt-3" title={model.submitLock.message}>
          {model.submitLock.next}
        </Notice>
      )}
      {!model.may.save && model.lock && (
        <Notice tone="warn" className="mt-3" title={model.lock.message}>
          {model.lock.next}
        </Notice>
      )}
      {summary.notNil.length > 0 && (
        <Notice tone="warn" className="mt-3" title={t("summary.notNil")}>
          {list(summary.notNil)}
        </Notice>
      )}
      {summary.nil && !stop && (
        <Notice tone="info" className="mt-3" title={t("summary.nilMeans")}>
          {t("summary.nilStock")}
        </Notice>
      )}
      <IssueList issues={hard} base={back} />
      {summary.soft.length > 0 && (
        <Card title={t("summary.reasons")} className="mt-3">
          {summary.soft.map((violation) => {
            const key = reasonKey(violation);
            const typed = refused?.values[`reason.${key}`];
            const reason = (typeof typed === "string" ? typed : null) ?? reasonFor(violation, model.reasons);
            const owed = refused !== null && reason.trim() === "";
            return (
              <div key={key} className="border-b border-line py-2.5 last:border-b-0">
                <label htmlFor={`r-${key}`} className={cx("block", owed && "text-bad")}>
                  <span aria-hidden>{owed ? "▲ " : "! "}</span>
                  {localized(violation.message, locale)}
                </label>
                <Textarea
                  id={`r-${key}`}
                  name={`reason.${key}`}
                  rows={2}
                  maxLength={500}
                  defaultValue={reason}
                  aria-invalid={owed || undefined}
                  placeholder={t("issue.reasonPlaceholder")}
                  className="mt-1.5"
                />
              </div>
            );
          })}
        </Card>
      )}
      <Card className="mt-3">
        <DescriptionList
          columns={1}
          items={[
            {
              term: t("summary.from"),
              value: [model.parentName, model.stationName].filter(Boolean).join(" · "),
            },
            { term: t("summary.to"), value: <b>{reviewer}</b> },
            {
              term: t("summary.due"),
              value: t("due", { date: f.date(model.dueOn), left: f.daysLeft(model.daysLeft) }),
            },
            {
              term: t("summary.given"),
              value: t("summary.count", {
                given: Object.entries(summary.figures).filter(
                  ([code, value]) =>
                    value !== null && model.indicators.some((i) => i.code === code && i.kind === "figure"),
                ).length,
                blank: summary.blanks.length,
              }),
            },
          ]}
        />
        {summary.blanks.length > 0 && (
          <div className="mt-3 rounded bg-warn-soft px-3 py-2.5 text-warn-ink">
            <b>{t("summary.blanks", { count: summary.blanks.length })}</b>
            <p className="m-0 mt-1 text-sm">{list(summary.blanks)}</p>
            <p className="m-0 mt-1 text-sm">{t("summary.blankMeans")}</p>
            {summary.blankFlows.length > 0 && model.may.save && !summary.nil && (
              <SubmitButton intent="zeros" tone="plain" size="small" className="mt-2">
                {t("summary.zeros", { count: summary.blankFlows.length })}
              </SubmitButton>
            )}
          </div>
        )}
      </Card>
      <Figures model={model} summary={summary} />
      <div className="sticky bottom-tabs z-bar -mx-3 mt-4 flex flex-wrap items-center gap-2.5 border-t border-line bg-surface px-3 py-2.5 lg:bottom-0 lg:mx-0 lg:rounded-t-lg lg:border lg:px-4">
        <LinkButton to={back} className="min-h-12 flex-1">
          {t("summary.back")}
        </LinkButton>
        {!stop && (
          <SubmitButton intent="submit" className="min-h-12 flex-[2] text-md">
            {t(summary.nil ? "summary.confirmNil" : "summary.confirm", { reviewer })}
          </SubmitButton>
        )}
      </div>
    </Form>
  );
}

/** Every figure as it will be sent, with last month's. */
function Figures({ model, summary }: Pick<SubmitSummaryProps, "model" | "summary">) {
  const { t } = useTranslation(["figures"]);
  const locale = useLocale();
  return (
    <div className="mt-3 grid gap-3 lg:grid-cols-2">
      {sectionsOf(model)
        .filter((view) => !view.aside)
        .map(({ section, rows }) => (
          <Card key={section} title={t(`section.${section}`)} flush className="self-start">
            <table className="w-full border-t border-line">
              <thead className="sr-only">
                <tr>
                  <th>{t("column.indicator")}</th>
                  <th>{t("column.value")}</th>
                  <th>{t("field.last")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ code, name, kind, unit }) => {
                  const value = summary.figures[code] ?? null;
                  const text = kind === "figure" ? fieldText(value, unit) : (summary.computed[code] ?? "");
                  const last = model.previous?.[code] ?? null;
                  return (
                    <tr key={code} className="border-b border-line last:border-b-0">
                      <th
                        scope="row"
                        className="hyphens-auto px-3.5 py-1.5 text-left font-normal [overflow-wrap:anywhere]"
                      >
                        {localized(name, locale)}
                      </th>
                      <td className="px-1 text-right font-semibold lg:whitespace-nowrap">
                        {text === "" ? (
                          <span className="font-normal text-ink-3">
                            {kind === "figure" ? t("field.blank") : "—"}
                          </span>
                        ) : (
                          <>
                            {text}
                            <span className="ml-1 text-sm font-normal text-ink-3">{t(`unit.${unit}`)}</span>
                          </>
                        )}
                      </td>
                      <td className="px-3.5 text-right text-sm text-ink-3 lg:whitespace-nowrap">
                        {kind === "figure" && last !== null && `${t("field.last")} ${fieldText(last, unit)}`}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </Card>
        ))}
    </div>
  );
}
