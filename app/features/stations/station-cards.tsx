import type { StationPage } from "@muster/db/queries/stations/page";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { EmptyState } from "~/ui/empty-state";
import { Table } from "~/ui/table";
import { Tag, type Tone } from "~/ui/tag";
import { levelKey } from "./labels";

type Props = { page: StationPage };

/** What the station is and where it stands. */
export function InfoCard({ page: { station, mergedInto }, edit }: Props & { edit: boolean }) {
  const { t } = useTranslation(["stations"]);
  const f = useFormat();
  const none = <span className="text-ink-3">{t("info.none")}</span>;
  const items = [
    { term: t("info.code"), value: <span className="font-mono">{station.code}</span> },
    { term: t("info.level"), value: t(levelKey(station.level, station.kind)) },
    { term: t("info.openedOn"), value: f.date(station.openedOn) },
    ...(station.closedOn ? [{ term: t("info.closedOn"), value: f.date(station.closedOn) }] : []),
    ...(mergedInto
      ? [
          {
            term: t("info.mergedInto"),
            value: <Link to={`/stations/${mergedInto.id}`}>{mergedInto.name}</Link>,
          },
        ]
      : []),
    ...(station.level === "city"
      ? []
      : [{ term: t("info.required"), value: t(station.required ? "info.requiredYes" : "info.requiredNo") }]),
    { term: t("info.address"), value: station.address || none },
    {
      term: t("info.phone"),
      value: station.phone ? <span className="tabular-nums">{station.phone}</span> : none,
    },
  ];
  return (
    <Card
      title={t("info.title")}
      aside={
        edit && (
          <LinkButton to="edit" size="small">
            {t("action.edit")}
          </LinkButton>
        )
      }
    >
      <DescriptionList items={items} columns={1} />
    </Card>
  );
}

/** Staff and posts as they stand, and how they stood before. */
export function FactsCard({ page: { facts, factsHistory }, edit }: Props & { edit: boolean }) {
  const { t } = useTranslation(["stations"]);
  const f = useFormat();
  const yes = (value: boolean) => (
    <Tag tone={value ? "good" : "mute"}>{t(value ? "facts.yes" : "facts.no")}</Tag>
  );
  return (
    <Card
      title={t("facts.title")}
      aside={
        edit && (
          <LinkButton to="facts" size="small">
            {t("action.facts")}
          </LinkButton>
        )
      }
    >
      {facts ? (
        <>
          <p className="m-0 mb-1 text-sm text-ink-3">{t("facts.since", { date: f.date(facts.validFrom) })}</p>
          <DescriptionList
            columns={1}
            items={[
              { term: t("facts.fullTime"), value: t("facts.persons", { count: facts.fullTime }) },
              { term: t("facts.partTime"), value: t("facts.persons", { count: facts.partTime }) },
              { term: t("facts.approvedPosts"), value: t("facts.posts", { count: facts.approvedPosts }) },
              { term: t("facts.secretary"), value: yes(facts.veteranSecretary) },
              { term: t("facts.standards"), value: yes(facts.fiveHaves) },
            ]}
          />
        </>
      ) : (
        <EmptyState title={t("facts.never")}>{t("facts.neverHint")}</EmptyState>
      )}
      {factsHistory.length > 1 && (
        <details className="mt-2">
          <summary className="flex min-h-target cursor-pointer items-center text-accent">
            {t("facts.earlier")}
          </summary>
          <ul className="m-0 list-none p-0 text-sm">
            {factsHistory.map((row) => (
              <li key={row.validFrom} className="flex flex-wrap gap-x-3 border-b border-line py-1.5">
                <b className="font-medium">{f.date(row.validFrom)}</b>
                <span>{`${t("facts.fullTime")} ${row.fullTime}`}</span>
                <span>{`${t("facts.partTime")} ${row.partTime}`}</span>
                <span>{`${t("facts.approvedPosts")} ${row.approvedPosts}`}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

/** Who has a role here. */
export function PeopleCard({ people }: { people: StationPage["people"] }) {
  const { t } = useTranslation(["stations", "nav"]);
  const f = useFormat();
  return (
    <Card title={t("people.title")}>
      {people.length === 0 ? (
        <EmptyState title={t("people.empty")}>{t("people.emptyHint")}</EmptyState>
      ) : (
        <ul className="m-0 list-none p-0">
          {people.map(({ membershipId, name, username, role, since, suspended }) => (
            <li
              key={membershipId}
              className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line py-2 last:border-0"
            >
              <b className="font-semibold">{name}</b>
              <Tag plain>{t(`nav:role.${role as "head"}`)}</Tag>
              {suspended && <Tag tone="warn">{t("people.suspended")}</Tag>}
              <span className="flex-1 text-right text-sm text-ink-3">
                {username} · {t("people.since", { date: f.dateTime(since).slice(0, 10) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const TONES: Record<StationPage["reports"][number]["status"], Tone> = {
  draft: "mute",
  submitted: "info",
  returned: "warn",
  accepted: "good",
  locked: "good",
  amending: "info",
};

/** The last months, each opening its report. */
export function ReportsCard({ stationId, reports }: { stationId: number; reports: StationPage["reports"] }) {
  const { t } = useTranslation(["stations"]);
  const f = useFormat();
  return (
    <Card title={t("reports.title")} flush={reports.length > 0}>
      <Table
        caption={t("reports.title")}
        rows={reports}
        rowKey={(report) => report.period}
        grow
        empty={<EmptyState title={t("reports.empty")} />}
        columns={[
          {
            id: "period",
            header: t("reports.period"),
            rowHeader: true,
            cell: (report) => (
              <Link
                to={`/stations/${stationId}/months/${report.period}`}
                className="inline-flex min-h-target items-center no-underline hover:underline"
              >
                {f.period(report.period)}
              </Link>
            ),
          },
          {
            id: "state",
            header: t("reports.state"),
            cell: ({ expected, status }) =>
              expected ? (
                <Tag tone={TONES[status]}>{t(`reports.status.${status}`)}</Tag>
              ) : (
                <Tag>{t("reports.notExpected")}</Tag>
              ),
          },
          {
            id: "onTime",
            header: t("reports.onTime"),
            tight: true,
            cell: ({ onTime }) =>
              onTime === null ? (
                ""
              ) : onTime ? (
                t("reports.onTime")
              ) : (
                <Tag tone="warn">{t("reports.late")}</Tag>
              ),
          },
        ]}
      />
    </Card>
  );
}
