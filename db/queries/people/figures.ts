import { firstDay, type LocalDate, lastDay, type Period } from "@muster/domain/period";
import { COUNTED_CATEGORIES, type CountedCategory } from "@muster/domain/person";
import { type FigureOf, REGISTERS } from "@muster/domain/register";
import type { ScopedTx } from "../../scope";

export type PeopleFigure = FigureOf<"people">;
export const PEOPLE_FIGURES: readonly PeopleFigure[] = REGISTERS.people.figures;

/** Whether record `p` is in the archive on a day. */
export function activeOn(tx: ScopedTx, day: LocalDate) {
  return tx.sql`(p.active_from <= ${day} and (p.left_on is null or p.left_on > ${day}))`;
}

/** Whether record `p` holds, on a day, one of the categories that a figure counts. */
function holdsCategory(tx: ScopedTx, kind: CountedCategory, day: LocalDate) {
  const ranges = COUNTED_CATEGORIES[kind].reduce(
    (all, [from, to]) => tx.sql`${all} or c.code between ${from} and ${to}`,
    tx.sql`false`,
  );
  return tx.sql`exists (
    select from person_category c
    where c.city_id = ${tx.scope.cityId} and c.record_id = p.id and (${ranges})
      and c.valid_from <= ${day} and (c.valid_to is null or c.valid_to > ${day}))`;
}

/**
 * What a figure of a month counts, as a condition on record `p`: the one place where it is said. The count, the list
 * behind the number and the doctor all ask it.
 */
export function figureCondition(tx: ScopedTx, figure: PeopleFigure, period: Period) {
  const [first, last] = [firstDay(period), lastDay(period)];
  const active = activeOn(tx, last);
  switch (figure) {
    case "people.active":
      return active;
    case "people.veterans":
    case "people.entitled":
    case "people.bereaved":
    case "people.disabled":
    case "people.cadres": {
      const kind = figure.slice("people.".length) as CountedCategory;
      return tx.sql`(${active} and ${holdsCategory(tx, kind, last)})`;
    }
    case "people.added":
      return tx.sql`(p.active_from between ${first} and ${last})`;
    case "people.removed":
      return tx.sql`(p.left_on between ${first} and ${last})`;
    case "people.archived":
      // Complete, and looked through within the twelve months before.
      return tx.sql`(${active} and p.complete_since <= ${last} and exists (
        select from person_confirmation k
        where k.city_id = ${tx.scope.cityId} and k.record_id = p.id
          and k.confirmed_on <= ${last} and k.confirmed_on > ${last}::date - interval '1 year'))`;
    case "people.card_holders":
      return tx.sql`(${active} and p.card_since <= ${last})`;
  }
}

/**
 * What the archives of some stations say for a month, station by station. A station whose archive was not in use by
 * the end of the month is absent: before the first entry nothing is known, which is not 0.
 */
export async function peopleFigures(
  tx: ScopedTx,
  stationIds: readonly number[],
  period: Period,
): Promise<Map<number, Record<PeopleFigure, number>>> {
  const counts = PEOPLE_FIGURES.reduce(
    (all, figure) => tx.sql`${all}, (count(*) filter (where ${figureCondition(tx, figure, period)}))::int`,
    tx.sql`p.station_id`,
  );
  // Names with a point in them are no names of columns here: the counts come in the order of the figures.
  const rows = await tx.sql`
    select ${counts} from person p
    where p.city_id = ${tx.scope.cityId} and p.station_id = any(${stationIds as number[]})
    group by p.station_id
    having min(p.registered_on) <= ${lastDay(period)}`.values();
  return new Map(
    rows.map(([stationId, ...values]) => [
      Number(stationId),
      Object.fromEntries(PEOPLE_FIGURES.map((figure, i) => [figure, Number(values[i])])) as Record<
        PeopleFigure,
        number
      >,
    ]),
  );
}
