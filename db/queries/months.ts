import { dueOn } from "@muster/domain/deadline";
import { addMonths, lastDay, type Period, parsePeriod } from "@muster/domain/period";
import type { ScopedTx } from "../scope";
import { catalogueAt } from "./catalogue";
import { recomputeRollups } from "./rollups";
import { stoodOn } from "./stations/row";

/**
 * Opens a month for the whole city: a report for every station that is expected to file and a roll-up row for
 * every station that manages others, as the hierarchy stands now. Opening it again adds what is missing and
 * changes nothing else. Needs the city's scope. The city itself files nothing: nobody could review it.
 */
export async function openMonth(tx: ScopedTx, period: Period): Promise<void> {
  if (tx.scope.path !== "/") throw new RangeError("a month is opened in the city's scope");
  const { cityId } = tx.scope;
  const { deadlines } = await catalogueAt(tx, period);
  const last = lastDay(period);
  await tx.sql`
    insert into rollup (city_id, path, station_id, period, reported_path, reports_to, level, kind)
    select s.city_id, s.path, s.id, ${period}, s.path, s.parent_id, s.level, s.kind
    from station s
    where s.city_id = ${cityId} and s.level <> 'village'
      and ${stoodOn(tx, last)}
    on conflict (city_id, station_id, period) do nothing`;
  const added = await tx.sql`
    insert into monthly_report (city_id, path, station_id, period, reported_path, reports_to, level, kind, due_on)
    select s.city_id, s.path, s.id, ${period}, s.path, s.parent_id, s.level, s.kind,
      case s.level when 'village' then ${dueOn(deadlines, period, "village")}::date
                   else ${dueOn(deadlines, period, "town")}::date end
    from station s
    where s.city_id = ${cityId} and s.level <> 'city' and s.required
      and ${stoodOn(tx, last)}
    on conflict (city_id, station_id, period) do nothing`;
  if (added.count > 0) await recomputeRollups(tx, [period]);
}

/**
 * Opens every month up to `current` that is not open yet, from the one after the latest open month; the current
 * one alone when the city has none. Answers which were opened. Safe to call from several servers at once.
 */
export async function openMonthsUpTo(tx: ScopedTx, current: Period): Promise<Period[]> {
  const { cityId } = tx.scope;
  // Two servers at midnight: the second waits, then finds nothing to do.
  await tx.sql`select pg_advisory_xact_lock(hashtextextended('open-month', ${cityId}))`;
  const [row] = await tx.sql<{ latest: string | null }[]>`
    select max(period) as latest from rollup where city_id = ${cityId} and reported_path = '/'`;
  const latest = parsePeriod(row?.latest);
  const opened: Period[] = [];
  for (let p = latest ? addMonths(latest, 1) : current; p <= current; p = addMonths(p, 1)) {
    await openMonth(tx, p);
    opened.push(p);
  }
  return opened;
}
