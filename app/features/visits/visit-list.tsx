import type { VisitTotals } from "@muster/db/queries/visits/figures";
import type { VisitLine } from "@muster/db/queries/visits/list";
import type { Period } from "@muster/domain/period";
import { CHANNELS, OCCASIONS } from "@muster/domain/visit";
import { Link, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { Tag } from "~/ui/tag";
import type { RegisterColumn, RegisterFilter } from "../registers/register-list";

/** Names of those visited, as many as a line holds. */
export function useNames(): (line: Pick<VisitLine, "names" | "people">) => string {
  const { t } = useTranslation(["visits"]);
  return ({ names, people }) =>
    people > names.length
      ? `${names.join(t("join"))} ${t("andMore", { count: people })}`
      : names.join(t("join"));
}

/** What is to follow of a visit, as a tag. */
export function FollowTag({
  line,
  today,
}: {
  line: Pick<VisitLine, "followOn" | "followedOn" | "voidOn">;
  today: string;
}) {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  if (line.voidOn) return <Tag tone="mute">{t("visit.isVoid")}</Tag>;
  // Beside other values, without a head above it, the word would say nothing.
  if (line.followOn === null) return <span className="max-sm:hidden">{t("follow.none")}</span>;
  if (line.followedOn !== null) return <Tag tone="good">{t("follow.done")}</Tag>;
  const date = f.date(line.followOn);
  return line.followOn <= today ? (
    <Tag tone="bad">{t("follow.late", { date })}</Tag>
  ) : (
    <Tag tone="warn">{t("follow.open", { date })}</Tag>
  );
}

/** The columns of the list of visits. */
export function useVisitColumns(today: string): RegisterColumn<VisitLine>[] {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  const namesOf = useNames();
  return [
    {
      id: "people",
      header: t("column.people"),
      rowHeader: true,
      cell: (line) => (
        <Link
          to={`/visits/${line.id}`}
          lang="zh-CN"
          className="inline-flex min-h-target items-center no-underline hover:underline"
        >
          {namesOf(line)}
        </Link>
      ),
    },
    { id: "heldOn", header: t("column.heldOn"), tight: true, cell: ({ heldOn }) => f.date(heldOn) },
    {
      id: "occasion",
      header: t("column.occasion"),
      tight: true,
      cell: ({ occasion }) => t(`occasion.${occasion}`),
    },
    {
      id: "channel",
      header: t("column.channel"),
      choice: "on",
      tight: true,
      cell: ({ channel }) => t(`channel.${channel}`),
    },
    {
      id: "gift",
      header: t("column.gift"),
      choice: "on",
      numeric: true,
      tight: true,
      cell: ({ gift, people }) => f.money(gift * people),
    },
    {
      id: "worker",
      header: t("column.worker"),
      choice: "on",
      tight: true,
      cell: ({ worker }) => <span lang="zh-CN">{worker}</span>,
    },
    {
      id: "station",
      header: t("column.station"),
      choice: "on",
      cell: ({ stationName }) => <span lang="zh-CN">{stationName}</span>,
    },
    {
      id: "follow",
      header: t("column.follow"),
      choice: "on",
      tight: true,
      cell: (line) => <FollowTag line={line} today={today} />,
    },
    {
      id: "entered",
      header: t("column.entered"),
      choice: "off",
      tight: true,
      cell: ({ enteredBy }) => <span lang="zh-CN">{enteredBy}</span>,
    },
  ];
}

/** The filters of the list of visits. */
export function useVisitFilters(months: readonly Period[]): RegisterFilter[] {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  const [asked] = useSearchParams();
  const all = t("filter.all");
  const value = (name: string) => asked.get(name) ?? "";
  return [
    {
      name: "month",
      label: t("filter.month"),
      all,
      value: value("month"),
      options: months.map((month) => ({ value: month, label: f.period(month) })),
    },
    {
      name: "occasion",
      label: t("filter.occasion"),
      all,
      value: value("occasion"),
      options: OCCASIONS.map((each) => ({ value: each, label: t(`occasion.${each}`) })),
    },
    {
      name: "channel",
      label: t("filter.channel"),
      all,
      value: value("channel"),
      options: CHANNELS.map((each) => ({ value: each, label: t(`channel.${each}`) })),
    },
    {
      name: "follow",
      label: t("filter.follow"),
      all,
      value: value("follow"),
      options: (["open", "late"] as const).map((each) => ({
        value: each,
        label: t(each === "open" ? "follow.filterOpen" : "follow.filterLate"),
      })),
    },
    {
      name: "state",
      label: t("filter.state"),
      all: t("filter.counting"),
      value: value("state"),
      options: [{ value: "all", label: t("filter.withVoid") }],
    },
  ];
}

/** What was done in the month that is looked at; people are counted anew, never added up. */
export function VisitNumbers({ totals, month }: { totals: VisitTotals; month: Period }) {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  return (
    <section aria-label={t("totals.label", { period: f.period(month) })}>
      <KeyNumbers>
        <KeyNumber label={t("totals.visits")} value={f.integer(totals.visits)} note={f.period(month)} />
        <KeyNumber label={t("totals.people")} value={f.integer(totals.people)} note={f.period(month)} />
        <KeyNumber label={t("totals.festival")} value={f.integer(totals.festival)} note={f.period(month)} />
        <KeyNumber label={t("totals.gifts")} value={f.money(totals.gifts)} note={f.period(month)} />
      </KeyNumbers>
    </section>
  );
}
