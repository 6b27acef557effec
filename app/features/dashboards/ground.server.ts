import type { AppAbility } from "@muster/access/ability";
import { type CityCatalogue, cityCatalogue } from "@muster/db/queries/catalogue";
import { childrenOf } from "@muster/db/queries/dashboards/children";
import { indicatorsOver, withParts } from "@muster/db/queries/dashboards/codes";
import { keptRecords, keptSums } from "@muster/db/queries/dashboards/kept";
import {
  type NamedStation,
  type Place,
  placeOf,
  type TimelineMonth,
  timelineOf,
} from "@muster/db/queries/dashboards/place";
import type { MonthSum } from "@muster/db/queries/dashboards/sums";
import type { StaffingAnswer } from "@muster/db/queries/dashboards/units";
import { planForWidth } from "@muster/db/queries/dashboards/width";
import type { Actor } from "@muster/domain/actor";
import type { Indicator } from "@muster/domain/indicator";
import {
  addMonths,
  localDate,
  monthsFrom,
  type Period,
  periodOf,
  periodsBetween,
} from "@muster/domain/period";
import type { PeriodRange } from "@muster/domain/timespan";
import type { Locale, Translate } from "~/i18n/locales";
import type { Tx } from "~/server/database.server";
import { badRequest, notFound } from "~/server/errors.server";
import type { DashboardState, Frame, PageName } from "./model";
import type { DashboardSearch } from "./search.server";

/** Longest range one page shows, in months. */
const MOST_MONTHS = 60;
const USUAL_MONTHS = 12;

/** Who reads, and how. */
export interface Reader {
  actor: Actor;
  ability: AppAbility;
  t: Translate;
  locale: Locale;
  now: Date;
  /** Long lists whole, as a file has them; a page shows the beginning. */
  whole: boolean;
}

/** What every dashboard stands on: the station, the range, and how to read figures of both. */
export interface Ground {
  tx: Tx;
  reader: Reader;
  place: Place;
  catalogue: CityCatalogue;
  state: DashboardState;
  frame: Frame;
  range: PeriodRange;
  /** Every month of the range, oldest first. */
  periods: Period[];
  /** Stations directly below that stand there today, by number. */
  children: ReadonlyMap<number, NamedStation>;
  /** Indicators of the range by code, with these codes' parts. */
  indicators(codes: readonly string[], range?: PeriodRange): Indicator[];
  /** The station's own months, a year before the range included, for comparisons. */
  own(codes: readonly string[]): Promise<readonly MonthSum[]>;
  /** The months of the stations directly below. */
  below(codes: readonly string[]): Promise<readonly MonthSum[]>;
  /** Full-time staff against the rule in these months, for the station and those below. */
  staffing(months: PeriodRange): Promise<StaffingAnswer>;
  /** What the records of the stations below say. */
  records: ReturnType<typeof keptRecords>;
}

/** Reads what a dashboard's address asks for. Throws 404 for a station out of scope, 400 for a range that is none. */
export async function readGround(
  tx: Tx,
  page: PageName,
  search: DashboardSearch,
  reader: Reader,
): Promise<Ground> {
  const [place, catalogue] = await Promise.all([
    placeOf(tx, search.station ?? reader.actor.stationId),
    cityCatalogue(tx),
  ]);
  if (!place) throw notFound();
  const [timeline, children] = await Promise.all([
    timelineOf(tx, place),
    childrenOf(tx, place),
    planForWidth(tx, place),
  ]);
  const currentPeriod = periodOf(localDate(reader.now));
  const months = timeline.map(({ period }) => period).filter((period) => period <= currentPeriod);
  const range = rangeOf(search, months, currentPeriod);
  const state: DashboardState = {
    station: place.id,
    ...range,
    basis: search.basis ?? "accepted",
    boundaries: search.boundaries ?? "reported",
    ...(search.indicator ? { indicator: search.indicator } : {}),
    ...(search.item ? { item: search.item } : {}),
    ...(search.show ? { show: search.show } : {}),
    ...(search.screen === "1" ? { screen: true } : {}),
  };
  const grounds = { basis: state.basis, boundaries: state.boundaries };
  const standing = { place, catalogue, timeline, children };
  const sums = keptSums(tx, standing);
  const year = { from: addMonths(range.from, -USUAL_MONTHS), to: range.to };
  // Asked once per station of a breakdown.
  const known = new Map<string, Indicator[]>();
  const { id, name, level, kind, leaf } = place;
  const frame: Frame = {
    page,
    state,
    place: { id, name, level, kind, leaf },
    ancestors: place.ancestors.map((ancestor) => ({ id: ancestor.id, name: ancestor.name })),
    children: children.map((child) => ({ id: child.id, name: child.name })),
    months: [...months].reverse(),
    coverage: coverageOf(timeline, range.to),
    current: coverageOf(
      timeline.filter(({ expected }) => expected > 0),
      currentPeriod,
    ),
    movedAway: 0,
    perWorker: catalogue.at(range.to).staffing.perWorker,
    at: reader.now.toISOString(),
    reader: reader.actor.name,
  };
  return {
    tx,
    reader,
    place,
    catalogue,
    state,
    frame,
    range,
    periods: periodsBetween(range.from, range.to),
    children: new Map(children.map((child) => [child.id, child])),
    indicators: (codes, over = range) => {
      const key = `${over.from} ${over.to} ${codes}`;
      const found = known.get(key) ?? withParts(indicatorsOver(catalogue, over), codes);
      known.set(key, found);
      return found;
    },
    own: (codes) => sums.own({ ...year, ...grounds, codes }),
    below: (codes) => sums.below({ ...range, ...grounds, codes }),
    staffing: (over) => sums.staffing({ ...over, ...grounds }),
    records: keptRecords(tx, standing),
  };
}

/** What was filed in a month; null where it was not opened. */
function coverageOf(timeline: readonly TimelineMonth[], period: Period): Frame["coverage"] {
  const month = timeline.find((of) => of.period === period);
  if (!month) return null;
  const { mark: _, ...coverage } = month;
  return coverage;
}

/**
 * The months asked for. By default the twelve up to the last closed month: the current one is still being filed
 * and would read as a slump; it stands beside them as this month's progress. A range given backwards is meant forwards.
 */
function rangeOf(search: DashboardSearch, months: readonly Period[], current: Period): PeriodRange {
  const closed = months.filter((period) => period < current);
  const to = search.to ?? closed.at(-1) ?? months.at(-1) ?? current;
  const first = months[0] ?? to;
  const usual = addMonths(to, 1 - USUAL_MONTHS);
  const from = search.from ?? (first > usual && first <= to ? first : usual);
  const range = from <= to ? { from, to } : { from: to, to: from };
  if (range.to > current || monthsFrom(range.from, range.to) >= MOST_MONTHS)
    throw badRequest("dashboards:errors.range", { params: { months: MOST_MONTHS } });
  return range;
}
