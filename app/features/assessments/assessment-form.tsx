import { itemSubject } from "@muster/domain/evidence";
import { DIMENSIONS } from "@muster/domain/standard";
import { Form } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUploads } from "~/features/evidence/use-uploads";
import { localized } from "~/features/figures/model";
import { useLocale } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { Notice } from "~/ui/notice";
import { ActionBar } from "~/ui/toolbar";
import { ItemRow } from "./item-row";
import { fieldsOf, valuesIn, verdictWith } from "./model";
import type { AssessmentModel } from "./page.server";
import { VerdictSummary } from "./verdict-summary";

const EMPTY = { value: null, notApplicable: false, remark: "" };

/** An assessment by dimension; points and verdict follow what is typed, and the server judges again. */
export function AssessmentForm({ model, refused }: { model: AssessmentModel; refused: Refused | null }) {
  const { t } = useTranslation(["standards"]);
  const locale = useLocale();
  const { judged, lines, start, steps, row, evidence } = model;
  const { stage } = judged;
  const subjects = Object.fromEntries(
    lines.map(({ item }) => [item.code, itemSubject({ ...row, code: item.code })]),
  );
  const uploads = useUploads({
    subjects: Object.values(subjects),
    owner: evidence.owner,
    adds: evidence.adds && evidence.open,
  });
  const [verdict, setVerdict] = useState(model.verdict);
  const form = useRef<HTMLFormElement>(null);
  // A new page, as after an upload, may have ticked what nobody had answered yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the model says when the form is another
  useEffect(() => {
    if (form.current) judge(form.current);
  }, [model]);
  const judge = (form: HTMLFormElement) => {
    const data = new FormData(form);
    const items = lines.map(({ item }) => item);
    setVerdict(
      verdictWith(
        judged,
        valuesIn(items, (field) => data.get(field)?.toString()),
      ),
    );
  };
  const labels = Object.fromEntries(
    lines.flatMap(({ item }) =>
      [fieldsOf(item.code).value, fieldsOf(item.code).remark].map((field) => [
        field,
        { label: `${item.code} ${localized(item.name, locale)}`, id: `item-${item.code}` },
      ]),
    ),
  );
  const shown = stage === null ? model.verdict : verdict;
  const sections = DIMENSIONS.map((dimension) => {
    const own = lines.filter(({ item }) => item.dimension === dimension);
    return own.length === 0 ? null : (
      <Card key={dimension} title={t(`dimension.${dimension}`)} flush>
        <ul className="m-0 list-none p-0">
          {own.map((line) => (
            <ItemRow
              key={line.item.code}
              line={line}
              level={judged.level}
              verdict={shown.items[line.item.code] ?? "missing"}
              stage={stage}
              start={start[line.item.code] ?? EMPTY}
              refused={refused}
              subject={subjects[line.item.code] ?? itemSubject({ ...row, code: line.item.code })}
              evidence={evidence}
              uploads={uploads}
            />
          ))}
        </ul>
      </Card>
    );
  });
  const summary = (
    <Card>
      <VerdictSummary verdict={shown} set={judged.set} />
    </Card>
  );
  if (stage === null)
    return (
      <div className="grid max-w-5xl grid-cols-1 gap-4">
        {summary}
        {sections}
      </div>
    );
  const [keep, decide] =
    stage === "self"
      ? (["save", "submit"] as const)
      : stage === "check"
        ? (["check_save", "check"] as const)
        : (["spot_save", "spot_check"] as const);
  return (
    <Form
      ref={form}
      method="post"
      className="grid max-w-5xl grid-cols-1 gap-4"
      noValidate
      onChange={(event) => judge(event.currentTarget)}
    >
      <FormErrors
        refused={refused}
        fields={{ ...labels, reason: { label: t("action.reason"), id: "reason" } }}
      />
      <input type="hidden" name="version" value={row.version} />
      {stage !== "self" && <Notice title={t(stage === "check" ? "page.checkHint" : "page.spotHint")} />}
      {summary}
      {sections}
      {steps.includes("return") && (
        <Card title={t("action.returnTitle")}>
          <div className="flex flex-wrap items-end gap-2">
            <Field
              label={t("action.reason")}
              id="reason"
              error={fieldOf(refused, "reason").error}
              className="min-w-48 flex-1"
            >
              {(control) => (
                <TextInput
                  {...control}
                  name="reason"
                  maxLength={300}
                  defaultValue={fieldOf(refused, "reason").defaultValue}
                />
              )}
            </Field>
            <SubmitButton intent="return" tone="danger">
              {t("action.return")}
            </SubmitButton>
          </div>
        </Card>
      )}
      <ActionBar note={t(shown.fiveHaves ? "fiveMet" : "fiveNot")}>
        {steps.includes(keep) && (
          <SubmitButton intent={keep} tone={steps.includes(decide) ? "plain" : "primary"}>
            {t(`action.${keep}`)}
          </SubmitButton>
        )}
        {steps.includes(decide) && <SubmitButton intent={decide}>{t(`action.${decide}`)}</SubmitButton>}
      </ActionBar>
    </Form>
  );
}
