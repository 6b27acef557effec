import type { FindingAction } from "@muster/domain/inspection";
import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused, refusalIn } from "~/ui/form";
import { DateInput, Textarea } from "~/ui/input";

interface Props {
  data: unknown;
  version: number;
  steps: readonly FindingAction[];
  dueOn: string;
  today: string;
}

/** What the reader may do with a finding now: answer, judge, extend, withdraw, urge. */
export function FindingForms({ data, version, steps, dueOn, today }: Props) {
  const { t } = useTranslation(["inspections"]);
  const has = (action: FindingAction) => steps.includes(action);
  const judged = refusalIn(data, "close") ?? refusalIn(data, "send_back");
  return (
    <>
      {has("answer") && (
        <Card title={t("finding.answer")} id="answer">
          <p className="m-0 mb-3 text-ink-3">{t("finding.answerHint")}</p>
          <Form method="post" className="grid gap-4" noValidate>
            <Text
              version={version}
              refused={refusalIn(data, "answer")}
              name="measures"
              label={t("finding.measures")}
            />
            <div>
              <SubmitButton intent="answer">{t("finding.send")}</SubmitButton>
            </div>
          </Form>
        </Card>
      )}
      {(has("close") || has("send_back")) && (
        <Card title={t("finding.judge")} id="judge">
          <p className="m-0 mb-3 text-ink-3">{t("finding.judgeHint")}</p>
          <Form method="post" className="grid gap-4" noValidate>
            <Text
              version={version}
              refused={judged}
              name="seen"
              label={t("finding.seen")}
              more={{ newDue: t("finding.newDue") }}
            />
            <Day
              refused={judged}
              name="newDue"
              label={t("finding.newDue")}
              hint={t("finding.newDueHint")}
              min={today}
            />
            <div className="flex flex-wrap gap-2">
              <SubmitButton intent="close">{t("finding.close")}</SubmitButton>
              <SubmitButton intent="send_back" tone="danger">
                {t("finding.sendBack")}
              </SubmitButton>
            </div>
          </Form>
        </Card>
      )}
      {has("urge") && (
        <Folded title={t("finding.urge")} hint={t("finding.urgeHint")} refused={refusalIn(data, "urge")}>
          <Text
            version={version}
            refused={refusalIn(data, "urge")}
            name="urge"
            label={t("finding.urgeText")}
          />
          <div>
            <SubmitButton intent="urge" tone="plain">
              {t("finding.urge")}
            </SubmitButton>
          </div>
        </Folded>
      )}
      {has("extend") && (
        <Folded title={t("finding.extend")} refused={refusalIn(data, "extend")}>
          <Text
            version={version}
            refused={refusalIn(data, "extend")}
            name="reason"
            label={t("finding.reason")}
            more={{ extendTo: t("finding.extendTo") }}
          />
          <Day
            refused={refusalIn(data, "extend")}
            name="extendTo"
            label={t("finding.extendTo")}
            min={dueOn > today ? dueOn : today}
            required
          />
          <div>
            <SubmitButton intent="extend" tone="plain">
              {t("finding.extend")}
            </SubmitButton>
          </div>
        </Folded>
      )}
      {has("withdraw") && (
        <Folded
          title={t("finding.withdraw")}
          hint={t("finding.withdrawHint")}
          refused={refusalIn(data, "withdraw")}
        >
          <Text
            version={version}
            refused={refusalIn(data, "withdraw")}
            name="why"
            label={t("finding.reason")}
          />
          <div>
            <SubmitButton intent="withdraw" tone="danger">
              {t("finding.withdraw")}
            </SubmitButton>
          </div>
        </Folded>
      )}
    </>
  );
}

/** A form that is seldom used, open after a refusal. */
export function Folded({
  title,
  hint,
  refused,
  children,
}: {
  title: string;
  hint?: string;
  refused: Refused | null;
  children: ReactNode;
}) {
  return (
    <details
      open={refused !== null}
      className="rounded-lg border border-line bg-surface px-4 py-2 print:hidden"
    >
      <summary className="flex min-h-target cursor-pointer items-center font-semibold">{title}</summary>
      {hint && <p className="m-0 mb-3 text-ink-3">{hint}</p>}
      <Form method="post" className="grid gap-4 pb-2" noValidate>
        {children}
      </Form>
    </details>
  );
}

/** The words of a step, with the version that was read and why the form was refused. */
export function Text({
  version,
  refused,
  name,
  label,
  hint,
  more = {},
}: {
  version: number;
  refused: Refused | null;
  name: string;
  label: string;
  hint?: string;
  /** Labels of further fields of the same form. */
  more?: Record<string, string>;
}) {
  const text = fieldOf(refused, name);
  const fields = Object.fromEntries(
    Object.entries({ [name]: label, ...more }).map(([field, said]) => [field, { label: said, id: field }]),
  );
  return (
    <>
      <FormErrors refused={refused} fields={fields} />
      <input type="hidden" name="version" value={version} />
      <Field id={name} label={label} hint={hint} error={text.error} required>
        {(control) => (
          <Textarea {...control} name={name} maxLength={1000} rows={3} defaultValue={text.defaultValue} />
        )}
      </Field>
    </>
  );
}

function Day({
  refused,
  name,
  label,
  hint,
  min,
  required,
}: {
  refused: Refused | null;
  name: string;
  label: string;
  hint?: string;
  min: string;
  required?: boolean;
}) {
  const day = fieldOf(refused, name);
  return (
    <Field id={name} label={label} hint={hint} error={day.error} required={required} className="max-w-xs">
      {(control) => <DateInput {...control} name={name} min={min} defaultValue={day.defaultValue} />}
    </Field>
  );
}
