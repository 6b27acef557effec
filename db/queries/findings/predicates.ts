import type { FindingFigure } from "@muster/domain/inspection";
import type { ScopedTx } from "../../scope";
import { today } from "../stations/row";

/** Whether finding `f` stands past its date today, when the date it has now is the one that counts. */
export function overdueNow(tx: ScopedTx) {
  return tx.sql`(f.ended_on is null and f.due_on < ${today(tx)}::date)`;
}

/** domain's overdueOn of the last day of the month that has come, by the date the finding had on that day. */
const OVERDUE = `(f.opened_on <= :until and (f.ended_on is null or f.ended_on > :until)
    and (select e.due_on from finding_event e
      where e.city_id = f.city_id and e.finding_id = f.id and e.on_day <= :until
      order by e.id desc limit 1) < :until)`;

/**
 * What counts in a figure of a month, as conditions on finding `f` over the names of registers/statement.ts: behind
 * the month's figures and behind the list that a figure opens. What was withdrawn by then was never found.
 */
export const COUNTS_IN: Record<FindingFigure, string> = {
  opened: `(f.opened_on between :first and :until and not (f.state = 'withdrawn' and f.ended_on <= :until))`,
  closed: `(f.state = 'closed' and f.ended_on between :first and :until)`,
  overdue: OVERDUE,
};
