import { countedDays, type FindingFigure } from "@muster/domain/inspection";
import type { LocalDate, Period } from "@muster/domain/period";
import type { ScopedTx } from "../../scope";
import { today } from "../stations/row";

/** Whether finding `f` stood past its date on a day, by the date it had on that day: domain's overdueOn. */
export function overdueAt(tx: ScopedTx, day: LocalDate) {
  return tx.sql`(f.opened_on <= ${day} and (f.ended_on is null or f.ended_on > ${day})
    and (select e.due_on from finding_event e
      where e.city_id = f.city_id and e.finding_id = f.id and e.on_day <= ${day}
      order by e.id desc limit 1) < ${day})`;
}

/** The same of today, when the date it has now is the one that counts. */
export function overdueNow(tx: ScopedTx) {
  return tx.sql`(f.ended_on is null and f.due_on < ${today(tx)}::date)`;
}

/**
 * Whether finding `f` counts in a figure of a month: behind the month's figures and behind the list that a figure
 * opens. What was withdrawn by the end of the month was never found.
 */
export function countsIn(tx: ScopedTx, figure: FindingFigure, period: Period) {
  const { from, to } = countedDays(period, today(tx));
  switch (figure) {
    case "opened":
      return tx.sql`(f.opened_on between ${from} and ${to}
        and not (f.state = 'withdrawn' and f.ended_on <= ${to}))`;
    case "closed":
      return tx.sql`(f.state = 'closed' and f.ended_on between ${from} and ${to})`;
    case "overdue":
      return overdueAt(tx, to);
  }
}
