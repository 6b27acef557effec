import type { Period } from "@muster/domain/period";
import type { StaffingRule } from "@muster/domain/staffing";
import type { PeriodRange } from "@muster/domain/timespan";
import type { ScopedTx } from "../../scope";
import { type CaseBoard, caseBoard } from "../assistance/board";
import type { CityCatalogue } from "../catalogue";
import { changesBelow, stationsBelow } from "../change-marks";
import { today } from "../stations/row";
import {
  type Compliance,
  complianceOf,
  type FailingStation,
  failingStations,
  type Rectification,
  rectifications,
} from "./compliance";
import type { NamedStation, Place, TimelineMonth } from "./place";
import { type StaffGroup, type StaffUnit, staffGroups, staffUnits } from "./staff";
import { type Grounds, type MonthSum, type SumsQuery, sumsOfChildren, sumsOfPlace } from "./sums";
import { type StaffingAnswer, staffingOf } from "./units";
import { type VerdictHistory, verdictHistory } from "./verdicts";

/** What a page has read of a place already: it says whether the sums below it are still those of the last reader. */
export interface Standing {
  place: Place;
  catalogue: CityCatalogue;
  /** Every opened month, each with the mark of its roll-up. */
  timeline: readonly TimelineMonth[];
  /** The stations that stand directly below today. */
  children: readonly NamedStation[];
}

/** Rows kept at most, of all places together: some 20 MB. */
const MOST_ROWS = 100_000;

const shelf = new Map<string, { rows: number; answer: unknown }>();
let shelved = 0;

/**
 * The months of a place, of the stations below it and of its staffing, as `sumsOfPlace`, `sumsOfChildren` and
 * `staffingOf` read them, kept in this process until something below the place changes. A bureau opens the same pages
 * all day while closed months stand still; reading a city's towns again costs more than drawing the page.
 *
 * Nothing is guessed: every step on a report writes the roll-ups above it in its own transaction, so the row version of
 * the place's roll-up (`mark`) tells of each; content tells by its version, a move by the children and the paths. By
 * today's boundaries nothing of that holds and everything is read. Answers are shared and frozen.
 */
export function keptSums(tx: ScopedTx, standing: Standing) {
  const { place, catalogue } = standing;
  const keep = <T>(name: string, query: SumsQuery, rowsOf: (answer: T) => number, read: () => Promise<T>) => {
    const edition = editionOf(tx, standing, query);
    return edition === null ? read() : kept(`${name} ${query.codes} ${edition}`, rowsOf, read);
  };
  const rows = ({ length }: readonly unknown[]) => length;
  return {
    own: (query: SumsQuery): Promise<readonly MonthSum[]> =>
      keep("own", query, rows, () => sumsOfPlace(tx, catalogue, place, query)),
    below: (query: SumsQuery): Promise<readonly MonthSum[]> =>
      keep("below", query, rows, () => sumsOfChildren(tx, catalogue, place, query)),
    staffing: (query: Omit<SumsQuery, "codes">): Promise<StaffingAnswer> =>
      keep(
        "staffing",
        { ...query, codes: [] },
        (answer) => answer.place.length + answer.children.length,
        () => staffingOf(tx, catalogue, place, query),
      ),
  };
}

/**
 * What the records of all stations below a place say, kept until one of them or its standing has changed, or one of its
 * findings or cases where the answer tells of those. Every change of a verdict or a roster writes the standing in its own
 * transaction (db/queries/standings), so its marks tell of both.
 */
export function keptRecords(tx: ScopedTx, standing: Standing) {
  const { place, catalogue } = standing;
  let mark: Promise<string> | null = null;
  const marks = async () => {
    const both = await Promise.all([stationsBelow(tx, place.path), changesBelow(tx, place.path, "standing")]);
    return both.join(" ");
  };
  const keep = async <T>(name: string, rowsOf: (answer: T) => number, read: () => Promise<T>) => {
    if (place.leaf) return read();
    mark ??= marks();
    return kept(`${name} ${placeKey(tx, place)} ${await mark}`, rowsOf, read);
  };
  const rows = ({ length }: readonly unknown[]) => length;
  let found: Promise<string> | null = null;
  const withFindings = async (name: string) => {
    found ??= changesBelow(tx, place.path, "findings");
    return `${name} ${today(tx)} ${await found}`;
  };
  return {
    /** What is overdue changes with the day. */
    failing: async (most: number | null): Promise<readonly FailingStation[]> => {
      const read = () => failingStations(tx, place, most);
      return place.leaf ? read() : keep(await withFindings(`failing ${most}`), rows, read);
    },
    findings: async (range: PeriodRange): Promise<readonly Rectification[]> => {
      const read = () => rectifications(tx, place, range);
      return place.leaf ? read() : keep(await withFindings(`findings ${range.from}-${range.to}`), rows, read);
    },
    compliance: (): Promise<Compliance> =>
      keep(
        "compliance",
        ({ groups, items }) => groups.length + items.length,
        () => complianceOf(tx, place),
      ),
    verdicts: (range: PeriodRange): Promise<VerdictHistory> =>
      keep(
        `verdicts ${range.from}-${range.to}`,
        ({ months, items }) => months.length * (items.length + 1),
        () => verdictHistory(tx, place, range),
      ),
    /** Every step of a case writes the case in its own transaction. What is overdue changes with the day. */
    cases: async (range: PeriodRange): Promise<CaseBoard> => {
      const read = () => caseBoard(tx, place, range);
      if (place.leaf) return read();
      const name = `cases ${range.from}-${range.to} ${today(tx)}`;
      const stand = await changesBelow(tx, place.path, "cases");
      return kept(
        `${name} ${placeKey(tx, place)} ${stand}`,
        ({ children }) => children.length + MOST_GROUPS,
        read,
      );
    },
    staffGroups: (): Promise<readonly StaffGroup[]> =>
      keep(`groups ${today(tx).slice(0, 4)}`, rows, () => staffGroups(tx, place)),
    staffUnits: (query: Grounds & { period: Period; rule: StaffingRule }): Promise<readonly StaffUnit[]> => {
      const { period, rule, basis, boundaries } = query;
      const read = () => staffUnits(tx, catalogue, place, query);
      const edition = editionOf(tx, standing, { from: period, to: period, basis, boundaries, codes: [] });
      if (edition === null) return read();
      const above = place.ancestors.map(({ name }) => name);
      return keep(`units ${rule.town} ${above} ${edition}`, rows, read);
    },
  };
}

/** Kinds, categories, bands of age, steps and reasons of a board, by and large. */
const MOST_GROUPS = 80;

const placeKey = ({ scope }: ScopedTx, { id, path }: Place) => `${scope.cityId} ${scope.path} ${id}@${path}`;

/** All that an answer depends on, in words; null where it depends on more than roll-ups can tell. */
function editionOf(
  tx: ScopedTx,
  { place, catalogue, timeline, children }: Standing,
  { from, to, basis, boundaries }: SumsQuery,
): string | null {
  if (place.leaf || boundaries === "today") return null;
  const { cityId, path } = tx.scope;
  const below = children.map(({ id, path: of }) => `${id}@${of}`);
  return [
    cityId,
    path,
    `${place.id}@${place.path}`,
    catalogue.version,
    basis,
    `${from}-${to}`,
    marksOf(timeline, { from, to }),
    below,
  ].join(" ");
}

function marksOf(timeline: readonly TimelineMonth[], { from, to }: PeriodRange): string[] {
  return timeline.flatMap(({ period, mark }) => (period >= from && period <= to ? `${period}:${mark}` : []));
}

async function kept<T>(key: string, rowsOf: (answer: T) => number, read: () => Promise<T>): Promise<T> {
  const found = shelf.get(key);
  if (found) {
    // Last in order is last asked for: what nobody asks for any more leaves first.
    shelf.delete(key);
    shelf.set(key, found);
    return found.answer as T;
  }
  const answer = frozen(await read());
  const rows = rowsOf(answer) + 1;
  if (shelf.has(key) || rows > MOST_ROWS) return answer;
  shelf.set(key, { rows, answer });
  shelved += rows;
  for (const [oldest, entry] of shelf) {
    if (shelved <= MOST_ROWS) break;
    shelf.delete(oldest);
    shelved -= entry.rows;
  }
  return answer;
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
