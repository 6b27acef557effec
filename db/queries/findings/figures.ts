import { lastDay, type Period } from "@muster/domain/period";
import type { ScopedTx } from "../../scope";
import { countsIn } from "./predicates";

/** What the register of findings says of a station's month. */
export interface FindingFigures {
  opened: number;
  closed: number;
  overdue: number;
}

/**
 * The month's figures of each station that was ever inspected, or had a finding, by the end of the month: from then
 * on the register answers, also with nothing. The others are absent, and what was typed for them stands.
 */
export async function findingFigures(
  tx: ScopedTx,
  stationIds: readonly number[],
  period: Period,
): Promise<Map<number, FindingFigures>> {
  const { cityId } = tx.scope;
  const ids = stationIds as number[];
  const last = lastDay(period);
  const rows = await tx.sql<(FindingFigures & { id: number })[]>`
    with known as (
      select station_id as id from inspection_station
      where city_id = ${cityId} and station_id = any(${ids}) and visited_on <= ${last}
      union
      select station_id from finding
      where city_id = ${cityId} and station_id = any(${ids}) and opened_on <= ${last})
    select known.id,
      count(f.id) filter (where ${countsIn(tx, "opened", period)})::int as opened,
      count(f.id) filter (where ${countsIn(tx, "closed", period)})::int as closed,
      count(f.id) filter (where ${countsIn(tx, "overdue", period)})::int as overdue
    from known
    left join finding f on f.city_id = ${cityId} and f.station_id = known.id and f.opened_on <= ${last}
    group by known.id`;
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}
