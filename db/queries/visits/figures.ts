import type { LocalDate } from "@muster/domain/period";
import { type FigureOf, REGISTERS } from "@muster/domain/register";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { DUE_TABLES } from "./due-sql";

export type VisitFigure = FigureOf<"visits">;
export const VISIT_FIGURES: readonly VisitFigure[] = REGISTERS.visits.figures;

/** What the list behind a number shows; what is overdue has a page of its own. */
export type CountedVisits = Exclude<VisitFigure, "visits.overdue">;

/** Whether `vp`, a row of visit_person, counts as a visit at all, whenever it was made. */
export const COUNTED_VISIT = "vp.counts and vp.channel = 'visit'";
const MADE = `(${COUNTED_VISIT} and vp.held_on between :first and :last)`;

/**
 * What a figure of a month counts, as conditions on `vp`, a row of visit_person, over the names of
 * registers/statement.ts: the one place where it is said.
 */
export const VISIT_CONDITIONS: Record<CountedVisits, string> = {
  "visits.made": MADE,
  // Counted by the human being, not by the row.
  "visits.people": MADE,
  "visits.festival": `(${MADE} and vp.occasion = 'festival')`,
  "visits.gifts": `(${MADE} and vp.gift > 0)`,
};

/**
 * C01 to C05 of a month. C02 counts people, a merged record as the one it went into; C05 those for whom something was due on the
 * last day of the month that has come. A station without a visit or notice by then has no row.
 */
export const VISIT_STATEMENT = `
  with place as (select unnest(:stations) as id), ${DUE_TABLES},
  made as (
    select vp.station_id, count(*) as made, count(distinct coalesce(m.person_id, p.person_id)) as people,
      count(*) filter (where ${VISIT_CONDITIONS["visits.festival"]}) as festival,
      coalesce(sum(vp.gift), 0)::bigint as gifts,
      count(*) filter (where ${VISIT_CONDITIONS["visits.gifts"]}) as given
    from began join visit_person vp on vp.city_id = :city and vp.station_id = began.id
    join person p on p.city_id = :city and p.id = vp.record_id
    left join person m on m.city_id = :city and m.id = p.merged_into
    where ${VISIT_CONDITIONS["visits.made"]}
    group by vp.station_id),
  late as (
    select due.station_id, count(distinct due.person_id) as people from due
    where due.due_on <= :until group by due.station_id)
  select began.id,
    array[coalesce(made.made, 0), coalesce(made.people, 0), coalesce(made.festival, 0), coalesce(made.gifts, 0),
      coalesce(late.people, 0)]::bigint[],
    array[made.made, made.made, made.festival, made.given, late.people]::bigint[]
  from began left join made on made.station_id = began.id left join late on late.station_id = began.id`;

/** What was done in the subtree of a path from one day to another. */
export interface VisitTotals {
  visits: number;
  /** Each human being once, however often and by whichever station they were visited. */
  people: number;
  festival: number;
  /** In fen. */
  gifts: number;
}

/** Counts visits of any range and level: people are counted again, never added up. */
export async function visitTotals(
  tx: ScopedTx,
  path: StationPath,
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<VisitTotals> {
  const { cityId } = tx.scope;
  const [row] = await tx.sql<VisitTotals[]>`
    select count(*)::int as visits, count(distinct coalesce(m.person_id, p.person_id))::int as people,
      (count(*) filter (where vp.occasion = 'festival'))::int as festival,
      coalesce(sum(vp.gift), 0)::float8 as gifts
    from visit_person vp join person p on p.city_id = ${cityId} and p.id = vp.record_id
    left join person m on m.city_id = ${cityId} and m.id = p.merged_into
    where vp.city_id = ${cityId} and vp.path >= ${path} and vp.path < ${subtreeEnd(path)}
      and vp.counts and vp.channel = 'visit' and vp.held_on between ${from} and ${to}`;
  return row ?? { visits: 0, people: 0, festival: 0, gifts: 0 };
}
