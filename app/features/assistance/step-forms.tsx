import { type CaseAction, type CaseState, REFUSAL_REASONS } from "@muster/domain/assistance";
import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Folded, Text } from "~/features/inspections/steps-forms";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused, refusalIn } from "~/ui/form";
import { DateInput, Select, Textarea } from "~/ui/input";
import { Money } from "./application-form";

interface Props {
  data: unknown;
  version: number;
  state: CaseState;
  steps: readonly CaseAction[];
  publicUntil: string | null;
  today: string;
}

/** What the reader may do with a case now: the step that leads on first, the others folded. */
export function StepForms({ data, version, state, steps, publicUntil, today }: Props) {
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  const has = (action: CaseAction) => steps.includes(action);
  const of = (...actions: CaseAction[]) =>
    actions.map((action) => refusalIn(data, action)).find((refused) => refused !== null) ?? null;
  const common = { version };
  const verify = state === "second_check" ? "second" : "verify";
  return (
    <>
      {has("verify") && (
        <Step title={t(`step.${verify}.title`)} hint={t(`step.${verify}.hint`)}>
          <Text {...common} refused={of("verify")} name="text" label={t(`step.${verify}.text`)} />
          <div>
            <SubmitButton intent="verify" size="large">
              {t(`step.${verify}.do`)}
            </SubmitButton>
          </div>
        </Step>
      )}
      {has("pass") && (
        <Step title={t("step.decide.title")} hint={t("step.decide.hint")}>
          <Words {...common} refused={of("pass", "send_back")} label={t("step.decide.text")} />
          <Buttons>
            <SubmitButton intent="pass">{t("step.decide.do")}</SubmitButton>
            <SubmitButton intent="send_back" tone="plain">
              {t("step.decide.back")}
            </SubmitButton>
          </Buttons>
        </Step>
      )}
      {has("clear") && (
        <Step
          title={t("step.publicity.title")}
          hint={t("step.publicity.hint", { day: publicUntil ? f.date(publicUntil) : "" })}
        >
          <Words {...common} refused={of("clear", "object")} label={t("step.publicity.text")} />
          <Buttons>
            <SubmitButton intent="clear">{t("step.publicity.do")}</SubmitButton>
            <SubmitButton intent="object" tone="danger">
              {t("step.publicity.object")}
            </SubmitButton>
          </Buttons>
        </Step>
      )}
      {has("approve") && (
        <Step title={t("step.approve.title")} hint={t("step.approve.hint")}>
          <Words
            {...common}
            refused={of("approve", "send_back")}
            label={t("step.approve.text")}
            more={{ amount: t("field.amount") }}
          />
          <Money id="amount" label={t("field.amount")} of={fieldOf(of("approve", "send_back"), "amount")} />
          <Buttons>
            <SubmitButton intent="approve">{t("step.approve.do")}</SubmitButton>
            <SubmitButton intent="send_back" tone="plain">
              {t("step.approve.back")}
            </SubmitButton>
          </Buttons>
        </Step>
      )}
      {has("pay") && (
        <Step title={t("step.pay.title")} hint={t("step.pay.hint")}>
          <Words
            {...common}
            refused={of("pay")}
            label={t("step.pay.text")}
            more={{ paidOn: t("field.paidOn") }}
          />
          <Field
            id="paidOn"
            label={t("field.paidOn")}
            error={fieldOf(of("pay"), "paidOn").error}
            className="max-w-xs"
          >
            {(control) => (
              <DateInput
                {...control}
                name="paidOn"
                max={today}
                defaultValue={fieldOf(of("pay"), "paidOn", today).defaultValue}
              />
            )}
          </Field>
          <Buttons>
            <SubmitButton intent="pay">{t("step.pay.do")}</SubmitButton>
          </Buttons>
        </Step>
      )}
      {has("advance") && (
        <Step title={t("step.advance.title")} hint={t("step.advance.hint")}>
          <Words
            {...common}
            refused={of("advance")}
            label={t("step.advance.text")}
            more={{ amount: t("field.advanced") }}
          />
          <Money id="amount" label={t("field.advanced")} of={fieldOf(of("advance"), "amount")} required />
          <Buttons>
            <SubmitButton intent="advance">{t("step.advance.do")}</SubmitButton>
          </Buttons>
        </Step>
      )}
      {has("complete") && (
        <Step title={t("step.complete.title")} hint={t("step.complete.hint")}>
          <Words {...common} refused={of("complete")} label={t("step.complete.text")} />
          <Buttons>
            <SubmitButton intent="complete">{t("step.complete.do")}</SubmitButton>
          </Buttons>
        </Step>
      )}
      {has("confirm") && (
        <Step title={t("step.confirm.title")} hint={t("step.confirm.hint")}>
          <Words {...common} refused={of("confirm", "send_back")} label={t("step.confirm.text")} />
          <Buttons>
            <SubmitButton intent="confirm">{t("step.confirm.do")}</SubmitButton>
            <SubmitButton intent="send_back" tone="plain">
              {t("step.confirm.back")}
            </SubmitButton>
          </Buttons>
        </Step>
      )}
      {has("follow_up") && (
        <Step title={t("step.follow_up.title")} hint={t("step.follow_up.hint")}>
          <Text {...common} refused={of("follow_up")} name="text" label={t("step.follow_up.text")} />
          <Buttons>
            <SubmitButton intent="follow_up">{t("step.follow_up.do")}</SubmitButton>
          </Buttons>
        </Step>
      )}
      {has("uphold") && (
        <Step title={t("step.judge.title")} hint={t("step.judge.hint")}>
          <Text {...common} refused={of("uphold", "reopen")} name="text" label={t("step.judge.text")} />
          <Buttons>
            <SubmitButton intent="reopen">{t("step.judge.do")}</SubmitButton>
            <SubmitButton intent="uphold" tone="danger">
              {t("step.judge.uphold")}
            </SubmitButton>
          </Buttons>
        </Step>
      )}
      {has("refuse") && <RefuseForm version={version} refused={of("refuse")} />}
      {(["appeal", "withdraw"] as const).map(
        (action) =>
          has(action) && (
            <Folded
              key={action}
              title={t(`step.${action}.title`)}
              hint={t(`step.${action}.hint`)}
              refused={of(action)}
            >
              <Words
                {...common}
                id={`text-${action}`}
                refused={of(action)}
                label={t(`step.${action}.text`)}
                required
              />
              <Buttons>
                <SubmitButton intent={action} tone={action === "appeal" ? "primary" : "danger"}>
                  {t(`step.${action}.do`)}
                </SubmitButton>
              </Buttons>
            </Folded>
          ),
      )}
    </>
  );
}

function RefuseForm({ version, refused }: { version: number; refused: Refused | null }) {
  const { t } = useTranslation(["assistance"]);
  const reason = fieldOf(refused, "reason");
  return (
    <Folded title={t("step.refuse.title")} hint={t("step.refuse.hint")} refused={refused}>
      <Words
        version={version}
        id="text-refuse"
        refused={refused}
        label={t("step.refuse.text")}
        more={{ reason: t("field.refusalReason") }}
        required
      />
      <Field id="reason" label={t("field.refusalReason")} error={reason.error} required>
        {(control) => (
          <Select
            {...control}
            name="reason"
            placeholder={t("field.refusalReason")}
            defaultValue={reason.defaultValue}
            options={REFUSAL_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
          />
        )}
      </Field>
      <Buttons>
        <SubmitButton intent="refuse" tone="danger">
          {t("step.refuse.do")}
        </SubmitButton>
      </Buttons>
    </Folded>
  );
}

function Step({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <Card title={title} id="step" className="border-accent print:hidden">
      <p className="m-0 mb-3 text-ink-2">{hint}</p>
      <Form method="post" action="?index" className="grid gap-4" noValidate>
        {children}
      </Form>
    </Card>
  );
}

function Buttons({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-2">{children}</div>;
}

/** Words of a step that may stay silent, with the version that was read and why the form was refused. */
function Words({
  version,
  refused,
  label,
  id = "text",
  more = {},
  required = false,
}: {
  version: number;
  refused: Refused | null;
  label: string;
  id?: string;
  more?: Record<string, string>;
  required?: boolean;
}) {
  const text = fieldOf(refused, "text");
  const fields = {
    text: { label, id },
    ...Object.fromEntries(Object.entries(more).map(([name, said]) => [name, { label: said, id: name }])),
  };
  return (
    <>
      <FormErrors refused={refused} fields={fields} />
      <input type="hidden" name="version" value={version} />
      <Field id={id} label={label} error={text.error} required={required}>
        {(control) => (
          <Textarea {...control} name="text" maxLength={1000} rows={3} defaultValue={text.defaultValue} />
        )}
      </Field>
    </>
  );
}
