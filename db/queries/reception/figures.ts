import { type FigureOf, REGISTERS } from "@muster/domain/register";
import { PETITION_CONDITIONS, PETITION_FIGURE_NAMES, type PetitionFigureName } from "../petitions/figures";

export type ReceptionFigure = FigureOf<"reception">;
const RECEPTION_FIGURES: readonly ReceptionFigure[] = REGISTERS.reception.figures;
export const COUNTER_FIGURES: readonly (ReceptionFigure | PetitionFigureName)[] = [
  ...RECEPTION_FIGURES,
  ...PETITION_FIGURE_NAMES,
];

/**
 * What the figures of a month count, as conditions on entry `r` over the names of registers/statement.ts: the one
 * place where it is said. The count and the list behind the number ask it.
 */
export const RECEPTION_CONDITIONS: Record<ReceptionFigure, string> = {
  "reception.walk_ins": "(r.day between :first and :last and r.channel = 'walk_in' and r.state <> 'void')",
  "reception.answered": "(r.answered_on between :first and :last and r.purpose = 'question')",
};

/**
 * What counter log and petitions of some stations say for a month. Petitions come in at the counter: a station that
 * keeps the log here keeps its petitions here, so the two begin together. A station that had entered neither by the
 * end of the month is absent: what was typed for it stands.
 */
export const COUNTER_STATEMENT = `
  select k.id, array[${RECEPTION_FIGURES.map(
    (figure) => `(select count(*) from reception r
      where r.city_id = :city and r.station_id = k.id and ${RECEPTION_CONDITIONS[figure]})`,
  ).join(", ")}] || p.counted, null::bigint[]
  from unnest(:stations) k(id)
  cross join lateral (
    select array[${PETITION_FIGURE_NAMES.map(
      (figure) => `count(*) filter (where ${PETITION_CONDITIONS[figure]})`,
    ).join(", ")}] as counted
    from petition p
    where p.city_id = :city and p.station_id = k.id and p.accepted_on <= :last
      and (p.closed_on is null or p.closed_on >= :first)) p
  where exists (select from reception r where r.city_id = :city and r.station_id = k.id and r.day <= :last)
    or exists (select from petition q
      where q.city_id = :city and q.station_id = k.id and q.registered_on <= :last)`;
