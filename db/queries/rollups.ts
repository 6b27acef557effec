import type { Figures } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import { type Contribution, difference } from "@muster/domain/rollup";
import type { ScopedTx } from "../scope";

/**
 * Adds what a step changed to every roll-up above the report, as the hierarchy stood in that month, in the
 * transaction of the step. Sent together with the commit: all submissions of a city want the city's row, and its
 * lock must not wait for a round trip to us. A figure that was missing and is 0 now moves no sum and is written all the
 * same: the row's version tells whoever keeps what stands below it (`dashboards/kept`).
 */
export function applyToRollups(
  tx: ScopedTx,
  report: { stationId: number; period: string },
  before: Contribution,
  after: Contribution,
): void {
  if (isSame(before, after)) return;
  const change = difference(after, before);
  tx.atCommit(
    () => tx.sql`
      select rollup_apply(${report.stationId}, ${report.period},
        ${change.acceptedFigures as number[]}::bigint[], ${change.provisionalFigures as number[]}::bigint[],
        ${change.expected}, ${change.filed}, ${change.accepted}, ${change.returned}, ${change.missing}, ${change.onTime})`,
  );
}

function isSame(a: Contribution, b: Contribution): boolean {
  return (
    a.expected === b.expected &&
    a.filed === b.filed &&
    a.accepted === b.accepted &&
    a.returned === b.returned &&
    a.missing === b.missing &&
    a.onTime === b.onTime &&
    sameFigures(a.acceptedFigures, b.acceptedFigures) &&
    sameFigures(a.provisionalFigures, b.provisionalFigures)
  );
}

/** A slot past the end is missing, too. */
function sameFigures(a: Figures, b: Figures): boolean {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, slot) => slot).every((slot) => (a[slot] ?? null) === (b[slot] ?? null));
}

/** Recomputes every roll-up of the city in these months from the reports. Needs the city's scope. */
export async function recomputeRollups(tx: ScopedTx, periods: readonly Period[]): Promise<void> {
  if (periods.length === 0) return;
  await tx.sql`
    update rollup u set accepted = e.accepted, provisional = e.provisional, expected = e.expected,
      filed = e.filed, accepted_count = e.accepted_count, returned = e.returned, missing = e.missing, on_time = e.on_time
    from (${expectedRollups(tx, periods)}) e
    where u.city_id = ${tx.scope.cityId} and u.station_id = e.station_id and u.period = e.period`;
}

/** A stored roll-up that differs from its reports. */
export interface RollupFault {
  stationId: number;
  period: string;
  column: string;
  stored: unknown;
  recomputed: unknown;
}

/**
 * Compares every stored roll-up of these months with its recomputation from the reports: the doctor's question.
 * A slot that is missing on one side and 0 on the other agrees. Needs the city's scope.
 */
export async function rollupFaults(tx: ScopedTx, periods: readonly Period[]): Promise<RollupFault[]> {
  if (periods.length === 0) return [];
  const rows = await tx.sql<Record<string, unknown>[]>`
    select u.station_id, u.period,
      jsonb_build_object('accepted', u.accepted, 'provisional', u.provisional, 'expected', u.expected, 'filed', u.filed,
        'accepted_count', u.accepted_count, 'returned', u.returned, 'missing', u.missing, 'on_time', u.on_time) as stored,
      jsonb_build_object('accepted', e.accepted, 'provisional', e.provisional, 'expected', e.expected, 'filed', e.filed,
        'accepted_count', e.accepted_count, 'returned', e.returned, 'missing', e.missing, 'on_time', e.on_time) as recomputed
    from rollup u join (${expectedRollups(tx, periods)}) e
      on u.station_id = e.station_id and u.period = e.period
    where u.city_id = ${tx.scope.cityId}
      and (exists (select from unnest(u.accepted, e.accepted) as t(a, b) where coalesce(a, 0) <> coalesce(b, 0))
        or exists (select from unnest(u.provisional, e.provisional) as t(a, b) where coalesce(a, 0) <> coalesce(b, 0))
        or (u.expected, u.filed, u.accepted_count, u.returned, u.missing, u.on_time)
          is distinct from (e.expected, e.filed, e.accepted_count, e.returned, e.missing, e.on_time))`;
  return rows.flatMap((row) => {
    const stored = row.stored as Record<string, unknown>;
    const recomputed = row.recomputed as Record<string, unknown>;
    return Object.keys(stored)
      .filter((column) => JSON.stringify(stored[column]) !== JSON.stringify(recomputed[column]))
      .map((column) => ({
        stationId: Number(row.station_id),
        period: String(row.period),
        column,
        stored: stored[column],
        recomputed: recomputed[column],
      }));
  });
}

/**
 * What every roll-up of these months should say: the SQL form of domain's contributionOf and sumOf, on the
 * hierarchy as reported. `doctor` and a property test hold the two forms against each other.
 */
function expectedRollups(tx: ScopedTx, periods: readonly Period[]) {
  const { cityId } = tx.scope;
  return tx.sql`
    with contribution as (
      select r.period, r.reported_path,
        case when r.status in ('accepted', 'locked') then r.figures else r.accepted_figures end as accepted,
        case when r.status in ('accepted', 'locked', 'submitted') then r.figures else r.accepted_figures end as provisional,
        (r.status in ('submitted', 'accepted', 'locked', 'amending'))::int as filed,
        (r.status in ('accepted', 'locked') or r.accepted_figures is not null)::int as accepted_count,
        (r.status = 'returned')::int as returned,
        (r.status = 'draft')::int as missing,
        (r.on_time is true)::int as on_time
      from monthly_report r
      where r.city_id = ${cityId} and r.period = any(${[...periods]}) and r.expected
    ), under as (
      select u.station_id, c.*
      from rollup u join contribution c on c.period = u.period
        and c.reported_path >= u.reported_path and c.reported_path < u.reported_path || chr(1114111)
      where u.city_id = ${cityId} and u.period = any(${[...periods]})
    ), counted as (
      select station_id, period, count(*)::int as expected, sum(filed)::int as filed,
        sum(accepted_count)::int as accepted_count, sum(returned)::int as returned,
        sum(missing)::int as missing, sum(on_time)::int as on_time
      from under group by station_id, period
    ), accepted as (
      select station_id, period, array_agg(total order by slot) as figures from (
        select station_id, period, slot, sum(coalesce(value, 0))::bigint as total
        from under cross join lateral unnest(accepted) with ordinality as f(value, slot)
        group by station_id, period, slot) t
      group by station_id, period
    ), provisional as (
      select station_id, period, array_agg(total order by slot) as figures from (
        select station_id, period, slot, sum(coalesce(value, 0))::bigint as total
        from under cross join lateral unnest(provisional) with ordinality as f(value, slot)
        group by station_id, period, slot) t
      group by station_id, period
    )
    select u.station_id, u.period, coalesce(a.figures, '{}') as accepted, coalesce(p.figures, '{}') as provisional,
      coalesce(c.expected, 0) as expected, coalesce(c.filed, 0) as filed,
      coalesce(c.accepted_count, 0) as accepted_count, coalesce(c.returned, 0) as returned,
      coalesce(c.missing, 0) as missing, coalesce(c.on_time, 0) as on_time
    from rollup u
    left join counted c using (station_id, period)
    left join accepted a using (station_id, period)
    left join provisional p using (station_id, period)
    where u.city_id = ${cityId} and u.period = any(${[...periods]})`;
}
