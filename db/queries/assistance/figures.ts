import { type FigureOf, REGISTERS } from "@muster/domain/register";

export type AssistanceFigure = FigureOf<"assistance">;
export const ASSISTANCE_FIGURES: readonly AssistanceFigure[] = REGISTERS.assistance.figures;

/**
 * Which cases stand behind a figure of a month, as conditions on case `c` over the names of registers/statement.ts: the
 * one place where it is said.
 */
export const ASSISTANCE_CONDITIONS: Record<AssistanceFigure, string> = {
  "assistance.applied": "(c.applied_on between :first and :last)",
  "assistance.one_off": "(c.paid_on between :first and :last and c.counts_in = 'E02')",
  "assistance.major": "(c.paid_on between :first and :last and c.counts_in = 'E03')",
  "assistance.paid": "(c.paid_on between :first and :last)",
};

/**
 * What the cases of some stations say for a month: applications filed, cases of either kind paid, and the money, in fen.
 * A station whose first application came later has no row: before it the register was not in use. Each part is a range
 * of an index, so that a long register costs no more than its month.
 */
export const ASSISTANCE_STATEMENT = `
  select k.id, array[a.applied, b.one_off, b.major, b.paid], array[a.applied, b.one_off, b.major, b.payments]
  from unnest(:stations::bigint[]) k(id)
  cross join lateral (
    select count(*) as applied from assistance_case c
    where c.city_id = :city and c.station_id = k.id and ${ASSISTANCE_CONDITIONS["assistance.applied"]}) a
  cross join lateral (
    select count(*) filter (where ${ASSISTANCE_CONDITIONS["assistance.one_off"]}) as one_off,
      count(*) filter (where ${ASSISTANCE_CONDITIONS["assistance.major"]}) as major,
      count(*) as payments, coalesce(sum(c.paid), 0)::bigint as paid
    from assistance_case c
    where c.city_id = :city and c.station_id = k.id and ${ASSISTANCE_CONDITIONS["assistance.paid"]}) b
  where exists (
    select from assistance_case c where c.city_id = :city and c.station_id = k.id and c.applied_on <= :last)`;
