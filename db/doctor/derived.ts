import { toCodes } from "@muster/domain/indicator";
import { lateEntries } from "@muster/domain/late";
import type { Period } from "@muster/domain/period";
import { catalogueAt } from "../queries/catalogue";
import { registersOf } from "../queries/derivations";
import type { Report } from "../queries/report-row";
import type { ScopedTx } from "../scope";

/** What a recount of a month's derived figures from their records says. */
export interface Recount {
  /** Figures that were counted again. */
  figures: number;
  /** Reports that carry another value than their records gave when they were filed, without saying why. */
  faults: string[];
  /** Records that say something else now: entered late, corrected, taken back. The station decides on an amendment. */
  proposals: string[];
}

/**
 * Counts the derived figures of every report that was handed in for a month again, by the same statements that gave
 * them, and compares. A figure that was overridden with a reason is right.
 */
export async function recountOf(tx: ScopedTx, month: Period): Promise<Recount> {
  const reports = await tx.sql<Pick<Report, "stationId" | "status" | "figures" | "remarks" | "reasons">[]>`
    select station_id as "stationId", status, figures, remarks, reasons from monthly_report
    where city_id = ${tx.scope.cityId} and period = ${month} and status in ('submitted', 'accepted', 'locked')
    order by station_id`;
  const catalogue = await catalogueAt(tx, month);
  const registers = await registersOf(
    tx,
    reports.map(({ stationId }) => stationId),
    catalogue,
  );
  const recount: Recount = { figures: 0, faults: [], proposals: [] };
  // The checks that ask why a figure differs from its records; a reason stands under the check, or check and figure.
  const demands = catalogue.checks.filter(({ left }) => left === "every derived").map(({ code }) => code);
  for (const { stationId, status, figures: slots, remarks, reasons } of reports) {
    const figures = toCodes(catalogue.indicators, slots);
    const register = registers.get(stationId) ?? {};
    recount.figures += Object.keys(register).length;
    for (const [code, { register: then }] of Object.entries(remarks)) {
      const filed = figures[code] ?? null;
      const said = demands.some((check) => reasons[check] || reasons[`${check}:${code}`]);
      if (then && demands.length > 0 && !said && filed !== then.value) {
        recount.faults.push(
          `The report of station ${stationId} for ${month} says ${code} ${filed} where its records said ${then.value}, and gives no reason.`,
        );
      }
    }
    const late = lateEntries({ status, figures, remarks, register });
    if (late.length > 0) {
      const changes = late.map(({ code, filed, now }) => `${code} ${filed ?? "-"} -> ${now}`).join(", ");
      recount.proposals.push(
        `The records of station ${stationId} for ${month} say something else than its report: ${changes}.`,
      );
    }
  }
  return recount;
}
