import { lockMonth, unlockReport } from "@muster/db/queries/month-steps";
import {
  coverageOf,
  lockableStations,
  lockOfMonth,
  monthToReview,
  reviewMonths,
  reviewQueue,
  unlockedReports,
} from "@muster/db/queries/review";
import { addDays, localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { PeriodText, StationId } from "~/features/api/addresses.server";
import { excusedLines, excusesIn, openLines } from "~/features/review/closing-model.server";
import { LockPage } from "~/features/review/lock-page";
import { monthLine } from "~/features/review/queue-model.server";
import { formatDay, formatPeriod } from "~/i18n/format";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { settled } from "~/server/step-refusal.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["review"],
  title: (t) => t("review:close.lock"),
  crumbs: (t, data) => [
    { label: t("review:title"), to: `/review?period=${data.period}` },
    { label: t("review:close.lock") },
  ],
});

const Search = z.object({
  period: PeriodText.optional().catch(undefined),
  q: z.string().max(100).catch(""),
});
const LOCKS = { action: "lock", subject: "Month" } as const;
/** An unlocking ends within this many days unless the city says otherwise. */
const USUAL_DAYS = 7;
const MOST_DAYS = 62;

export const loader = read(
  { authorization: LOCKS, search: Search },
  async ({ scoped, search, actor, t, now }) =>
    scoped(async (tx) => {
      const today = localDate(now);
      const months = await reviewMonths(tx, actor.stationId, today);
      const period = search.period ?? monthToReview(months);
      if (!period || !months.some((each) => each.period === period)) throw notFound();
      const [rows, lock, coverage, unlocked, found] = await Promise.all([
        reviewQueue(tx, actor.stationId, period),
        lockOfMonth(tx, period),
        coverageOf(tx, { stationId: actor.stationId, period }),
        unlockedReports(tx, period),
        search.q.trim() ? lockableStations(tx, period, search.q) : [],
      ]);
      return {
        period,
        q: search.q.trim(),
        coverage,
        open: lock ? [] : openLines(rows, t),
        lock: lock && { by: lock.lockedBy, at: lock.lockedAt, excused: excusedLines(lock.excused, rows) },
        months: months.map((month) => monthLine(month, period, { t })),
        unlocked: unlocked.map((each) => ({ ...each, expired: each.until < today })),
        found: [...found],
        until: { usual: addDays(today, USUAL_DAYS), first: today, last: addDays(today, MOST_DAYS) },
      };
    }),
);

/** A lock is for good: the box keeps a slip of the hand from closing a month of the whole city. */
const Excuses = z.looseObject({ period: PeriodText, sure: z.literal("on", "review:lock.notSure") });
const Unlocking = z.object({
  period: PeriodText,
  station: StationId,
  reason: z.string().trim().min(1).max(200),
  until: z.string().max(20),
});

export const action = write({
  authorization: LOCKS,
  intents: {
    lock: {
      form: Excuses,
      run: async ({ form, scoped, actor, demand, locale, t, done }) => {
        const { period } = form;
        const { stationId } = actor;
        demand("lock", "Month", { stationId });
        await scoped.write(async (tx) => {
          const excused = excusesIn(form, openLines(await reviewQueue(tx, stationId, period), t));
          settled(await lockMonth(tx, { stationId, period, excused }), locale);
        });
        const params = { period: formatPeriod(period, locale) };
        return done(`/review/lock?period=${period}`, "review:lock.done", params);
      },
    },
    unlock: {
      authorization: { action: "unlock", subject: "Month" },
      form: Unlocking,
      run: async ({ form: { period, station, reason, until }, scoped, demand, locale, done }) => {
        demand("unlock", "Month", { stationId: station });
        const name = await scoped.write(async (tx) => {
          settled(await unlockReport(tx, { stationId: station, period, reason, until }), locale);
          const unlocked = await unlockedReports(tx, period);
          return unlocked.find((each) => each.stationId === station)?.name ?? "";
        });
        const params = { name, day: formatDay(until, locale) };
        return done(`/review/lock?period=${period}`, "review:lock.opened", params);
      },
    },
  },
});

export default function Lock() {
  const month = useLoaderData<typeof loader>();
  return <LockPage month={month} refused={refusalIn(useActionData<typeof action>())} />;
}
