import type { Confirmation, HeldCategory, Stay } from "@muster/db/queries/people/row";
import { PURPOSES } from "@muster/domain/person";
import { entriesOf, neededIn, type SectionContent, type SectionName } from "@muster/domain/person-sections";
import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat, useLocale } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { DateInput, Select, TextInput } from "~/ui/input";
import { Notice } from "~/ui/notice";
import { Tag } from "~/ui/tag";
import { Timeline, type TimelineEvent } from "~/ui/timeline";
import { useEntryText } from "./entry-fields";
import type { Part } from "./forms";

/** What a reader may do with a record. */
export interface PersonRights {
  update: boolean;
  reveal: boolean;
}

/** What an action answers when somebody looked at masked data. */
export interface Revealed {
  ok: true;
  revealed: Part;
  content: SectionContent;
}

export function revealedIn(data: unknown): Revealed | null {
  return typeof data === "object" && data !== null && "revealed" in data ? (data as Revealed) : null;
}

/** The form by which masked data is shown: it asks what for. */
export function RevealForm({ part }: { part: Part }) {
  const { t } = useTranslation(["people"]);
  return (
    <Form
      method="post"
      action="?index"
      preventScrollReset
      className="flex flex-wrap items-end gap-2 print:hidden"
    >
      <input type="hidden" name="part" value={part} />
      <Field id={`purpose-${part}`} label={t("field.purpose")}>
        {(control) => (
          <Select
            {...control}
            name="purpose"
            options={PURPOSES.filter((purpose) => purpose !== "edit").map((value) => ({
              value,
              label: t(`purpose.${value}`),
            }))}
          />
        )}
      </Field>
      <SubmitButton intent="reveal" tone="plain">
        {t("person.reveal")}
      </SubmitButton>
    </Form>
  );
}

export interface SectionView {
  section: SectionName;
  masked: boolean;
  filled: number;
  /** In the clear, of a section that is not masked. */
  content: SectionContent | null;
  updated: { who: string; when: string } | null;
}

/** One section of the archive: its entries, or that they are masked and how to see them. */
export function SectionCard({
  view,
  revealed,
  rights,
}: {
  view: SectionView;
  revealed: Revealed | null;
  rights: PersonRights;
}) {
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  const textOf = useEntryText();
  const { section, masked, filled, updated } = view;
  const content = revealed?.revealed === section ? revealed.content : view.content;
  const needed = neededIn(section);
  return (
    <Card
      id={section}
      title={t(`section.${section}`)}
      aside={
        <>
          {masked && !content && <Tag>{t("person.masked")}</Tag>}
          {rights.update && (
            <LinkButton to={section} size="small">
              {t("person.edit")}
            </LinkButton>
          )}
        </>
      }
    >
      {content ? (
        <>
          {masked && <Notice tone="warn">{t("person.shown")}</Notice>}
          <DescriptionList
            items={entriesOf(section).map(([name, entry]) => ({
              term: t(`field.${name as "name"}`),
              value:
                entry.kind === "text" && content[name] ? (
                  <span lang="zh-CN">{content[name]}</span>
                ) : entry.kind === "date" && content[name] ? (
                  f.date(content[name] ?? "")
                ) : (
                  <span className="break-words">{textOf(name, entry, content[name])}</span>
                ),
            }))}
          />
        </>
      ) : (
        rights.reveal && updated && <RevealForm part={section} />
      )}
      <p className="m-0 mt-2 text-sm text-ink-3">
        {t("person.filled", { needed, filled })}
        {updated && ` · ${t("person.updated", { who: updated.who, when: f.dateTime(updated.when) })}`}
      </p>
    </Card>
  );
}

/** Categories with their days, and the forms that add and end them. */
export function CategoriesCard({
  held,
  choices,
  data,
  today,
  rights,
}: {
  held: readonly HeldCategory[];
  choices: readonly { code: string; name: string }[];
  data: unknown;
  today: string;
  rights: PersonRights;
}) {
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  const locale = useLocale();
  const refused = refusalIn(data, "category");
  const document = fieldOf(refused, "document");
  const from = fieldOf(refused, "from", today);
  return (
    <Card title={t("person.categories")}>
      <ul className="m-0 mb-3 list-none p-0">
        {held.map(({ id, code, nameZh, nameEn, validFrom, validTo, document: paper }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 border-b border-line py-2">
            <span className={validTo ? "flex-1 text-ink-3" : "flex-1 font-semibold"}>
              {code} {locale === "zh-CN" ? nameZh : nameEn}
            </span>
            <span className="text-sm text-ink-3">
              {validTo
                ? t("person.span", { from: f.date(validFrom), to: f.date(validTo) })
                : t("person.since", { from: f.date(validFrom) })}
              {paper && <span lang="zh-CN"> {paper}</span>}
            </span>
            {rights.update && !validTo && (
              <Form method="post" action="?index" preventScrollReset className="print:hidden">
                <input type="hidden" name="categoryId" value={id} />
                <input type="hidden" name="on" value={today} />
                <SubmitButton intent="endCategory" tone="quiet" size="small">
                  {t("person.categoryEnd")}
                  <span className="sr-only">{code}</span>
                </SubmitButton>
              </Form>
            )}
          </li>
        ))}
      </ul>
      <FormErrors refused={refusalIn(data, "endCategory")} />
      {rights.update && (
        <Fold title={t("person.categoryAdd")} open={refused !== null}>
          <Form method="post" action="?index" className="grid gap-4 sm:grid-cols-2" noValidate>
            <div className="sm:col-span-2">
              <FormErrors
                refused={refused}
                fields={{
                  code: { label: t("field.category"), id: "code" },
                  from: { label: t("field.from"), id: "from" },
                }}
              />
            </div>
            <Field id="code" label={t("field.category")} error={fieldOf(refused, "code").error} required>
              {(control) => (
                <Select
                  {...control}
                  name="code"
                  placeholder={t("edit.choose")}
                  defaultValue={fieldOf(refused, "code").defaultValue}
                  options={choices.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
                />
              )}
            </Field>
            <Field id="from" label={t("field.from")} error={from.error} required>
              {(control) => (
                <DateInput {...control} name="from" max={today} defaultValue={from.defaultValue} />
              )}
            </Field>
            <Field id="document" label={t("field.document")} error={document.error}>
              {(control) => (
                <TextInput {...control} name="document" maxLength={60} defaultValue={document.defaultValue} />
              )}
            </Field>
            <div className="flex items-end">
              <SubmitButton intent="category" tone="plain">
                {t("person.categoryAdd")}
              </SubmitButton>
            </div>
          </Form>
        </Fold>
      )}
    </Card>
  );
}

/** A rarer form behind a line that opens without a script. */
export function Fold({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details open={open} className="print:hidden">
      <summary className="flex min-h-target cursor-pointer items-center font-semibold text-accent">
        {title}
      </summary>
      <div className="py-2">{children}</div>
    </details>
  );
}

/** What happened to somebody in the archives, latest first. */
export function HistoryCard({
  stays,
  confirmations,
}: {
  stays: readonly Stay[];
  confirmations: readonly Confirmation[];
}) {
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  const events: (TimelineEvent & { day: string })[] = [
    ...stays.flatMap(({ id, stationName, activeFrom, leftOn, wayIn, wayOut, leftNote, ...back }) => [
      {
        id: `${id}-in`,
        day: activeFrom,
        tone: "info" as const,
        title: t(`wayIn.${wayIn}`),
        when: f.date(activeFrom),
        who: <span lang="zh-CN">{stationName}</span>,
      },
      ...(back.reinstatedOn
        ? [
            {
              id: `${id}-back`,
              day: back.reinstatedOn,
              tone: "info" as const,
              title: t("person.reinstated"),
              when: f.date(back.reinstatedOn),
              who: <span lang="zh-CN">{stationName}</span>,
              detail: <span lang="zh-CN">{back.reinstateNote}</span>,
            },
          ]
        : []),
      ...(leftOn && wayOut
        ? [
            {
              id: `${id}-out`,
              day: leftOn,
              tone: "mute" as const,
              title: t(`wayOut.${wayOut}`),
              when: f.date(leftOn),
              who: <span lang="zh-CN">{stationName}</span>,
              detail: leftNote && <span lang="zh-CN">{leftNote}</span>,
            },
          ]
        : []),
    ]),
    ...confirmations.map(({ confirmedOn, complete, byName }) => ({
      id: confirmedOn,
      day: confirmedOn,
      tone: complete ? ("good" as const) : ("warn" as const),
      title: t("person.confirm"),
      when: f.date(confirmedOn),
      who: <span lang="zh-CN">{byName}</span>,
      detail: t(complete ? "archiveState.complete" : "archiveState.incomplete"),
    })),
  ];
  return (
    <Card title={t("person.history")}>
      <Timeline events={events.sort((a, b) => (a.day < b.day ? 1 : -1))} />
    </Card>
  );
}
