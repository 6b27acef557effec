import { addMonths, firstDay, lastDay, type Period, periodsBetween } from "@muster/domain/period";
import { FIVE_HAVES, type StandardItem } from "@muster/domain/standard";
import { type Level, subtreeEnd } from "@muster/domain/station";
import type { PeriodRange } from "@muster/domain/timespan";
import type { ScopedTx } from "../../scope";
import type { Have } from "./compliance";
import type { Place } from "./place";
import { versionOf } from "./versions";

/** How the stations of a subtree stood at the end of a month, each by its verified verdict in force on that day. */
export interface MonthVerdicts {
  period: Period;
  /** Stations that had a verdict, and how many of them met the Five Haves by it. */
  verified: number;
  meeting: number;
  /** How many did not pass each dimension. */
  lacking: Record<Have, number>;
}

/** How often an item failed at the end of each month, in the order of the months. */
export interface ItemMonths {
  item: StandardItem;
  months: { missed: number; judged: number }[];
}

/** How the stations of a subtree stood month by month. */
export interface VerdictHistory {
  months: MonthVerdicts[];
  /** Items that failed somewhere in the range, in the order of the standards. */
  items: ItemMonths[];
}

/** Stations that had like verdicts in the same months of a range, from the first up to, but not including, `until`. */
interface Stretch {
  /** Months of the range, the first of which is 1. */
  first: number;
  until: number;
  stations: number;
}

type Group = Stretch & { setNumber: number; level: Level; met: boolean; lacking: Have[] };
type Item = Stretch & { code: string; missed: boolean };
type Row = Stretch & (({ code: null } & Group) | Item);

/**
 * Verdicts of the stations that must be assessed in a subtree of today, while the station stood and the verdict was
 * in force at the end of a month of the range. Counted by the months in which that began and ended: a station is
 * looked at once, however many months are asked for.
 */
async function stretchesOf(
  tx: ScopedTx,
  place: Pick<Place, "path">,
  { from, to }: PeriodRange,
): Promise<readonly Row[]> {
  const begins = periodsBetween(from, addMonths(to, 1)).map(firstDay);
  // The days are read once, not for every verdict.
  return tx.sql<Row[]>`
    with month as materialized (select ${begins}::text[]::date[] as begins),
    verdict as materialized (
      select greatest(width_bucket(v.verified_on, m.begins), 1) as first,
        coalesce(width_bucket(least(v.replaced_on, s.closed_on), m.begins), ${begins.length}::int) as until,
        v.set_number, v.level, v.five_haves, v.lacking, v.missed, v.exempt
      from month m cross join station_verdict v
      join station s on s.city_id = v.city_id and s.id = v.station_id and s.required and s.level <> 'city'
      where v.city_id = ${tx.scope.cityId} and v.path >= ${place.path} and v.path < ${subtreeEnd(place.path)}
        and v.verified_on <= ${lastDay(to)} and (v.replaced_on is null or v.replaced_on > ${lastDay(from)})
    )
    select first, until, set_number as "setNumber", level, five_haves as met, lacking, null as code, null as missed,
      count(*)::int as stations
    from verdict where first < until group by 1, 2, 3, 4, 5, 6
    union all
    select first, until, null, null, null, null, x.code, x.missed, count(*)::int
    from verdict cross join lateral (
      select unnest(missed) as code, true as missed union all select unnest(exempt), false) x
    where first < until and (verdict.missed <> '{}' or exempt <> '{}') group by 1, 2, x.code, x.missed`;
}

/** How the stations of a subtree stood at the end of each month of a range. */
export async function verdictHistory(
  tx: ScopedTx,
  place: Pick<Place, "path">,
  range: PeriodRange,
): Promise<VerdictHistory> {
  const rows = await stretchesOf(tx, place, range);
  const groups = rows.flatMap((row) => (row.code === null ? [row] : []));
  const items = rows.flatMap((row) => (row.code === null ? [] : [row]));
  const periods = periodsBetween(range.from, range.to);
  const monthly: Monthly = (counted) => overMonths(counted, periods.length);
  const verified = monthly(groups);
  const meeting = monthly(groups.filter(({ met }) => met));
  const lacking = FIVE_HAVES.map((have) => monthly(groups.filter((group) => group.lacking.includes(have))));
  const months = periods.map(
    (period, i): MonthVerdicts => ({
      period,
      verified: verified[i] ?? 0,
      meeting: meeting[i] ?? 0,
      lacking: Object.fromEntries(FIVE_HAVES.map((have, k) => [have, lacking[k]?.[i] ?? 0])) as Record<
        Have,
        number
      >,
    }),
  );
  return { months, items: await itemsOf(tx, groups, items, monthly) };
}

/** How many stations there are in each month of the range. */
type Monthly = (rows: readonly Stretch[]) => number[];

/** Each stretch counts where it begins and is taken off where it ends. */
function overMonths(rows: readonly Stretch[], length: number): number[] {
  const changes = new Array<number>(length + 1).fill(0);
  for (const { first, until, stations } of rows) {
    changes[first - 1] = (changes[first - 1] ?? 0) + stations;
    changes[until - 1] = (changes[until - 1] ?? 0) - stations;
  }
  let standing = 0;
  return changes.slice(0, length).map((change) => {
    standing += change;
    return standing;
  });
}

async function itemsOf(
  tx: ScopedTx,
  groups: readonly Group[],
  counted: readonly Item[],
  monthly: Monthly,
): Promise<ItemMonths[]> {
  const numbers = [...new Set(groups.map(({ setNumber }) => setNumber))].sort((a, b) => a - b);
  const sets = await Promise.all(numbers.map((number) => versionOf(tx, number)));
  // An item keeps its code over the versions; its name is that of the latest.
  const items = new Map(sets.flatMap(({ items: all }) => all.map((item) => [item.code, item] as const)));
  const asks = (group: Group, code: string) =>
    sets[numbers.indexOf(group.setNumber)]?.items.some(
      (item) => item.code === code && item.thresholds[group.level] !== null,
    );
  return [...items.values()]
    .sort((a, b) => a.sort - b.sort || (a.code < b.code ? -1 : 1))
    .flatMap((item): ItemMonths[] => {
      const own = counted.filter(({ code }) => code === item.code);
      const failed = own.filter(({ missed }) => missed);
      if (failed.length === 0) return [];
      const missed = monthly(failed);
      const exempt = monthly(own.filter((each) => !each.missed));
      const asked = monthly(groups.filter((group) => asks(group, item.code)));
      const months = missed.map((n, i) => ({ missed: n, judged: (asked[i] ?? 0) - (exempt[i] ?? 0) }));
      return [{ item, months }];
    });
}
