import type { PetitionEventLine } from "@muster/db/queries/petitions/read";
import { daysFrom } from "@muster/domain/period";
import { PURPOSES } from "@muster/domain/person";
import type { NoticeKind, PetitionClock } from "@muster/domain/petition";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { Link } from "~/ui/link";
import { ProgressBar } from "~/ui/meter";
import { Notice } from "~/ui/notice";
import { Tag, type Tone } from "~/ui/tag";
import { Timeline } from "~/ui/timeline";
import { Entered } from "../staff/entered";
import { ClockTag } from "./clock";
import type { ShownPetition } from "./ledger.server";

type Petition = ShownPetition & { body: string };

/** Somebody who petitions, as the page shows them. */
export interface ShownPetitioner {
  place: number;
  recordId: string | null;
  name: string;
  phone: string;
  address: string;
}

/** The petitioners in an action's data, unmasked, once somebody has said what for. */
export function revealedIn(data: unknown): ShownPetitioner[] | null {
  return typeof data === "object" && data !== null && "petitioners" in data
    ? (data.petitioners as ShownPetitioner[])
    : null;
}

/** The clock that runs: what has to happen, by when, and how much of the time is over. */
export function ClockCard({
  petition,
  clock,
  reviewUntil,
  today,
}: {
  petition: Petition;
  clock: PetitionClock | null;
  reviewUntil: string | null;
  today: string;
}) {
  const { t } = useTranslation(["petitions"]);
  const f = useFormat();
  const whole = clock ? Math.max(1, daysFrom(clock.from, clock.dueOn)) : 1;
  const share = clock ? Math.min(1, Math.max(0, daysFrom(clock.from, today) / whole)) : 0;
  return (
    <Card title={t("clock.title")} aside={clock && <ClockTag dueOn={clock.dueOn} today={today} />}>
      {clock ? (
        <>
          <p className="m-0 mb-2">
            <b>{t(`clock.${clock.of}`)}</b>
            {t("clock.line", {
              by: t("clock.by", { day: f.date(clock.dueOn) }),
              from: t("clock.from", { day: f.date(clock.from) }),
            })}
          </p>
          <ProgressBar label={t("clock.elapsed", { percent: Math.round(share * 100) })} share={share} />
          <p className="m-0 mt-2 text-sm text-ink-3">
            {t("clock.calendar")}
            {clock.of === "handle" &&
              petition.extendedDays > 0 &&
              ` ${t("clock.extended", { count: petition.extendedDays })}`}
          </p>
        </>
      ) : (
        <p className="m-0 text-ink-3">{t("clock.still")}</p>
      )}
      {reviewUntil && reviewUntil >= today && (
        <p className="m-0 mt-2">
          {t("clock.reviewOpen", {
            day: f.date(reviewUntil),
            what: t(petition.state === "replied" ? "clock.aReview" : "clock.aFinal"),
          })}
        </p>
      )}
      {petition.timeAskedDays !== null && (
        <Notice tone="warn" className="mt-3">
          {t("clock.timeAsked", { count: petition.timeAskedDays })}
        </Notice>
      )}
    </Card>
  );
}

/** What the petition is about, and who handles and reviews it. */
export function MatterCard({
  petition,
  reviewer,
  final,
  entry,
}: {
  petition: Petition;
  reviewer: string;
  final: string;
  entry: string | null;
}) {
  const { t } = useTranslation(["petitions", "reception"]);
  const f = useFormat();
  const day = (on: string | null) => (on === null ? t("clock.none") : f.date(on));
  return (
    <Card title={t("page.facts")}>
      <DescriptionList
        columns={1}
        items={[
          { term: t("column.subject"), value: <Entered>{petition.subject}</Entered> },
          {
            term: t("field.body"),
            value: (
              <span className="whitespace-pre-line [overflow-wrap:anywhere]">
                <Entered>{petition.body}</Entered>
              </span>
            ),
          },
          { term: t("column.topic"), value: petition.topicName },
          { term: t("column.channel"), value: t(`reception:channel.${petition.channel}`) },
          { term: t("column.station"), value: <Entered>{petition.stationName}</Entered> },
          {
            term: t("page.leader"),
            value: petition.leaderName ? <Entered>{petition.leaderName}</Entered> : t("page.noLeader"),
          },
          { term: t("page.receivedOn"), value: day(petition.receivedOn) },
          { term: t("page.acceptedOn"), value: day(petition.acceptedOn) },
          { term: t("page.closedOn"), value: day(petition.closedOn) },
          { term: t("page.reviewer"), value: <Entered>{reviewer}</Entered> },
          { term: t("page.final"), value: <Entered>{final}</Entered> },
          ...(entry
            ? [
                {
                  term: t("page.fromReception"),
                  value: (
                    <Link to={`/reception/${entry}`} className="inline-flex min-h-target items-center">
                      {t("page.toReception")}
                    </Link>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

/** Who petitions; telephones and addresses masked until somebody says what they need them for. */
export function PeopleCard({
  petitioners,
  people,
  reveal,
}: {
  petitioners: readonly ShownPetitioner[];
  people: number;
  reveal: boolean;
}) {
  const { t } = useTranslation(["petitions", "people"]);
  return (
    <Card title={t("page.people")} aside={people > 1 && <Tag plain>{t("jointOf", { count: people })}</Tag>}>
      <ul className="m-0 grid list-none gap-2 p-0">
        {petitioners.map(({ place, recordId, name, phone, address }) => (
          <li key={place} className="border-b border-line pb-2 last:border-b-0">
            <b>
              <Entered>{name}</Entered>
            </b>{" "}
            {recordId && (
              <Link to={`/people/${recordId}`} className="inline-flex min-h-target items-center">
                {t("page.archive")}
              </Link>
            )}
            <div className="text-ink-2">
              <span className="tabular-nums">{phone || t("page.none")}</span>
              {address && (
                <>
                  {" · "}
                  <Entered>{address}</Entered>
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
      {reveal && (
        <Form
          method="post"
          action="?index"
          preventScrollReset
          className="mt-3 flex flex-wrap items-end gap-2 print:hidden"
        >
          <Field id="purpose" label={t("field.purpose")} hint={t("page.masked")}>
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
    </Card>
  );
}

/** The papers that steps have made, to be printed, sealed and handed over. */
export function NoticesCard({ id, notices }: { id: string; notices: readonly NoticeKind[] }) {
  const { t } = useTranslation(["petitions"]);
  return (
    <Card title={t("page.notices")} className="print:hidden">
      {notices.length === 0 ? (
        <p className="m-0 text-ink-3">{t("page.noNotices")}</p>
      ) : (
        <ul className="m-0 list-none p-0">
          {notices.map((kind) => (
            <li key={kind}>
              <Link to={`/petitions/${id}/notices/${kind}`} className="inline-flex min-h-target items-center">
                {t(`notice.title.${kind}`)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const TONES: Partial<Record<PetitionEventLine["action"], Tone>> = {
  accept: "info",
  reply: "good",
  answer_review: "good",
  answer_final: "good",
  refuse: "mute",
  urge: "warn",
  ask_time: "warn",
  ask_review: "warn",
  ask_final: "warn",
};

/** What happened to a petition: who, when, what they said. */
export function PetitionStory({ events }: { events: readonly PetitionEventLine[] }) {
  const { t } = useTranslation(["petitions"]);
  const f = useFormat();
  return (
    <Card title={t("page.story")}>
      <Timeline
        events={events.map(({ id, action, onDay, days, byName, byStationName, body }) => ({
          id,
          tone: TONES[action] ?? "mute",
          title: t(`step.${action}`),
          when: f.date(onDay),
          who: (
            <>
              <Entered>{byStationName}</Entered> <Entered>{byName}</Entered>
            </>
          ),
          detail: (
            <>
              {days !== null && <p className="m-0">{t("limits.days", { count: days })}</p>}
              {body && (
                <p className="m-0 whitespace-pre-line [overflow-wrap:anywhere]">
                  <Entered>{body}</Entered>
                </p>
              )}
            </>
          ),
        }))}
      />
    </Card>
  );
}
