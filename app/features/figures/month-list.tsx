import type { MonthProgress, OwnMonth } from "@muster/db/queries/report-page";
import type { LocalDate } from "@muster/domain/period";
import type { Standing } from "@muster/domain/standing";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/i18n/format";
import { useFormat } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Meter } from "~/ui/meter";
import { Table } from "~/ui/table";
import { StatusTag } from "./status-tag";

/** A month of one's own, with how many days are left of it. */
export type OwnLine = OwnMonth & { due: LocalDate; daysLeft: number; standing: Standing; owed: boolean };

/** Months this station still owes, each a large target. */
export function OwedMonths({ stationId, months }: { stationId: number; months: readonly OwnLine[] }) {
  const { t } = useTranslation(["months", "figures"]);
  const f = useFormat();
  const owed = months.filter((month) => month.owed);
  const to = (month: OwnLine) => `/stations/${stationId}/months/${month.period}`;
  return (
    <>
      {owed.map((month) => (
        <Link
          key={month.period}
          to={to(month)}
          className="mb-3 flex items-center gap-3 rounded-lg border border-line border-l-4 border-l-accent bg-surface px-4 py-3 text-ink no-underline hover:border-accent"
        >
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-center gap-2">
              <b className="text-md">{t("figures:title", { period: f.period(month.period) })}</b>
              <StatusTag status={month.standing} />
            </span>
            <span className="block text-sm text-ink-2">
              {t("figures:due", {
                date: f.date(month.due),
                left: f.daysLeft(month.daysLeft),
              })}
              {month.returned > 0 && ` · ${t("own.returned", { count: month.returned })}`}
            </span>
          </span>
          <span className="rounded bg-accent px-4 py-2.5 font-semibold text-on-accent">
            {t(month.status === "returned" ? "own.correct" : month.given > 0 ? "own.continue" : "own.fill")}
          </span>
        </Link>
      ))}
    </>
  );
}

/** Every month of this station, latest first. */
export function OwnMonths({ stationId, months }: { stationId: number; months: readonly OwnLine[] }) {
  const { t } = useTranslation(["months", "figures"]);
  const f = useFormat();
  const to = (month: OwnLine) => `/stations/${stationId}/months/${month.period}`;
  return (
    <Card title={t("own.title")} flush className="mb-4">
      <Table
        caption={t("own.title")}
        rows={months}
        rowKey={(month) => month.period}
        grow
        columns={[
          {
            id: "period",
            header: t("column.period"),
            rowHeader: true,
            tight: true,
            cell: (month) => (
              <Link to={to(month)} className="inline-flex min-h-target items-center font-semibold">
                {f.period(month.period)}
              </Link>
            ),
          },
          {
            id: "status",
            header: t("column.status"),
            cell: (month) => <StatusTag status={month.standing} />,
          },
          {
            id: "due",
            header: t("column.due"),
            wide: true,
            cell: (month) => f.date(month.due),
          },
          {
            id: "submitted",
            header: t("column.submitted"),
            cell: (month) => (
              <>
                {month.submittedAt ? formatDateTime(month.submittedAt) : "—"}
                {month.onTime === false && <span className="ml-2 text-bad">{t("own.late")}</span>}
                {month.nil && <span className="ml-2 text-ink-3">{t("figures:print.nil")}</span>}
              </>
            ),
          },
        ]}
        empty={<EmptyState title={t("own.empty")}>{t("own.emptyWhy")}</EmptyState>}
      />
    </Card>
  );
}

/** How everything under a managing station stands, month by month. */
export function ProgressMonths({
  months,
  mayReview,
}: {
  months: readonly MonthProgress[];
  mayReview: boolean;
}) {
  const { t } = useTranslation(["months"]);
  const f = useFormat();
  return (
    <Card title={t("below.title")} flush className="mb-4">
      <Table
        caption={t("below.title")}
        rows={months}
        rowKey={(month) => month.period}
        grow
        columns={[
          {
            id: "period",
            header: t("column.period"),
            rowHeader: true,
            tight: true,
            cell: (month) => (
              <Link
                to={`/months/${month.period}`}
                className="inline-flex min-h-target items-center font-semibold"
              >
                {f.period(month.period)}
              </Link>
            ),
          },
          { id: "progress", header: t("column.progress"), cell: (month) => <MonthMeter month={month} /> },
          {
            id: "state",
            header: t("column.status"),
            tight: true,
            cell: (month) => <MonthState month={month} />,
          },
          {
            id: "review",
            header: <span className="sr-only">{t("column.open")}</span>,
            tight: true,
            cell: (month) =>
              mayReview && !month.locked ? (
                <Link to={`/review?period=${month.period}`}>{t("below.review")}</Link>
              ) : null,
          },
        ]}
        empty={<EmptyState title={t("below.empty")} />}
      />
    </Card>
  );
}

export function MonthMeter({ month }: { month: MonthProgress }) {
  const { t } = useTranslation(["months"]);
  const waiting = month.filed - month.accepted;
  return (
    <Meter
      label={t("below.meter", { ...month, waiting: Math.max(0, waiting) })}
      total={month.expected}
      legend
      thin
      segments={[
        { id: "accepted", value: month.accepted, shade: "s1", label: t("below.accepted") },
        { id: "waiting", value: Math.max(0, waiting), shade: "s3", label: t("below.waiting") },
        { id: "returned", value: month.returned, shade: "s2", label: t("below.returned") },
        { id: "missing", value: month.missing, shade: "s4", label: t("below.missing") },
      ]}
    />
  );
}

export function MonthState({ month }: { month: Pick<MonthProgress, "locked" | "signedOff"> }) {
  const { t } = useTranslation(["months"]);
  if (month.locked) return <StatusTag status="locked" />;
  return <>{month.signedOff ? t("below.signedOff") : t("below.open")}</>;
}
