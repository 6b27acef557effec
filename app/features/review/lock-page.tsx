import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Checkbox } from "~/ui/choice";
import { FormErrors, type Refused } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { queueHref, reportHref } from "./links";
import type { LockMonth, MonthLine } from "./model";
import { ExcusedList, OpenStations } from "./open-stations";
import { UnlockForm } from "./unlock-form";

/** Closes a month for the whole city, and opens it again for one station where that is needed. */
export function LockPage({ month, refused }: { month: LockMonth; refused: Refused | null }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  const locking = refused?.intent === "lock" ? refused : null;
  const unlocking = refused?.intent === "unlock" ? refused : null;
  return (
    <>
      <PageHeader
        title={t("lock.title", { period: format.period(month.period) })}
        note={t("lock.what")}
        tag={month.lock && <Tag tone="good">{t("month.locked")}</Tag>}
      >
        <LinkButton to={queueHref(month.period)}>{t("head.back")}</LinkButton>
      </PageHeader>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-1 gap-4">
          {month.lock ? <Locked lock={month.lock} /> : <ToLock month={month} refused={locking} />}
          {month.lock && <UnlockForm month={month} refused={unlocking} />}
          <Unlocked month={month} />
        </div>
        <Months months={month.months} />
      </div>
    </>
  );
}

function ToLock({ month, refused }: { month: LockMonth; refused: Refused | null }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  const ready = month.open.length === 0;
  return (
    <Form method="post">
      <input type="hidden" name="period" value={month.period} />
      <FormErrors refused={refused} />
      <Card
        title={ready ? t("lock.openNone") : t("lock.openTitle", { count: month.open.length })}
        flush
        footer={
          <>
            <span className="min-w-0 flex-1 text-ink-3">
              {month.coverage && t("lock.coverage", month.coverage)}
            </span>
            <Checkbox name="sure" value="on" required label={t("lock.sure")} />
            <SubmitButton intent="lock" size="large">
              {t("lock.confirm", { period: format.period(month.period) })}
            </SubmitButton>
          </>
        }
      >
        {!ready && (
          <>
            <p className="m-0 px-4 pb-3 text-ink-2">{t("lock.openText")}</p>
            <OpenStations
              lines={month.open}
              refused={refused}
              hrefOf={(stationId) => reportHref(stationId, month.period)}
            />
          </>
        )}
      </Card>
    </Form>
  );
}

function Locked({ lock }: { lock: NonNullable<LockMonth["lock"]> }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  return (
    <>
      <Notice tone="good">{t("lock.by", { name: lock.by, at: format.dateTime(lock.at) })}</Notice>
      {lock.excused.length > 0 && (
        <Card title={t("lock.excused")}>
          <ExcusedList lines={lock.excused} />
        </Card>
      )}
    </>
  );
}

function Unlocked({ month }: { month: LockMonth }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  return (
    <Card title={t("lock.unlocked")} flush>
      <Table
        caption={t("lock.unlocked")}
        grow
        rows={month.unlocked}
        rowKey={(row) => `${row.stationId}/${row.period}`}
        empty={<p className="m-0 px-4 pb-4 text-ink-3">{t("lock.unlockedNone")}</p>}
        columns={[
          {
            id: "station",
            header: t("lock.station"),
            rowHeader: true,
            cell: (row) => (
              <>
                <Link to={reportHref(row.stationId, row.period)}>{row.name}</Link>
                <span className="block text-sm text-ink-3">{row.parent}</span>
              </>
            ),
          },
          { id: "period", header: t("lock.period"), tight: true, cell: (row) => format.period(row.period) },
          {
            id: "until",
            header: t("lock.until"),
            tight: true,
            cell: (row) => (
              <>
                {format.date(row.until)} {row.expired && <Tag tone="bad">{t("lock.expired")}</Tag>}
              </>
            ),
          },
          { id: "reason", header: t("lock.reason"), wide: true, cell: (row) => row.reason },
        ]}
      />
    </Card>
  );
}

function Months({ months }: { months: readonly MonthLine[] }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  return (
    <Card title={t("lock.months")} flush>
      <ul className="m-0 list-none p-0">
        {months.map((month) => (
          <li key={month.period}>
            <Link
              to={`/review/lock?period=${month.period}`}
              aria-current={month.current ? "page" : undefined}
              className={`flex min-h-target items-center justify-between gap-2 border-t border-line px-4 py-1.5 text-ink no-underline hover:bg-accent-soft ${month.current ? "bg-accent-soft font-semibold" : ""}`}
            >
              {format.period(month.period)}
              <Tag tone={month.state.tone}>{month.state.text}</Tag>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
