import { type FigureOf, REGISTERS } from "@muster/domain/register";
import type { ScopedTx } from "../../scope";

export type PetitionFigureName = FigureOf<"petitions">;
export const PETITION_FIGURE_NAMES: readonly PetitionFigureName[] = REGISTERS.petitions.figures;

/** The city's limit, in days, that was in force on the day a clock began: domain's limitsOn. `p` is the petition. */
function limit(
  name: "decide" | "handle" | "review" | "final",
  day: "received_on" | "accepted_on" | "review_asked_on" | "final_asked_on",
): string {
  return `(select l.${name}_days from petition_limit l
    where l.city_id = p.city_id and l.valid_from <= p.${day} order by l.valid_from desc limit 1)`;
}

/** The last day on which the handling was in time, as it stood on a day: an extension counts from when it was granted. */
function handledBy(on: ":until" | "p.closed_on"): string {
  return `(p.accepted_on + coalesce(p.own_days, ${limit("handle", "accepted_on")})
    + case when p.extended_on <= ${on} then p.extended_days else 0 end)`;
}

const CLOSED = "p.closed_on between :first and :until";
/** Whether petition `p` was closed past the limit that held on that day. */
export const CLOSED_LATE = `(p.closed_on > ${handledBy("p.closed_on")})`;
const OPEN = "p.accepted_on <= :until and (p.closed_on is null or p.closed_on > :until)";

/**
 * What the figures of a month count, as conditions on petition `p` over the names of registers/statement.ts: the one
 * place where it is said. A month that still runs is counted up to today.
 */
export const PETITION_CONDITIONS: Record<PetitionFigureName, string> = {
  "petitions.accepted": "(p.accepted_on between :first and :until)",
  "petitions.closed": `(${CLOSED})`,
  "petitions.on_time": `(${CLOSED} and p.closed_on <= ${handledBy("p.closed_on")})`,
  "petitions.open": `(${OPEN})`,
  "petitions.overdue": `(${OPEN} and ${handledBy(":until")} < :until)`,
  "petitions.backlog": `(${CLOSED} and p.backlog)`,
};

const DUE = `(case p.state
    when 'registered' then p.received_on + ${limit("decide", "received_on")}
    when 'accepted' then p.accepted_on + coalesce(p.own_days, ${limit("handle", "accepted_on")}) + p.extended_days
    when 'in_review' then p.review_asked_on + ${limit("review", "review_asked_on")}
    when 'in_final' then p.final_asked_on + ${limit("final", "final_asked_on")} end)`;

/** The day by which something has to happen with petition `p`: domain's clockOf; null while no clock runs. */
export function dueOf(tx: ScopedTx) {
  return tx.sql.unsafe(DUE);
}
