import type { PetitionAction } from "@muster/domain/petition";
import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { DateInput, NumberInput, type Option, Select, Textarea, TextInput } from "~/ui/input";
import type { ShownPetition } from "./ledger.server";

interface Props {
  data: unknown;
  petition: ShownPetition;
  steps: readonly PetitionAction[];
  leaders: readonly Option[];
  mostDays: number;
  reviewer: string;
  final: string;
  today: string;
}

/** Steps that move a petition on; the first of them that may be taken stand open. */
const MAIN = [
  "accept",
  "grant_time",
  "reply",
  "answer_review",
  "answer_final",
  "archive",
] as const satisfies readonly PetitionAction[];

/** Steps that are taken now and then, folded, in the order in which they are needed. */
const OTHERS = [
  "deny_time",
  "refer",
  "refuse",
  "lead",
  "record",
  "ask_time",
  "follow_up",
  "ask_review",
  "ask_final",
  "flag",
  "withdraw",
  "urge",
] as const satisfies readonly PetitionAction[];

/** What the words of a step are called. */
const WORDS = {
  accept: "note",
  refer: "target",
  refuse: "basis",
  withdraw: "reason",
  record: "measures",
  ask_time: "reason",
  deny_time: "reason",
  reply: "reply",
  follow_up: "result",
  ask_review: "request",
  answer_review: "review",
  ask_final: "request",
  answer_final: "final",
  archive: "note",
  urge: "urge",
  flag: "note",
} as const;

/** What the reader may do with a petition now: the next step open, the others folded away. */
export function PetitionForms(props: Props) {
  const { t } = useTranslation(["petitions"]);
  const { steps, reviewer, final } = props;
  const hint = (action: PetitionAction) =>
    t(`hintOf.${action}`, { name: action === "ask_final" ? final : reviewer });
  const main = MAIN.filter((action) => steps.includes(action));
  const others = OTHERS.filter((action) => steps.includes(action));
  if (main.length + others.length === 0) return null;
  return (
    <>
      {main.map((action) => (
        <Card key={action} title={t(`step.${action}`)} className="print:hidden">
          <p className="m-0 mb-3 text-ink-3">{hint(action)}</p>
          <StepFields action={action} {...props} />
        </Card>
      ))}
      {others.map((action) => (
        <details
          key={action}
          open={refusalIn(props.data, action) !== null}
          className="rounded-lg border border-line bg-surface px-4 py-2 print:hidden"
        >
          <summary className="flex min-h-target cursor-pointer items-center font-semibold">
            {t(`step.${action}`)}
          </summary>
          <p className="m-0 mb-3 text-ink-3">{hint(action)}</p>
          <StepFields action={action} {...props} />
        </details>
      ))}
    </>
  );
}

type Shown = (typeof MAIN)[number] | (typeof OTHERS)[number];

function StepFields({ action, data, petition, leaders, mostDays, today }: Props & { action: Shown }) {
  const { t } = useTranslation(["petitions"]);
  const refused = refusalIn(data, action);
  const id = (name: string) => `${action}-${name}`;
  const days = fieldOf(refused, "days");
  const leader = fieldOf(refused, "leaderId", petition.leaderId ?? "");
  const labels = {
    text: {
      label: t(action in WORDS ? `field.${WORDS[action as keyof typeof WORDS]}` : "field.text"),
      id: id("text"),
    },
    on: { label: t("field.on"), id: id("on") },
    days: { label: t("field.days"), id: id("days") },
    leaderId: { label: t("field.leaderId"), id: id("leaderId") },
  };
  const frame = (fields: ReactNode, button: ReactNode) => (
    <Form method="post" action="?index" className="grid gap-4 pb-2" noValidate>
      <FormErrors refused={refused} fields={labels} />
      <input type="hidden" name="version" value={petition.version} />
      {fields}
      <div>{button}</div>
    </Form>
  );
  const submit = (
    <SubmitButton
      intent={action}
      tone={(MAIN as readonly PetitionAction[]).includes(action) ? "primary" : "plain"}
    >
      {t(`step.${action}`)}
    </SubmitButton>
  );
  if (action === "grant_time") return frame(null, submit);
  if (action === "lead")
    return frame(
      <Field
        id={id("leaderId")}
        label={t("field.leaderId")}
        error={leader.error}
        required
        className="max-w-xs"
      >
        {(control) => (
          <Select
            {...control}
            name="leaderId"
            placeholder={t("choose")}
            defaultValue={leader.defaultValue}
            options={leaders}
          />
        )}
      </Field>,
      submit,
    );
  const optional = action === "accept" || action === "archive" || action === "flag";
  const text = fieldOf(refused, "text");
  const words = (
    <Field id={id("text")} label={t(`field.${WORDS[action]}`)} error={text.error} required={!optional}>
      {(control) =>
        optional ? (
          <TextInput {...control} name="text" maxLength={500} defaultValue={text.defaultValue} />
        ) : (
          <Textarea {...control} name="text" rows={4} maxLength={4000} defaultValue={text.defaultValue} />
        )
      }
    </Field>
  );
  if (action === "flag")
    return frame(
      <>
        <input type="hidden" name="backlog" value={petition.backlog ? "no" : "yes"} />
        {words}
      </>,
      <SubmitButton intent="flag" tone="plain">
        {t(petition.backlog ? "flagOff" : "flagOn")}
      </SubmitButton>,
    );
  if (action === "ask_time")
    return frame(
      <>
        <Field
          id={id("days")}
          label={t("field.days")}
          hint={t("hint.days", { most: mostDays })}
          error={days.error}
          required
          className="max-w-xs"
        >
          {(control) => (
            <NumberInput {...control} name="days" maxLength={3} defaultValue={days.defaultValue} />
          )}
        </Field>
        {words}
      </>,
      submit,
    );
  const on = fieldOf(refused, "on");
  return frame(
    <>
      {words}
      {action !== "urge" && action !== "deny_time" ? (
        <Field id={id("on")} label={t("field.on")} hint={t("hint.on")} error={on.error} className="max-w-xs">
          {(control) => <DateInput {...control} name="on" max={today} defaultValue={on.defaultValue} />}
        </Field>
      ) : (
        <input type="hidden" name="on" value="" />
      )}
    </>,
    submit,
  );
}
