import { PURPOSES } from "@muster/domain/person";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { Timeline, type TimelineEvent } from "~/ui/timeline";
import { Entered } from "../staff/entered";
import type { ShownEntry } from "./list-view.server";

/** The telephone in an action's data, once somebody has said what for. */
export function openedPhone(data: unknown): string | null {
  return typeof data === "object" && data !== null && "phone" in data ? String(data.phone) : null;
}

interface Rights {
  reveal: boolean;
  petition: boolean;
  petitions: boolean;
  assistance: boolean;
  cases: boolean;
  people: boolean;
}

/** What was logged: who, what about, what was said. */
export function EntryFacts({
  entry,
  rights,
  phone,
}: {
  entry: ShownEntry;
  rights: Rights;
  phone: string | null;
}) {
  const { t } = useTranslation(["reception", "people"]);
  const f = useFormat();
  const { visitor, recordId, recordName } = entry;
  return (
    <Card title={t("page.facts")}>
      <DescriptionList
        columns={1}
        items={[
          { term: t("column.day"), value: f.date(entry.day) },
          { term: t("column.station"), value: <Entered>{entry.stationName}</Entered> },
          {
            term: t("column.visitor"),
            value:
              recordId && recordName && rights.people ? (
                <Link to={`/people/${recordId}`} className="inline-flex min-h-target items-center">
                  <Entered>{recordName}</Entered>
                </Link>
              ) : visitor ? (
                <Entered>{visitor}</Entered>
              ) : (
                t("anonymous")
              ),
          },
          ...(entry.phone
            ? [
                {
                  term: t("field.phone"),
                  value: <span className="tabular-nums">{phone ?? entry.phone}</span>,
                },
              ]
            : []),
          { term: t("column.topic"), value: entry.topicName },
          {
            term: t("column.channel"),
            value: `${t(`channel.${entry.channel}`)} · ${t(`purpose.${entry.purpose}`)}`,
          },
          {
            term: t("column.question"),
            value: (
              <span className="whitespace-pre-line [overflow-wrap:anywhere]">
                <Entered>{entry.question}</Entered>
              </span>
            ),
          },
          ...(entry.answer
            ? [
                {
                  term: t("column.answer"),
                  value: (
                    <span className="whitespace-pre-line [overflow-wrap:anywhere]">
                      <Entered>{entry.answer}</Entered>
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      {entry.phone && phone === null && rights.reveal && (
        <Form method="post" preventScrollReset className="mt-3 flex flex-wrap items-end gap-2 print:hidden">
          <Field id="purpose" label={t("field.purposeOf")}>
            {(control) => (
              <Select
                {...control}
                name="purpose"
                options={PURPOSES.filter((purpose) => purpose !== "edit").map((value) => ({
                  value,
                  label: t(`people:purpose.${value}`),
                }))}
              />
            )}
          </Field>
          <SubmitButton intent="reveal" tone="plain">
            {t("page.reveal")}
          </SubmitButton>
        </Form>
      )}
      {entry.state === "passed_up" && (
        <Notice className="mt-3">{t("page.asked", { name: entry.askedStationName ?? "" })}</Notice>
      )}
      {entry.shownState === "carried" && (
        <Notice className="mt-3">{t(entry.petitionId ? "page.carriedPetition" : "page.carriedCase")}</Notice>
      )}
      <div className="mt-3 flex flex-wrap gap-2 empty:hidden print:hidden">
        {entry.petitionId && rights.petitions && (
          <LinkButton to={`/petitions/${entry.petitionId}`}>{t("page.petition")}</LinkButton>
        )}
        {!entry.petitionId && rights.petition && (
          <LinkButton to={`/petitions/new?reception=${entry.id}`}>{t("page.toPetition")}</LinkButton>
        )}
        {entry.caseId && rights.cases && (
          <LinkButton to={`/assistance/${entry.caseId}`}>{t("page.case")}</LinkButton>
        )}
        {!entry.caseId && rights.assistance && (
          <LinkButton to={`/assistance/new?reception=${entry.id}`}>{t("page.toCase")}</LinkButton>
        )}
        {entry.knowledgeId && <LinkButton to="/reception/knowledge">{t("page.published")}</LinkButton>}
      </div>
    </Card>
  );
}

/** What happened to an entry, the latest first. */
export function EntryStory({ entry }: { entry: ShownEntry }) {
  const { t } = useTranslation(["reception"]);
  const f = useFormat();
  const said = (text: string) => (
    <p className="m-0 whitespace-pre-line [overflow-wrap:anywhere]">
      <Entered>{text}</Entered>
    </p>
  );
  const name = entry.askedStationName ?? "";
  const events: TimelineEvent[] = [];
  if (entry.state === "void")
    events.push({
      id: "void",
      tone: "mute",
      title: t("page.struck"),
      when: "",
      detail: said(entry.struckReason ?? ""),
    });
  if (entry.state === "carried" && !entry.inHand)
    events.push({ id: "with", tone: "good", title: t("page.settledWith"), when: "" });
  if (entry.answeredOn)
    events.push({
      id: "answered",
      tone: "good",
      title: t(entry.answer ? "page.answered" : "page.settled"),
      when: f.date(entry.answeredOn),
      who: <Entered>{entry.answeredBy}</Entered>,
      detail: entry.answer ? said(entry.answer) : undefined,
    });
  if (entry.carriedOn)
    events.push({
      id: "carried",
      tone: "info",
      title: t(entry.petitionId ? "page.becamePetition" : "page.becameCase"),
      when: f.date(entry.carriedOn),
    });
  if (entry.repliedAt)
    events.push({
      id: "replied",
      tone: "info",
      title: t("page.replied", { name }),
      when: f.dateTime(entry.repliedAt),
      who: <Entered>{entry.repliedBy}</Entered>,
      detail: said(entry.reply),
    });
  if (entry.passedAt)
    events.push({
      id: "passed",
      tone: "info",
      title: t("page.passed", { name }),
      when: f.dateTime(entry.passedAt),
      who: <Entered>{entry.passedBy}</Entered>,
    });
  events.push({
    id: "logged",
    tone: "mute",
    title: t("page.logged"),
    when: f.dateTime(entry.createdAt),
    who: <Entered>{entry.byName}</Entered>,
    detail: entry.dueOn ? t("page.due", { day: f.date(entry.dueOn) }) : undefined,
  });
  return (
    <Card title={t("page.story")}>
      <Timeline events={events} />
    </Card>
  );
}
