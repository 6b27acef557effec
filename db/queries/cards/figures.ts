import { type FigureOf, REGISTERS } from "@muster/domain/register";

export type CardFigure = FigureOf<"cards">;
export const CARD_FIGURES: readonly CardFigure[] = REGISTERS.cards.figures;

/**
 * Which cards stand behind a figure of a month, as conditions on card `c` over the names of registers/statement.ts: the
 * one place where it is said. A pair is a pairing card that is in force on the last day of the month.
 */
export const CARD_CONDITIONS: Record<CardFigure, string> = {
  "cards.paired": `(c.kind = 'pairing' and c.issued_on <= :last and (c.ended_on is null or c.ended_on > :last)
    and c.valid_until >= :last)`,
};

/**
 * How many people of some stations are paired with a worker, each once. A station whose first pairing card came later
 * has no row: before it nothing is known, which is not 0.
 */
export const CARD_STATEMENT = `
  select c.station_id,
    array[${CARD_FIGURES.map((figure) => `count(distinct c.record_id) filter (where ${CARD_CONDITIONS[figure]})`).join(", ")}],
    null::bigint[]
  from card c
  where c.city_id = :city and c.station_id = any(:stations) and c.kind = 'pairing'
  group by c.station_id
  having min(c.issued_on) <= :last`;
