import { Form, Link, useParams } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Button, LinkButton, SubmitButton } from "~/ui/button";
import { Checkbox } from "~/ui/choice";
import { cx } from "~/ui/cx";
import { inputStyle, Select, TextInput } from "~/ui/input";
import { Meter } from "~/ui/meter";
import { Tag } from "~/ui/tag";
import { queueHref, reportHref } from "./links";
import type { MonthLine, QueueLine, QueueModel } from "./model";

/** The left side of the review: the month at a glance, what can be done for all, and the list. */
export function Queue({ queue, months }: { queue: QueueModel; months: readonly MonthLine[] }) {
  const { t } = useTranslation(["review"]);
  const format = useFormat();
  const open = useParams().stationId !== undefined;
  const Title = open ? "h2" : "h1";
  const title = format.period(queue.period);
  return (
    <div className="flex min-w-0 flex-col bg-surface lg:sticky lg:top-0 lg:h-screen lg:border-r lg:border-line lg:in-elder:static lg:in-elder:h-auto print:hidden">
      <header className="px-4 pb-3 pt-4">
        <div className="flex items-start gap-2">
          <Title className="m-0 flex-1 text-lg">
            {t("queueOf", { period: title, station: queue.reviewer.name })}
          </Title>
          <CloseLink queue={queue} />
        </div>
        <div className="mb-1.5 mt-2.5">
          <Meter
            label={queue.sentence}
            total={queue.total}
            segments={[
              { id: "accepted", value: queue.piles.accepted, shade: "s1" },
              { id: "waiting", value: queue.piles.waiting, shade: "s3" },
              { id: "returned", value: queue.piles.returned, shade: "s2" },
            ]}
          />
        </div>
        <p className="m-0 text-ink-2">{queue.sentence}</p>
        {!queue.own && (
          <p className="m-0 mt-1 text-sm text-ink-3">{t("reading", { station: queue.reviewer.name })}</p>
        )}
      </header>
      <Filters queue={queue} months={months} />
      {/* After a decision the boxes begin anew, with their count. */}
      <Bulk key={`${queue.period} ${queue.piles.accepted}`} queue={queue} />
    </div>
  );
}

/** To the step that closes the month: on a phone it would otherwise stand below the whole list. */
function CloseLink({ queue }: { queue: QueueModel }) {
  const { t } = useTranslation(["review"]);
  if (!queue.may.lock && !queue.may.signOff) return null;
  const to = `/review/${queue.may.lock ? "lock" : "sign-off"}?period=${queue.period}`;
  return (
    <Link to={to} className="inline-flex min-h-target flex-none items-center underline underline-offset-4">
      {t(queue.may.lock ? "close.lock" : queue.signedOff ? "close.view" : "close.signOff")}
    </Link>
  );
}

function Filters({ queue, months }: { queue: QueueModel; months: readonly MonthLine[] }) {
  const { t } = useTranslation(["review", "common"]);
  const format = useFormat();
  const { status, q } = queue.filter;
  const piles = (["waiting", "returned", "missing", "excused", "accepted"] as const).filter(
    (bucket) => queue.piles[bucket] > 0 || bucket === status,
  );
  return (
    <search className="block border-t border-line px-4 py-2.5">
      <Form
        method="get"
        action="/review"
        aria-label={t("filter.label")}
        className="grid grid-cols-2 gap-2"
        onChange={(event) => {
          if (event.target instanceof HTMLSelectElement) event.currentTarget.requestSubmit();
        }}
      >
        {!queue.own && <input type="hidden" name="station" value={queue.reviewer.id} />}
        <Select
          name="period"
          aria-label={t("filter.month")}
          defaultValue={queue.period}
          key={queue.period}
          options={months.map((month) => ({
            value: month.period,
            label: format.period(month.period),
          }))}
        />
        <Select
          name="status"
          aria-label={t("filter.status")}
          defaultValue={status}
          options={[
            { value: "", label: `${t("bucket.all")} ${queue.total}` },
            ...piles.map((bucket) => ({
              value: bucket,
              label: `${t(`bucket.${bucket}`)} ${queue.piles[bucket]}`,
            })),
          ]}
        />
        <TextInput
          type="search"
          name="q"
          aria-label={t("filter.name")}
          placeholder={t("filter.name")}
          defaultValue={q}
          maxLength={100}
          className="col-span-2 hidden lg:block in-elder:block"
          style={queue.total > 8 ? undefined : { display: "none" }}
        />
        <noscript>
          <Button type="submit">{t("common:apply")}</Button>
        </noscript>
      </Form>
    </search>
  );
}

function Bulk({ queue }: { queue: QueueModel }) {
  const { t } = useTranslation(["review"]);
  const [ticked, setTicked] = useState(0);
  const shown = new Set(queue.shown);
  const lines = queue.lines.filter((line) => shown.has(line.stationId));
  const count = (form: HTMLFormElement) =>
    setTicked(form.querySelectorAll("input[name=station]:checked").length);
  return (
    <Form
      method="post"
      action={queueHref(queue.period, queue.filter)}
      onChange={(event) => count(event.currentTarget)}
      className="flex min-h-0 flex-1 flex-col"
    >
      {(queue.may.accept || (queue.may.remind && queue.owing > 0)) && (
        <div className="flex flex-wrap gap-2 px-4 pb-3">
          {ticked > 0 ? (
            <SubmitButton intent="accept-ticked">{t("bulk.tickedCount", { count: ticked })}</SubmitButton>
          ) : (
            queue.clean > 0 && (
              <SubmitButton intent="accept-clean">{t("bulk.clean", { count: queue.clean })}</SubmitButton>
            )
          )}
          {queue.may.remind && queue.owing > 0 && (
            <SubmitButton intent="remind" tone="plain">
              {t("bulk.remind", { count: queue.owing })}
            </SubmitButton>
          )}
          {queue.may.accept && (
            <noscript>
              <button
                type="submit"
                name="intent"
                value="accept-ticked"
                className={cx(inputStyle(), "w-auto")}
              >
                {t("bulk.ticked")}
              </button>
            </noscript>
          )}
        </div>
      )}
      <ul className={cx("m-0 list-none overflow-y-auto p-0", lines.length > 0 && "lg:flex-1")}>
        {lines.map((line) => (
          <Line key={line.stationId} line={line} queue={queue} />
        ))}
      </ul>
      {lines.length === 0 && (
        <div className="border-t border-line px-4 py-6 text-center text-ink-3">
          <p className="m-0 mb-2">{t("filter.none")}</p>
          <LinkButton
            to={queueHref(queue.period, undefined, queue.own ? undefined : queue.reviewer.id)}
            size="small"
          >
            {t("filter.clear")}
          </LinkButton>
        </div>
      )}
    </Form>
  );
}

function Line({ line, queue }: { line: QueueLine; queue: QueueModel }) {
  const { t } = useTranslation(["review"]);
  const current = useParams().stationId === String(line.stationId);
  return (
    <li
      className={cx(
        "flex items-stretch border-t border-line",
        current && "border-l-4 border-l-accent bg-accent-soft",
      )}
    >
      {queue.may.accept && (
        <span className={cx("grid w-10 flex-none place-items-center", current && "-ml-1")}>
          {line.acceptable && (
            <Checkbox
              hideLabel
              label={t("bulk.tick", { name: line.name })}
              name="station"
              value={line.stationId}
            />
          )}
        </span>
      )}
      <Link
        to={reportHref(line.stationId, queue.period, queue.filter)}
        aria-current={current ? "page" : undefined}
        prefetch="intent"
        className={cx(
          "flex min-w-0 flex-1 items-center justify-between gap-2 py-2 pr-4 text-ink no-underline hover:bg-accent-soft",
          !queue.may.accept && "pl-4",
        )}
      >
        <span className="min-w-0">
          <b className="block">{line.name}</b>
          <span className="block text-sm text-ink-3">{line.when}</span>
        </span>
        <Tag tone={line.tag.tone} className="flex-none">
          {line.tag.text}
        </Tag>
      </Link>
    </li>
  );
}
