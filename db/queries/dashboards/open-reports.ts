import type { LocalDate, Period } from "@muster/domain/period";
import type { Kind, Level } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import type { Place } from "./place";

/** A report that a coverage line counts as returned or missing. */
export interface OpenReport {
  stationId: number;
  name: string;
  level: Level;
  kind: Kind;
  /** The station it reports to, where it is in the reader's scope. */
  parentId: number | null;
  parentName: string | null;
  status: "draft" | "returned";
  dueOn: LocalDate;
  /** Why it may be missing, where the month was signed off without it. */
  excused: string | null;
}

/** Most that one page lists; the counts beside the list are complete. */
export const MOST_OPEN_REPORTS = 300;

/**
 * The reports of one month that are returned or were never submitted, in the subtree as reported. Only stations
 * whose roll-up counts such a report are looked into, so that a month with few of them costs few rows.
 */
export async function openReports(
  tx: ScopedTx,
  place: Place,
  period: Period,
  status: readonly OpenReport["status"][] = ["draft", "returned"],
): Promise<OpenReport[]> {
  const { cityId } = tx.scope;
  const columns = tx.sql`
    r.station_id as "stationId", s.name, r.level, r.kind, p.id as "parentId", p.name as "parentName", r.status,
    coalesce(case when r.status = 'returned' then r.return_due_on end, r.due_on) as "dueOn", r.excused`;
  const names = tx.sql`
    join station s on s.city_id = r.city_id and s.id = r.station_id
    left join station p on p.city_id = r.city_id and p.id = r.reports_to`;
  if (place.leaf) {
    const own = await tx.sql<OpenReport[]>`
      select ${columns} from monthly_report r ${names}
      where r.city_id = ${cityId} and r.station_id = ${place.id} and r.period = ${period}
        and r.expected and r.status = any(${[...status]})`;
    return [...own];
  }
  const rows = await tx.sql<OpenReport[]>`
    with above as (
      select u.station_id, u.level from rollup top
      join rollup u on u.city_id = top.city_id and u.period = top.period
        and u.reported_path >= top.reported_path and u.reported_path < top.reported_path || chr(1114111)
      where top.city_id = ${cityId} and u.city_id = ${cityId} and top.station_id = ${place.id}
        and top.period = ${period} and u.returned + u.missing > 0
    ), found as (
      select r.* from above a
      join monthly_report r on r.city_id = ${cityId} and r.reports_to = a.station_id and r.period = ${period}
      where r.city_id = ${cityId} and r.expected and r.status = any(${[...status]})
      union all
      select r.* from monthly_report r
      where r.city_id = ${cityId} and r.station_id = ${place.id} and r.period = ${period}
        and r.expected and r.status = any(${[...status]})
    )
    select ${columns} from found r ${names}
    order by r.status desc, p.sort nulls first, p.id nulls first, r.level, s.sort, s.id limit ${MOST_OPEN_REPORTS}`;
  return [...rows];
}
