import { addMonths, firstDay, period } from "@muster/domain/period";
import type { StationPath } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { audit } from "../audit";
import { markChanges } from "../change-marks";
import { findStation } from "../stations/row";
import { type CaseOutcome, done, refused } from "./outcome";

/** What a station may spend in a year, and what it and those below it have spent; all in fen. */
export interface BudgetLine {
  stationId: number;
  name: string;
  path: StationPath;
  amount: number | null;
  spent: number;
  version: number;
}

/** Budgets of a station and of those directly below it. */
export async function budgetsOf(tx: ScopedTx, stationId: number, year: number): Promise<BudgetLine[]> {
  const { cityId } = tx.scope;
  const from = period(`${year}-01`);
  const until = firstDay(addMonths(from, 12));
  const rows = await tx.sql<BudgetLine[]>`
    select s.id as "stationId", s.name, s.path, b.amount, coalesce(b.version, 0) as version, u.spent
    from station s
    left join assistance_budget b on b.city_id = ${cityId} and b.station_id = s.id and b.year = ${year}
    cross join lateral (select coalesce(sum(c.paid), 0)::bigint as spent from assistance_case c
      where c.city_id = ${cityId} and c.path >= s.path and c.path < s.path || chr(1114111)
        and c.paid_on >= ${firstDay(from)} and c.paid_on < ${until}) u
    where s.city_id = ${cityId} and (s.id = ${stationId} or s.parent_id = ${stationId}) and s.closed_on is null
    order by s.id <> ${stationId}, s.sort, s.id`;
  return rows.map((row) => ({
    ...row,
    amount: row.amount === null ? null : Number(row.amount),
    spent: Number(row.spent),
  }));
}

/** Sets what a station may spend in a year. Needs the city's scope. */
export async function setBudget(
  tx: ScopedTx,
  { stationId, year, amount, version }: { stationId: number; year: number; amount: number; version: number },
): Promise<CaseOutcome<{ stationId: number }>> {
  const { cityId, path } = tx.scope;
  if (path !== "/") return refused("forbidden");
  const station = await findStation(tx, stationId);
  if (!station) return refused("not_found");
  const { actor, now } = tx.caller;
  const [before] = await tx.sql<{ amount: number; version: number }[]>`
    select amount, version from assistance_budget
    where city_id = ${cityId} and station_id = ${stationId} and year = ${year} for update`;
  const written =
    version === 0
      ? await tx.sql`
          insert into assistance_budget (city_id, path, station_id, year, amount, set_by, set_at)
          values (${cityId}, ${station.path}, ${stationId}, ${year}, ${amount}, ${actor.name}, ${now.toISOString()})
          on conflict do nothing`
      : await tx.sql`
          update assistance_budget set amount = ${amount}, set_by = ${actor.name}, set_at = ${now.toISOString()},
            version = version + 1
          where city_id = ${cityId} and station_id = ${stationId} and year = ${year} and version = ${version}`;
  if (written.count === 0) return refused("conflict");
  await markChanges(tx, "cases", [stationId]);
  await audit(tx, {
    action: "assistance.budget",
    subject: "Assistance",
    subjectId: `${stationId}-${year}`,
    stationId,
    path: station.path,
    before: before ? { budget: Number(before.amount) } : null,
    after: { budgetYear: String(year), budget: amount },
  });
  return done({ stationId });
}

/** The budget of one station in a year, in fen; null where none was set. */
export async function budgetOf(tx: ScopedTx, stationId: number, year: number): Promise<number | null> {
  const [row] = await tx.sql<{ amount: number }[]>`
    select amount from assistance_budget
    where city_id = ${tx.scope.cityId} and station_id = ${stationId} and year = ${year}`;
  return row ? Number(row.amount) : null;
}
