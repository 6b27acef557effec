import { RECEPTION_CHANNELS, RECEPTION_PURPOSES } from "@muster/domain/reception";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { DateInput, Textarea, TextInput } from "~/ui/input";
import type { NamedTopic } from "./list-view.server";

interface Props {
  refused: Refused | null;
  requestKey: string;
  /** Those asked about most come first; the others are folded away. */
  topics: readonly NamedTopic[];
  others: readonly NamedTopic[];
  today: string;
  /** The station above, which may be asked; null where there is none. */
  above: string | null;
  /** Somebody of the archive whose page the form was opened from. */
  person: { id: string; name: string } | null;
  /** The published answer that is given. */
  known: { topic: string; question: string; answer: string } | null;
}

/** The form of fifteen seconds: topic, words, answer, save. Everything else has its usual value. */
export function NewEntryForm({ refused, requestKey, topics, others, today, above, person, known }: Props) {
  const { t } = useTranslation(["reception", "common"]);
  const topic = fieldOf(refused, "topic", known?.topic);
  const question = fieldOf(refused, "question", known?.question);
  const answer = fieldOf(refused, "answer", known?.answer);
  const dueOn = fieldOf(refused, "dueOn");
  const day = fieldOf(refused, "day", today);
  const visitor = fieldOf(refused, "visitor");
  const phone = fieldOf(refused, "phone");
  const label = (name: "topic" | "question" | "answer" | "dueOn" | "day" | "visitor" | "phone") => ({
    label: t(`field.${name}`),
    id: name === "topic" ? "topics" : name,
  });
  const labels = {
    topic: label("topic"),
    question: label("question"),
    answer: label("answer"),
    dueOn: label("dueOn"),
    day: label("day"),
    visitor: label("visitor"),
    phone: label("phone"),
  };
  const option = ({ code, name }: NamedTopic) => ({ value: code, label: name });
  const outcomes = (["answered", "to_do", "passed_up"] as const)
    .filter((outcome) => outcome !== "passed_up" || above !== null)
    .map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`, { name: above ?? "" }) }));
  return (
    <Card>
      <Form method="post" className="grid gap-4" noValidate>
        <FormErrors refused={refused} fields={labels} />
        <input type="hidden" name="requestKey" value={requestKey} />
        <input type="hidden" name="person" value={person?.id ?? ""} />
        {person && <p className="m-0 font-semibold">{t("new.person", { name: person.name })}</p>}
        <div id="topics">
          <RadioGroup
            name="topic"
            legend={t("field.topic")}
            defaultValue={topic.defaultValue}
            error={topic.error}
            options={topics.map(option)}
          />
          {others.length > 0 && (
            <details open={others.some(({ code }) => code === topic.defaultValue)}>
              <summary className="flex min-h-target cursor-pointer items-center text-accent">
                {t("new.moreTopics")}
              </summary>
              <RadioGroup
                name="topic"
                legend={<span className="sr-only">{t("new.moreTopics")}</span>}
                defaultValue={topic.defaultValue}
                options={others.map(option)}
              />
            </details>
          )}
        </div>
        <Field
          id="question"
          label={t("field.question")}
          hint={t("hint.question")}
          error={question.error}
          required
        >
          {(control) => (
            <Textarea
              {...control}
              name="question"
              rows={2}
              maxLength={500}
              defaultValue={question.defaultValue}
            />
          )}
        </Field>
        <Field id="answer" label={t("field.answer")} hint={t("hint.answer")} error={answer.error}>
          {(control) => (
            <Textarea
              {...control}
              name="answer"
              rows={3}
              maxLength={2000}
              defaultValue={answer.defaultValue}
            />
          )}
        </Field>
        <RadioGroup
          name="outcome"
          legend={t("field.outcome")}
          defaultValue={fieldOf(refused, "outcome", "answered").defaultValue}
          options={outcomes}
        />
        <details open={refused !== null}>
          <summary className="flex min-h-target cursor-pointer items-center text-accent">
            {t("new.more")}
          </summary>
          <div className="grid gap-4 py-2 sm:grid-cols-2">
            <RadioGroup
              name="channel"
              legend={t("field.channel")}
              defaultValue={fieldOf(refused, "channel", "walk_in").defaultValue}
              options={RECEPTION_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
            />
            <RadioGroup
              name="purpose"
              legend={t("field.purpose")}
              defaultValue={fieldOf(refused, "purpose", "question").defaultValue}
              options={RECEPTION_PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))}
            />
            {person === null && (
              <>
                <Field id="visitor" label={t("field.visitor")} hint={t("hint.visitor")} error={visitor.error}>
                  {(control) => (
                    <TextInput
                      {...control}
                      name="visitor"
                      maxLength={30}
                      autoComplete="off"
                      defaultValue={visitor.defaultValue}
                    />
                  )}
                </Field>
                <Field id="phone" label={t("field.phone")} error={phone.error}>
                  {(control) => (
                    <TextInput
                      {...control}
                      name="phone"
                      inputMode="tel"
                      maxLength={30}
                      autoComplete="off"
                      defaultValue={phone.defaultValue}
                    />
                  )}
                </Field>
              </>
            )}
            <Field id="day" label={t("field.day")} error={day.error}>
              {(control) => <DateInput {...control} name="day" max={today} defaultValue={day.defaultValue} />}
            </Field>
            <Field id="dueOn" label={t("field.dueOn")} hint={t("hint.dueOn")} error={dueOn.error}>
              {(control) => (
                <DateInput {...control} name="dueOn" min={today} defaultValue={dueOn.defaultValue} />
              )}
            </Field>
          </div>
        </details>
        {person !== null && (
          <>
            <input type="hidden" name="visitor" value="" />
            <input type="hidden" name="phone" value="" />
          </>
        )}
        <div className="flex flex-wrap gap-2">
          <SubmitButton intent="save" size="large">
            {t("new.save")}
          </SubmitButton>
          <SubmitButton intent="next" tone="plain" size="large">
            {t("new.saveNext")}
          </SubmitButton>
          <LinkButton to="/reception" size="large">
            {t("common:cancel")}
          </LinkButton>
        </div>
      </Form>
    </Card>
  );
}
