import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused } from "~/ui/form";
import { Select, Textarea, TextInput } from "~/ui/input";
import type { NamedTopic } from "./list-view.server";

/** The form that publishes an answer: what is asked and answered, worded for everybody. */
export function PublishFields({
  refused,
  topics,
  ...current
}: {
  refused: Refused | null;
  topics: readonly NamedTopic[];
  topic: string;
  question: string;
  answer: string;
}) {
  const { t } = useTranslation(["reception"]);
  const topic = fieldOf(refused, "topic", current.topic);
  const question = fieldOf(refused, "knowledgeQuestion", current.question);
  const answer = fieldOf(refused, "knowledgeAnswer", current.answer);
  return (
    <Form method="post" className="grid gap-4 pb-2" noValidate>
      <p className="m-0 text-ink-3">{t("step.publishHint")}</p>
      <FormErrors
        refused={refused}
        fields={{
          topic: { label: t("field.topic"), id: "publishTopic" },
          knowledgeQuestion: { label: t("knowledge.question"), id: "knowledgeQuestion" },
          knowledgeAnswer: { label: t("knowledge.answer"), id: "knowledgeAnswer" },
        }}
      />
      <Field id="publishTopic" label={t("field.topic")} error={topic.error} required className="max-w-xs">
        {(control) => (
          <Select
            {...control}
            name="topic"
            placeholder={t("choose")}
            defaultValue={topic.defaultValue}
            options={topics.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
      </Field>
      <Field id="knowledgeQuestion" label={t("knowledge.question")} error={question.error} required>
        {(control) => (
          <TextInput
            {...control}
            name="knowledgeQuestion"
            maxLength={300}
            autoComplete="off"
            defaultValue={question.defaultValue}
          />
        )}
      </Field>
      <Field id="knowledgeAnswer" label={t("knowledge.answer")} error={answer.error} required>
        {(control) => (
          <Textarea
            {...control}
            name="knowledgeAnswer"
            rows={5}
            maxLength={2000}
            defaultValue={answer.defaultValue}
          />
        )}
      </Field>
      <div>
        <SubmitButton intent="publish" tone="plain">
          {t("step.publishSend")}
        </SubmitButton>
      </div>
    </Form>
  );
}
