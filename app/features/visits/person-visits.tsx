import type { VisitLine } from "@muster/db/queries/visits/list";
import type { Notice as NoticeRow } from "@muster/db/queries/visits/notices";
import type { Every } from "@muster/domain/visit";
import { EVENTS } from "@muster/domain/visit";
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { DateInput, TextInput } from "~/ui/input";
import { Tag } from "~/ui/tag";
import { DueTag, useRuleName } from "./due-table";
import { FollowTag } from "./visit-list";

type Shown = Pick<
  VisitLine,
  "id" | "heldOn" | "channel" | "occasion" | "worker" | "followOn" | "followedOn" | "voidOn"
>;

/** What the contact rules ask for somebody, and by when. */
export function DueCard({
  due,
  today,
}: {
  due: readonly {
    code: string | null;
    every: Every;
    dueOn: string;
    lastOn: string | null;
    ruleZh: string | null;
    ruleEn: string | null;
  }[];
  today: string;
}) {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  const ruleName = useRuleName();
  return (
    <Card title={t("person.due")}>
      {due.length === 0 ? (
        <p className="m-0 text-ink-3">{t("due.empty")}</p>
      ) : (
        <ul className="m-0 list-none p-0">
          {due.map((line) => (
            <li
              key={`${line.code} ${line.every}`}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0"
            >
              <span className="min-w-0 flex-1">
                {ruleName(line)}
                <span className="block text-sm text-ink-3">
                  {t("column.dueOn")} {f.date(line.dueOn)} · {t("column.last")}{" "}
                  {line.lastOn ? f.date(line.lastOn) : t("due.never")}
                </span>
              </span>
              <DueTag dueOn={line.dueOn} today={today} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What happened to somebody that calls for a visit: noted here, settled by a visit, or called off. */
export function NoticesCard({
  notices,
  keeps,
  today,
  data,
}: {
  notices: readonly NoticeRow[];
  keeps: boolean;
  today: string;
  data: unknown;
}) {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  const noting = refusalIn(data, "note");
  const ending = refusalIn(data, "end");
  const event = fieldOf(noting, "event");
  const on = fieldOf(noting, "on", today);
  return (
    <Card title={t("notice.title")}>
      <p className="m-0 mb-2 text-sm text-ink-3">{t("notice.hint")}</p>
      <FormErrors refused={ending} />
      <ul className="m-0 mb-3 list-none p-0">
        {notices.map((notice) => (
          <li key={notice.id} className="border-b border-line py-2">
            <span className="flex flex-wrap items-center gap-x-3">
              <span className="min-w-0 flex-1">
                {t("notice.happened", { event: t(`event.${notice.event}`), date: f.date(notice.happenedOn) })}
              </span>
              {notice.metOn && !notice.metBy ? (
                <Tag tone="good">{t("notice.met", { date: f.date(notice.metOn) })}</Tag>
              ) : notice.metOn ? (
                <Link
                  to={`/visits/${notice.metBy}`}
                  className="inline-flex min-h-target items-center no-underline"
                >
                  <Tag tone="good">{t("notice.met", { date: f.date(notice.metOn) })}</Tag>
                </Link>
              ) : notice.endedOn ? (
                <span className="text-sm text-ink-3">
                  {t("notice.ended", { reason: notice.endedReason })}
                </span>
              ) : (
                <Tag long tone={notice.dueOn < today ? "bad" : "warn"}>
                  {t("notice.open", { date: f.date(notice.dueOn) })}
                </Tag>
              )}
            </span>
            {keeps && !notice.metOn && !notice.endedOn && (
              <Form
                method="post"
                className="mt-1 flex flex-wrap items-end gap-2 print:hidden"
                preventScrollReset
              >
                <input type="hidden" name="notice" value={notice.id} />
                <Field
                  id={`reason-${notice.id}`}
                  label={t("due.endReason")}
                  className="min-w-0 flex-1"
                  error={ending?.values.notice === notice.id ? ending.errors.reason : undefined}
                >
                  {(control) => <TextInput {...control} name="reason" maxLength={100} />}
                </Field>
                <SubmitButton intent="end" tone="quiet">
                  {t("due.end")}
                </SubmitButton>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {keeps && (
        <Form method="post" className="grid gap-3 print:hidden" noValidate>
          <FormErrors refused={noting} fields={{ on: { label: t("notice.on"), id: "on" } }} />
          <RadioGroup
            name="event"
            legend={t("notice.event")}
            defaultValue={event.defaultValue}
            error={event.error}
            options={EVENTS.map((value) => ({ value, label: t(`event.${value}`) }))}
          />
          <div className="flex flex-wrap items-end gap-2">
            <Field id="on" label={t("notice.on")} error={on.error}>
              {(control) => <DateInput {...control} name="on" max={today} defaultValue={on.defaultValue} />}
            </Field>
            <SubmitButton intent="note" tone="plain">
              {t("notice.note")}
            </SubmitButton>
          </div>
        </Form>
      )}
    </Card>
  );
}

/** The latest visits to somebody. */
export function RecentVisits({
  personId,
  visits,
  total,
  today,
  level = "full",
}: {
  personId: string;
  visits: readonly Shown[];
  total: number;
  today: string;
  /** `card`: on the person's own page, with the way to everything about visits. */
  level?: "full" | "card";
}) {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  const full = level === "full";
  return (
    <Card
      title={full ? t("person.recent") : t("person.title")}
      aside={
        !full && (
          <LinkButton to={`/visits/people/${personId}`} size="small">
            {t("person.all")}
          </LinkButton>
        )
      }
      footer={
        full && total > visits.length ? (
          <LinkButton to={`/visits?person=${personId}`}>{t("person.all")}</LinkButton>
        ) : undefined
      }
    >
      {visits.length === 0 ? (
        <p className="m-0 text-ink-3">{t("person.none")}</p>
      ) : (
        <ul className="m-0 list-none p-0">
          {visits.map((line) => (
            <li
              key={line.id}
              className="flex flex-wrap items-center gap-x-3 border-b border-line py-1 last:border-b-0"
            >
              <Link to={`/visits/${line.id}`} className="inline-flex min-h-target items-center">
                {f.date(line.heldOn)}
              </Link>
              <span className="min-w-0 flex-1">
                {t(`occasion.${line.occasion}`)} · {t(`channel.${line.channel}`)} ·{" "}
                <span lang="zh-CN">{line.worker}</span>
              </span>
              {line.followOn && <FollowTag line={line} today={today} />}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
