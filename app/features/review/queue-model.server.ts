import {
  monthToReview,
  type QueueRow,
  type ReviewMonth,
  readReviewer,
  reviewerIdOf,
  reviewMonths,
  reviewQueue,
} from "@muster/db/queries/review";
import { localDate, type Period } from "@muster/domain/period";
import { BUCKETS, type Bucket, bucketOf, inWorkingOrder, pilesOf } from "@muster/domain/queue";
import { z } from "zod";
import { PeriodText, StationId } from "~/features/api/addresses.server";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import type { Reader } from "./access.server";
import type { MonthLine, QueueLine, QueueModel } from "./model";
import { sentenceOf, tagOf, whenOf } from "./words.server";

/** Which queue, which month, which part of it. */
export const QueueSearch = z.object({
  station: StationId.optional().catch(undefined),
  period: PeriodText.optional().catch(undefined),
  status: z.enum(BUCKETS).or(z.literal("")).catch(""),
  q: z.string().max(100).catch(""),
});
export type QueueSearch = z.output<typeof QueueSearch>;

export const QueueParams = z.object({ stationId: StationId.optional(), period: PeriodText.optional() });
type Address = { stationId?: number | undefined; period?: Period | undefined };

/** A reviewer's month; null for a station nobody ever reported to. Out of scope is 404. */
export async function readQueue(
  tx: Tx,
  address: Address,
  search: QueueSearch,
  reader: Reader,
): Promise<{ queue: QueueModel; months: MonthLine[] } | null> {
  const { actor, now } = reader;
  const today = localDate(now);
  const { stationId, period: inPath } = address;
  // Beside a report stands the queue it lies in, also when that is another station's.
  const reviewerId =
    stationId !== undefined && inPath
      ? await reviewerIdOf(tx, { stationId, period: inPath })
      : (search.station ?? actor.stationId);
  if (reviewerId === null) throw notFound();
  const [reviewer, months] = await Promise.all([
    readReviewer(tx, reviewerId),
    reviewMonths(tx, reviewerId, today),
  ]);
  if (!reviewer) throw notFound();
  const period = inPath ?? search.period ?? monthToReview(months);
  if (!period || months.length === 0) return null;
  const rows = await reviewQueue(tx, reviewerId, period);
  const month = months.find((m) => m.period === period);
  return {
    queue: queueModel({ reviewer, period, rows, month, search }, reader),
    months: months.map((m) => monthLine(m, period, reader)),
  };
}

interface Content {
  reviewer: { id: number; name: string };
  period: Period;
  rows: readonly QueueRow[];
  month: ReviewMonth | undefined;
  search: QueueSearch;
}

/** The queue in words and with what this reader may do in it. */
export function queueModel(
  { reviewer, period, rows, month, search }: Content,
  { actor, may, t, locale, now }: Reader,
): QueueModel {
  const words = { t, locale, today: localDate(now) };
  const own = reviewer.id === actor.stationId;
  const queue = inWorkingOrder(rows);
  const signedOff = month?.signedOff ?? false;
  const locked = month?.locked ?? false;
  const lines = queue.map(
    (row): QueueLine => ({
      stationId: row.stationId,
      name: row.name,
      bucket: bucketOf(row),
      when: whenOf(row, words),
      tag: tagOf(row, words),
      acceptable:
        own &&
        row.status === "submitted" &&
        row.submittedById !== actor.userId &&
        may("accept", "MonthlyReport", { stationId: row.stationId, reviewerId: reviewer.id }),
      manages: row.manages,
    }),
  );
  const wanted = search.q.trim().toLowerCase();
  const shown = queue.filter(
    (row) =>
      (search.status === "" || bucketOf(row) === search.status) &&
      (wanted === "" || row.search.includes(wanted)),
  );
  const piles = pilesOf(rows);
  const acceptable = new Set(lines.filter((line) => line.acceptable).map((line) => line.stationId));
  const month_ = { stationId: reviewer.id };
  return {
    reviewer: { id: reviewer.id, name: reviewer.name },
    own,
    period,
    total: rows.length,
    piles,
    sentence: sentenceOf(rows, piles, t),
    lines,
    filter: { status: search.status, q: search.q },
    shown: shown.map((row) => row.stationId),
    clean: rows.filter((row) => row.warnings === 0 && acceptable.has(row.stationId)).length,
    owing: piles.missing + rows.filter((row) => row.status === "returned" && !row.excused).length,
    signedOff,
    locked,
    may: {
      accept: acceptable.size > 0,
      remind: own && may("remind", "Reminder", { stationId: reviewer.id, reviewerId: reviewer.id }),
      signOff: own && actor.path !== "/" && may("sign_off", "Month", month_),
      lock: own && may("lock", "Month", month_),
    },
  };
}

/** A month in the list: how far it is and what is left to do. */
export function monthLine(month: ReviewMonth, current: Period, { t }: Pick<Reader, "t">): MonthLine {
  const piles: Record<Bucket, number> = {
    waiting: month.waiting,
    returned: month.returned,
    missing: month.missing,
    excused: month.excused,
    accepted: month.accepted,
  };
  return {
    period: month.period,
    piles,
    total: month.expected,
    state: month.locked
      ? { tone: "mute", text: t("review:month.locked") }
      : month.signedOff
        ? { tone: "good", text: t("review:month.signedOff") }
        : month.accepted + month.excused === month.expected && month.unsettled === 0
          ? { tone: "info", text: t("review:month.ready") }
          : { tone: "warn", text: t("review:month.open", { count: openIn(month) }) },
    current: month.period === current,
  };
}

/** How many of a month's reports are neither accepted nor excused. */
export function openIn({ waiting, returned, missing, unsettled }: ReviewMonth): number {
  return waiting + returned + missing + unsettled;
}
