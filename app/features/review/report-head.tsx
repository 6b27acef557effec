import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { ChevronLeft } from "~/ui/icons";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";
import { queueHref, reportHref } from "./links";
import type { QueueModel, ReviewModel } from "./model";

/** Who sent it when, how it stands, and the ways on from here. */
export function ReportHead({ report, queue }: { report: ReviewModel; queue: QueueModel }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  const at = `/stations/${report.stationId}/months/${report.period}`;
  const { previous, next } = neighbours(queue, report.stationId);
  const line = queue.lines.find(({ stationId }) => stationId === report.stationId);
  return (
    <>
      <div className="mb-1 lg:hidden lg:in-elder:block print:hidden">
        <LinkButton
          to={queueHref(report.period, queue.filter, queue.own ? undefined : queue.reviewer.id)}
          size="small"
          tone="quiet"
          className="-ml-2.5"
          icon={<ChevronLeft aria-hidden className="size-icon" />}
        >
          {t("head.back")}
        </LinkButton>
      </div>
      <PageHeader
        title={`${report.name} · ${format.period(report.period)}`}
        note={report.line}
        tag={
          <>
            <Tag tone={report.status.tone}>{report.status.text}</Tag>
            {report.hints > 0 && <Tag tone="warn">{t("head.hints", { count: report.hints })}</Tag>}
          </>
        }
      >
        {line?.manages && (
          <LinkButton to={queueHref(report.period, undefined, report.stationId)}>
            {t("head.below")}
          </LinkButton>
        )}
        <LinkButton to={`${at}/print`}>{t("head.print")}</LinkButton>
        <LinkButton to={`${at}/history`}>{t("head.history")}</LinkButton>
        {previous !== null && (
          <LinkButton
            to={reportHref(previous, report.period, queue.filter)}
            tone="quiet"
            data-key="k"
            aria-label={t("head.previous")}
            className="px-2"
          >
            <span aria-hidden>↑</span>
          </LinkButton>
        )}
        {next !== null && (
          <LinkButton
            to={reportHref(next, report.period, queue.filter)}
            tone="quiet"
            data-key="j"
            aria-label={t("head.next")}
            className="px-2"
          >
            <span aria-hidden>↓</span>
          </LinkButton>
        )}
      </PageHeader>
      {report.notes.map((note) => (
        <Notice key={note.id} tone={note.tone} className="mb-3">
          {note.text}
        </Notice>
      ))}
    </>
  );
}

/** The lines before and after one in the list as it is filtered. */
function neighbours(queue: QueueModel, stationId: number): { previous: number | null; next: number | null } {
  const shown = new Set(queue.shown);
  const order = queue.lines.filter((line) => shown.has(line.stationId) || line.stationId === stationId);
  const at = order.findIndex((line) => line.stationId === stationId);
  return { previous: order[at - 1]?.stationId ?? null, next: order[at + 1]?.stationId ?? null };
}
