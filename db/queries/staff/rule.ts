import { periodsBetween } from "@muster/domain/period";
import type { PeriodRange } from "@muster/domain/timespan";
import type { ScopedTx } from "../../scope";
import type { CityCatalogue } from "../catalogue";

/**
 * The staffing rules of a range of months as the rows of a subquery, one a month: `period`, `per_worker`, and the
 * basis of each level (`village`, `town`, `district`; `own`, `subtree` or `report`). Join it by the month of a report
 * or roll-up: `join (${staffingRules(tx, catalogue, range)}) rule on rule.period = u.period`.
 */
export function staffingRules(tx: ScopedTx, catalogue: CityCatalogue, range: PeriodRange) {
  const rules = periodsBetween(range.from, range.to).map((period) => ({
    ...catalogue.at(period).staffing,
    period,
  }));
  const column = (name: "period" | "perWorker" | "village" | "town" | "district") =>
    rules.map((rule) => String(rule[name]));
  return tx.sql`
    select period, per_worker, village, town, district
    from unnest(${column("period")}::text[], ${column("perWorker")}::int[], ${column("village")}::text[],
      ${column("town")}::text[], ${column("district")}::text[]) as r(period, per_worker, village, town, district)`;
}
