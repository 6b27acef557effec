import type { ReceptionAction } from "@muster/domain/reception";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Folded, Text } from "~/features/inspections/steps-forms";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { Textarea } from "~/ui/input";
import type { NamedTopic, ShownEntry } from "./list-view.server";
import { PublishFields } from "./publish";

interface Props {
  data: unknown;
  entry: ShownEntry;
  steps: readonly ReceptionAction[];
  above: string | null;
  /** Topics under which the answer may be published; null where the reader does not publish it. */
  publish: readonly NamedTopic[] | null;
}

/** What the reader may do with an entry now. */
export function EntryForms({ data, entry, steps, above, publish }: Props) {
  const { t } = useTranslation(["reception"]);
  const { version } = entry;
  const has = (action: ReceptionAction) => steps.includes(action);
  const refused = (action: ReceptionAction) => refusalIn(data, action);
  const publishing = refusalIn(data, "publish");
  const answer = (
    <Words
      intent="answer"
      name="answer"
      version={version}
      data={data}
      current={entry.reply || entry.answer}
      label={t("field.answer")}
      button={t("step.answerSend")}
    />
  );
  return (
    <>
      {has("answer") && entry.state !== "carried" && (
        <Card title={t("step.answer")} id="answer-card">
          <p className="m-0 mb-3 text-ink-3">{t("step.answerHint")}</p>
          {answer}
        </Card>
      )}
      {has("reply") && (
        <Card title={t("step.reply")} id="reply-card">
          <p className="m-0 mb-3 text-ink-3">{t("step.replyHint", { name: entry.stationName })}</p>
          <Words
            intent="reply"
            name="reply"
            version={version}
            data={data}
            current=""
            label={t("field.reply")}
            button={t("step.replySend")}
          />
        </Card>
      )}
      {(["pass_up", "take_back", "pass_on"] as const).filter(has).map((action) => (
        <Form key={action} method="post" className="print:hidden">
          <FormErrors refused={refused(action)} />
          <input type="hidden" name="version" value={version} />
          <SubmitButton intent={action} tone="plain">
            {t(`step.${action}`)}
          </SubmitButton>
          {action === "pass_up" && above && (
            <p className="m-0 mt-1 text-sm text-ink-3">{t("step.passUpHint", { name: above })}</p>
          )}
        </Form>
      ))}
      {publish && (
        <details
          open={publishing !== null}
          className="rounded-lg border border-line bg-surface px-4 py-2 print:hidden"
        >
          <summary className="flex min-h-target cursor-pointer items-center font-semibold">
            {t("step.publish")}
          </summary>
          <PublishFields
            refused={publishing}
            topics={publish}
            topic={entry.topic}
            question={entry.question}
            answer={entry.answer}
          />
        </details>
      )}
      {/* What is carried on elsewhere asks for nothing here; the visitor may be told all the same. */}
      {has("answer") && entry.state === "carried" && (
        <details
          open={refused("answer") !== null}
          className="rounded-lg border border-line bg-surface px-4 py-2 print:hidden"
        >
          <summary className="flex min-h-target cursor-pointer items-center font-semibold">
            {t("step.answer")}
          </summary>
          {answer}
        </details>
      )}
      {(["reopen", "strike"] as const).filter(has).map((action) => (
        <Folded
          key={action}
          title={t(`step.${action}`)}
          hint={t(`step.${action}Hint`)}
          refused={refused(action)}
        >
          <Text version={version} refused={refused(action)} name="reason" label={t("field.reason")} />
          <div>
            <SubmitButton intent={action} tone={action === "strike" ? "danger" : "plain"}>
              {t(`step.${action}`)}
            </SubmitButton>
          </div>
        </Folded>
      ))}
    </>
  );
}

function Words({
  intent,
  name,
  version,
  data,
  current,
  label,
  button,
}: {
  intent: "answer" | "reply";
  name: string;
  version: number;
  data: unknown;
  current: string;
  label: string;
  button: string;
}) {
  const refused = refusalIn(data, intent);
  const text = fieldOf(refused, name, current);
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <FormErrors refused={refused} fields={{ [name]: { label, id: name } }} />
      <input type="hidden" name="version" value={version} />
      <Field id={name} label={label} error={text.error} required>
        {(control) => (
          <Textarea {...control} name={name} rows={4} maxLength={2000} defaultValue={text.defaultValue} />
        )}
      </Field>
      <div>
        <SubmitButton intent={intent}>{button}</SubmitButton>
      </div>
    </Form>
  );
}
