import type { QueueRow } from "@muster/db/queries/review";
import type { LocalDate } from "@muster/domain/period";
import { type Bucket, bucketOf } from "@muster/domain/queue";
import { formatDateTime, formatDay } from "~/i18n/format";
import type { Locale, Translate } from "~/i18n/locales";
import type { Tone } from "~/ui/tag";

interface Words {
  t: Translate;
  locale: Locale;
  today: LocalDate;
}

/** Day and minute without the year: `11-01 20:16`. */
export function shortTime(instant: string): string {
  return formatDateTime(instant).slice(5);
}

/** Where a report stands, as a tag: a tone, and the word that goes with it. */
export function tagOf(row: QueueRow, { t, locale, today }: Words): { tone: Tone; text: string } {
  switch (bucketOf(row)) {
    case "waiting":
      if (row.round > 1) {
        return { tone: "info", text: t("review:tag.round", { round: row.round, count: row.changed }) };
      }
      return row.warnings > 0
        ? { tone: "info", text: t("review:tag.hints", { count: row.warnings }) }
        : { tone: "info", text: t("review:tag.waiting") };
    case "returned": {
      if (row.status === "amending") return { tone: "warn", text: t("review:tag.amending") };
      const due = row.returnDueOn;
      if (due === null) return { tone: "warn", text: t("review:tag.returned") };
      return due < today
        ? { tone: "bad", text: t("review:tag.returnedLate") }
        : { tone: "warn", text: t("review:tag.returnedUntil", { day: formatDay(due, locale) }) };
    }
    case "missing": {
      const late = row.dueOn < today;
      const key = late
        ? row.remindedAt
          ? "review:tag.lateReminded"
          : "review:tag.late"
        : row.remindedAt
          ? "review:tag.missingReminded"
          : "review:tag.missing";
      return { tone: late || row.remindedAt ? "bad" : "mute", text: t(key) };
    }
    case "excused":
      return { tone: "mute", text: t("review:tag.excused") };
    case "accepted":
      if (!row.manages) return { tone: "good", text: t("review:tag.accepted") };
      return row.signedOffAt === null
        ? { tone: "info", text: t("review:tag.acceptedOpen") }
        : { tone: "good", text: t("review:tag.acceptedSettled") };
  }
}

/** The small line under the name: when it came, or by when it should, and whether what is below is signed off. */
export function whenOf(row: QueueRow, { t, locale }: Words): string {
  const parts: string[] = [];
  const bucket = bucketOf(row);
  if ((bucket === "waiting" || bucket === "accepted") && row.submittedAt) {
    parts.push(shortTime(row.submittedAt));
    if (row.onTime === false) parts.push(t("review:when.late"));
    if (row.nil) parts.push(t("review:when.nil"));
  } else if (bucket === "returned" && row.decidedAt) {
    parts.push(
      t("review:when.returned", { at: shortTime(row.decidedAt).slice(0, 5), count: row.returnedCells }),
    );
  } else if (bucket !== "accepted") {
    parts.push(t("review:when.due", { day: formatDay(row.dueOn, locale) }));
  }
  if (row.manages && bucket !== "accepted") {
    parts.push(t(row.signedOffAt === null ? "review:when.belowOpen" : "review:when.belowSettled"));
  }
  return parts.join(" · ");
}

/** What the stations of a queue are called together: villages, towns, service points, or stations. */
export function nounOf(
  rows: readonly Pick<QueueRow, "level" | "kind">[],
  count: number,
  t: Translate,
): string {
  const all = (test: (row: Pick<QueueRow, "level" | "kind">) => boolean) =>
    rows.length > 0 && rows.every(test);
  if (all((row) => row.kind === "service_point")) return t("review:noun.servicePoint", { count });
  if (all((row) => row.level === "village" && row.kind === "station"))
    return t("review:noun.village", { count });
  if (all((row) => row.level === "town" && row.kind === "station")) return t("review:noun.town", { count });
  if (all((row) => row.level === "district")) return t("review:noun.district", { count });
  return t("review:noun.station", { count });
}

/** The queue in one sentence; piles with nothing on them are left out, but never what is accepted. */
export function sentenceOf(
  rows: readonly Pick<QueueRow, "level" | "kind">[],
  piles: Record<Bucket, number>,
  t: Translate,
): string {
  const parts = (["accepted", "waiting", "returned", "missing", "excused"] as const)
    .filter((bucket) => bucket === "accepted" || piles[bucket] > 0)
    .map((bucket) => t(`review:pile.${bucket}`, { count: piles[bucket] }));
  return t("review:counts", { stations: nounOf(rows, rows.length, t), piles: parts.join(" · ") });
}
