import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Meter } from "~/ui/meter";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { queueHref, reportHref } from "./links";
import type { MonthLine, QueueModel } from "./model";

/** Where to begin, what closes the month, and how the other months stand. */
export function MonthOverview({ queue, months }: { queue: QueueModel; months: readonly MonthLine[] }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  const first = queue.lines.find((line) => line.bucket === "waiting");
  const station = queue.own ? undefined : queue.reviewer.id;
  return (
    <div className="grid grid-cols-1 gap-4">
      {first && (
        <div className="hidden flex-wrap items-center gap-3 lg:flex">
          <LinkButton to={reportHref(first.stationId, queue.period, queue.filter)} tone="primary">
            {t("start.first")} <span aria-hidden>›</span>
          </LinkButton>
          <span className="text-ink-3">{t("start.hint")}</span>
        </div>
      )}
      <Closing queue={queue} />
      <Card title={t("month.title")} flush>
        <Table
          caption={t("month.title")}
          grow
          rows={months}
          rowKey={(month) => month.period}
          rowTone={(month) => (month.current ? "current" : undefined)}
          columns={[
            {
              id: "period",
              header: t("month.name"),
              rowHeader: true,
              cell: (month) => (
                <Link to={queueHref(month.period, undefined, station)} className="whitespace-nowrap">
                  {format.period(month.period)}
                </Link>
              ),
            },
            {
              id: "progress",
              header: t("month.progress"),
              cell: (month) => <MonthMeter month={month} />,
            },
            {
              id: "state",
              header: t("month.state"),
              tight: true,
              cell: (month) => <Tag tone={month.state.tone}>{month.state.text}</Tag>,
            },
          ]}
        />
      </Card>
    </div>
  );
}

function MonthMeter({ month }: { month: MonthLine }) {
  const { t } = useTranslation(["review"]);
  const { piles, total } = month;
  const words = (["accepted", "waiting", "returned", "missing", "excused"] as const)
    .filter((bucket) => bucket === "accepted" || piles[bucket] > 0)
    .map((bucket) => t(`pile.${bucket}`, { count: piles[bucket] }))
    .join(" · ");
  return (
    <>
      <Meter
        thin
        label={words}
        total={total}
        segments={[
          { id: "accepted", value: piles.accepted, shade: "s1" },
          { id: "waiting", value: piles.waiting, shade: "s3" },
          { id: "returned", value: piles.returned, shade: "s2" },
        ]}
      />
      <span className="text-sm text-ink-3">{words}</span>
    </>
  );
}

/** The step that closes the month: the town's sign-off, the city's lock. */
function Closing({ queue }: { queue: QueueModel }) {
  const { t } = useTranslation(["review"]);
  const { may, piles, signedOff, locked } = queue;
  const open = piles.waiting + piles.returned + piles.missing;
  const unsettled = queue.lines.filter(
    (line) => line.manages && line.tag.tone === "info" && line.bucket === "accepted",
  );
  const left = may.lock ? open + unsettled.length : open;
  const words = locked
    ? t("close.locked")
    : signedOff
      ? t("close.signedOff")
      : left === 0
        ? t("close.ready")
        : t("close.open", { count: left });
  const to = may.lock ? `/review/lock?period=${queue.period}` : `/review/sign-off?period=${queue.period}`;
  const settled = locked || signedOff;
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-3">
        <span className="min-w-0 flex-1 basis-64">
          <Tag tone={settled || left === 0 ? "good" : "warn"} className="mr-2">
            {t(
              locked
                ? "month.locked"
                : signedOff
                  ? "month.signedOff"
                  : left === 0
                    ? "month.ready"
                    : "bucket.waiting",
            )}
          </Tag>
          {words}
        </span>
        {(may.lock || may.signOff) && (
          <LinkButton to={to} tone={!settled && left === 0 ? "primary" : "plain"}>
            {t(
              may.lock
                ? locked
                  ? "close.viewLock"
                  : "close.lock"
                : settled
                  ? "close.view"
                  : "close.signOff",
            )}
          </LinkButton>
        )}
      </div>
    </Card>
  );
}
