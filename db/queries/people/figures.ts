import type { LocalDate } from "@muster/domain/period";
import { COUNTED_CATEGORIES, type CountedCategory } from "@muster/domain/person";
import { type FigureOf, REGISTERS } from "@muster/domain/register";
import type { ScopedTx } from "../../scope";

export type PeopleFigure = FigureOf<"people">;
export const PEOPLE_FIGURES: readonly PeopleFigure[] = REGISTERS.people.figures;

/** Whether record `p` is in the archive on a day. */
export function activeOn(tx: ScopedTx, day: LocalDate) {
  return tx.sql`(p.active_from <= ${day} and (p.left_on is null or p.left_on > ${day}))`;
}

const ACTIVE = "p.active_from <= :last and (p.left_on is null or p.left_on > :last)";

/** Whether category `c` is one of those that a figure counts. */
function counted(kind: CountedCategory): string {
  return COUNTED_CATEGORIES[kind].map(([from, to]) => `c.code between '${from}' and '${to}'`).join(" or ");
}

const KINDS = Object.keys(COUNTED_CATEGORIES) as CountedCategory[];
/** The categories `c` that record `p` holds at the end of the month. */
const HELD = `from person_category c
    where c.city_id = :city and c.record_id = p.id
      and c.valid_from <= :last and (c.valid_to is null or c.valid_to > :last)`;

/** Whether record `p` is active at the end of the month and holds one of the categories that a figure counts. */
function holding(kind: CountedCategory): string {
  return `(${ACTIVE} and exists (select ${HELD} and (${counted(kind)})))`;
}

/**
 * What the figures of a month count, as conditions on record `p` over the names of registers/statement.ts: the one
 * place where it is said. The count, the list behind the number and the doctor all ask it.
 */
export const PEOPLE_CONDITIONS: Record<PeopleFigure, string> = {
  "people.active": `(${ACTIVE})`,
  "people.veterans": holding("veterans"),
  "people.entitled": holding("entitled"),
  "people.bereaved": holding("bereaved"),
  "people.disabled": holding("disabled"),
  "people.cadres": holding("cadres"),
  "people.added": "(p.active_from between :first and :last)",
  "people.removed": "(p.left_on between :first and :last)",
  // Complete, and looked through within the twelve months before.
  "people.archived": `(${ACTIVE} and p.complete_since <= :last and exists (
    select from person_confirmation k
    where k.city_id = :city and k.record_id = p.id
      and k.confirmed_on <= :last and k.confirmed_on > :last::date - interval '1 year'))`,
  "people.card_holders": `(${ACTIVE} and p.card_since <= :last)`,
};

/** The condition of a figure where the categories of `p` have been looked through once, as `held`, for all figures. */
function countedBy(figure: PeopleFigure): string {
  const kind = KINDS.find((name) => figure === `people.${name}`);
  return kind ? `(${ACTIVE} and held.${kind})` : PEOPLE_CONDITIONS[figure];
}

/**
 * What the archives of some stations say for a month. A station whose archive was not in use by the end of the month
 * is absent: before the first entry nothing is known, which is not 0.
 */
export const PEOPLE_STATEMENT = `
  select p.station_id, array[
      ${PEOPLE_FIGURES.map((figure) => `count(*) filter (where ${countedBy(figure)})`).join(",\n      ")}],
    null::bigint[]
  from person p
  cross join lateral (
    select ${KINDS.map((kind) => `coalesce(bool_or(${counted(kind)}), false) as ${kind}`).join(", ")}
    ${HELD}) held
  where p.city_id = :city and p.station_id = any(:stations)
  group by p.station_id
  having min(p.registered_on) <= :last`;
