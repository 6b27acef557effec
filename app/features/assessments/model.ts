import {
  type AssessmentState,
  type ItemValue,
  judge,
  type Stage,
  type Values,
  type Verdict,
} from "@muster/domain/assessment";
import { parseValue, type StandardItem, type StandardSet, thresholdAt } from "@muster/domain/standard";
import type { Level } from "@muster/domain/station";
import type { PieceLine } from "~/features/evidence/model";
import type { Translate } from "~/i18n/locales";
import type { Tone } from "~/ui/tag";

/** A value as one side gave it, in words. */
export interface SaidLine {
  stage: Stage;
  value: number | null;
  notApplicable: boolean;
  remark: string;
  byName: string;
  at: string;
}

/** One item of the page. */
export interface ItemLine {
  item: StandardItem;
  said: SaidLine[];
  /** What the records say, with the place to look it up. */
  measured: {
    value: number;
    label: string;
    to: string | null;
    /** The single records behind the figures of a report. */
    records: { label: string; to: string } | null;
  } | null;
  /** That somebody answers it by hand, in words; null where the records do, or evidence. */
  byHand: string | null;
  /** Photos and documents that show it. */
  pieces: PieceLine[];
}

/** What the reader may do with the evidence of the items. */
export interface ItemsEvidence {
  adds: boolean;
  /** The assessment still takes evidence. */
  open: boolean;
  most: number;
  owner: string;
}

/** What of the page judges on the server and, as one types, in the browser. */
export interface Judged {
  set: StandardSet;
  level: Level;
  /** What counts of the sides before the one that is writing. */
  before: Values;
  /** The side that is writing; null on a page that only shows. */
  stage: Stage | null;
}

export const STATUS_TONES: Record<AssessmentState | "none", Tone> = {
  none: "mute",
  draft: "mute",
  self_submitted: "info",
  returned: "warn",
  checked: "good",
  spot_checked: "good",
};

/** `2026`, or `2026-2` for the second round of a year. */
export function yearSlug({ year, round }: { year: number; round: number }): string {
  return round === 1 ? String(year) : `${year}-${round}`;
}

/** What is asked of a level, in words: `≥ 30`. */
export function askedOf(
  item: Pick<StandardItem, "code" | "kind" | "thresholds">,
  level: Level,
  t: Translate,
): string {
  const threshold = thresholdAt(item, level);
  if (threshold === null) return t("standards:ask.none");
  if (threshold.comparison === "yes") return t("standards:ask.yes");
  const value = item.kind === "percent" ? `${threshold.value}%` : String(threshold.value);
  return threshold.comparison === ">="
    ? t("standards:ask.least", { value })
    : t("standards:ask.most", { value });
}

/** A value in words. */
export function valueInWords(
  kind: StandardItem["kind"],
  said: Pick<ItemValue, "value" | "notApplicable">,
  t: Translate,
): string {
  if (said.notApplicable) return t("standards:notApplicable");
  if (said.value === null) return "—";
  if (kind === "boolean" || kind === "evidence")
    return said.value === 1 ? t("standards:yes") : t("standards:no");
  return kind === "percent" ? `${said.value}%` : said.value.toLocaleString("en-US");
}

/** The fields of an item in the form. */
export const fieldsOf = (code: string) => ({ value: `v.${code}`, none: `n.${code}`, remark: `r.${code}` });

/** What a form says of the items; what cannot be read as a value counts as not said. */
export function valuesIn(
  items: readonly StandardItem[],
  read: (field: string) => string | undefined,
): Record<string, ItemValue> {
  return Object.fromEntries(
    items.map(({ code, kind }) => {
      const field = fieldsOf(code);
      const notApplicable = read(field.none) === "on";
      const value = notApplicable ? null : parseValue(kind, read(field.value) ?? "");
      return [code, { value, notApplicable, remark: (read(field.remark) ?? "").trim() }];
    }),
  );
}

/** The verdict on what counted before, with what is being written over it. */
export function verdictWith({ set, level, before }: Judged, written: Values): Verdict {
  const spoken = Object.entries(written).filter(([, said]) => said?.notApplicable || said?.value !== null);
  return judge(set, level, { ...before, ...Object.fromEntries(spoken) });
}
