import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Checkbox } from "~/ui/choice";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, type Refused, refusalIn } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { Tag } from "~/ui/tag";

interface Topic {
  code: string;
  nameZh: string;
  nameEn: string;
  retired: boolean;
  version: number;
}

/** The topics of consultations, each with its form, and the form of a new one. @param data what an action answered */
export function TopicList({
  topics,
  mayEdit,
  data,
}: {
  topics: readonly Topic[];
  mayEdit: boolean;
  data: unknown;
}) {
  const { t } = useTranslation(["reception"]);
  const locale = useLocale();
  const edited = refusalIn(data, "edit");
  return (
    <div className="grid max-w-4xl gap-4">
      <Card>
        {topics.map((topic) => (
          <div key={topic.code} className="border-b border-line py-2 last:border-b-0">
            <div className="flex flex-wrap items-center gap-x-3">
              <b className="tabular-nums">{topic.code}</b>
              <span lang="zh-CN">{topic.nameZh}</span>
              <span lang="en" className="flex-1 text-ink-3">
                {topic.nameEn}
              </span>
              <Tag tone={topic.retired ? "mute" : "good"}>
                {t(topic.retired ? "topics.retired" : "topics.inUse")}
              </Tag>
            </div>
            {mayEdit && (
              <details open={edited?.values.code === topic.code}>
                <summary className="flex min-h-target cursor-pointer items-center text-accent">
                  {t("topics.edit", { name: locale === "en" ? topic.nameEn : topic.nameZh })}
                </summary>
                <TopicForm
                  key={topic.version}
                  intent="edit"
                  refused={edited?.values.code === topic.code ? edited : null}
                  topic={topic}
                />
              </details>
            )}
          </div>
        ))}
      </Card>
      {mayEdit && (
        <Card title={t("topics.add")}>
          <TopicForm key={topics.length} intent="add" refused={refusalIn(data, "add")} topic={null} />
        </Card>
      )}
    </div>
  );
}

function TopicForm({
  intent,
  refused,
  topic,
}: {
  intent: "add" | "edit";
  refused: Refused | null;
  topic: Topic | null;
}) {
  const { t } = useTranslation(["reception"]);
  const id = (name: string) => `${topic?.code ?? "new"}-${name}`;
  const code = fieldOf(refused, "code");
  const nameZh = fieldOf(refused, "nameZh", topic?.nameZh);
  const nameEn = fieldOf(refused, "nameEn", topic?.nameEn);
  return (
    <Form method="post" className="grid gap-4 py-2" noValidate>
      <FormErrors
        refused={refused}
        fields={{
          code: { label: t("topics.code"), id: id("code") },
          nameZh: { label: t("topics.nameZh"), id: id("nameZh") },
          nameEn: { label: t("topics.nameEn"), id: id("nameEn") },
        }}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        {topic ? (
          <>
            <input type="hidden" name="code" value={topic.code} />
            <input type="hidden" name="version" value={topic.version} />
          </>
        ) : (
          <Field
            id={id("code")}
            label={t("topics.code")}
            hint={t("topics.codeHint")}
            error={code.error}
            required
          >
            {(control) => (
              <TextInput
                {...control}
                name="code"
                maxLength={4}
                autoComplete="off"
                defaultValue={code.defaultValue}
              />
            )}
          </Field>
        )}
        <Field id={id("nameZh")} label={t("topics.nameZh")} error={nameZh.error} required>
          {(control) => (
            <TextInput
              {...control}
              name="nameZh"
              maxLength={20}
              autoComplete="off"
              defaultValue={nameZh.defaultValue}
            />
          )}
        </Field>
        <Field id={id("nameEn")} label={t("topics.nameEn")} error={nameEn.error} required>
          {(control) => (
            <TextInput
              {...control}
              name="nameEn"
              maxLength={60}
              autoComplete="off"
              defaultValue={nameEn.defaultValue}
            />
          )}
        </Field>
      </div>
      {topic && <Checkbox name="retired" label={t("topics.retired")} defaultChecked={topic.retired} />}
      <div>
        <SubmitButton intent={intent} tone="plain">
          {t(topic ? "topics.save" : "topics.add")}
        </SubmitButton>
      </div>
    </Form>
  );
}
