import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { queueHref, reportHref } from "./links";
import type { BulkResult, QueueModel } from "./model";

/** The results in an action's data, if that is what it is. */
export function resultsIn(data: unknown): BulkResult[] | null {
  return typeof data === "object" && data !== null && "results" in data
    ? (data.results as BulkResult[])
    : null;
}

/** What became of each station: those that were refused first, with the reason. */
export function BulkResults({ results, queue }: { results: readonly BulkResult[]; queue: QueueModel }) {
  const { t } = useTranslation(["review"]);
  const failed = results.filter((result) => !result.ok);
  const done = results.filter((result) => result.ok);
  return (
    <Card
      title={t("bulk.title")}
      aside={
        <LinkButton to={queueHref(queue.period, queue.filter)} size="small">
          {t("bulk.close")}
        </LinkButton>
      }
      flush
      className="mb-4"
    >
      <p role="status" className="m-0 px-4 pb-3">
        {results.length === 0
          ? t("bulk.nothing")
          : t("bulk.summary", { done: done.length, failed: failed.length })}
      </p>
      {results.length > 0 && (
        <Table
          caption={t("bulk.title")}
          rows={[...failed, ...done]}
          rowKey={(row) => row.stationId}
          rowTone={(row) => (row.ok ? undefined : "warn")}
          columns={[
            {
              id: "station",
              header: t("bulk.station"),
              rowHeader: true,
              cell: (row) => <Link to={reportHref(row.stationId, queue.period)}>{row.name}</Link>,
            },
            {
              id: "result",
              header: t("bulk.result"),
              cell: (row) => (
                <span className="flex flex-wrap items-center gap-2">
                  <Tag tone={row.ok ? "good" : "bad"}>{t(row.ok ? "bulk.done" : "bulk.failed")}</Tag>
                  {row.why}
                </span>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
