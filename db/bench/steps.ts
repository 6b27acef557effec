import type { Period } from "@muster/domain/period";
import { addDays, addMonths, firstDay } from "@muster/domain/period";
import type { Pool } from "../client";
import type { Outcome } from "../queries/outcome";
import { acceptReport, submitReport } from "../queries/reports";
import { type Caller, systemCaller, withScope } from "../scope";
import { type BenchCity, figuresOf, monthNumber, type Node } from "./city";
import type { Effort } from "./effort";
import { closedLoop, type Rate, round } from "./measure";

/** Somebody with the station's role, on the day after the month. */
export function callerAt(city: BenchCity, node: Node, month: Period): Caller {
  const base = systemCaller(
    city.cityId,
    new Date(`${addDays(firstDay(addMonths(month, 1)), 1)}T02:00:00Z`),
    "bench",
  );
  const role = node.level === "city" ? "city_admin" : node.level === "village" ? "village_head" : "head";
  return {
    ...base,
    ip: "127.0.0.1",
    actor: {
      ...base.actor,
      // Nobody accepts what they submitted themselves.
      userId: `00000000-0000-4000-8000-${String(node.id).padStart(12, "0")}`,
      name: `${node.name}站长`,
      role,
      path: node.path,
      stationId: node.id,
      stationName: node.name,
      level: node.level,
    },
  };
}

/** Every village files a month: all checks, the event, the audit entry and the roll-ups of town, district and city. */
export function submitMonth(pool: Pool, city: BenchCity, month: Period, connections: number): Promise<Rate> {
  const number = monthNumber(month);
  return closedLoop(
    connections,
    city.villages.map((village) => async () => {
      const outcome = await withScope(pool, callerAt(city, village, month), { readOnly: false }, (tx) =>
        submitReport(
          tx,
          { stationId: village.id, period: month },
          // A third of the rosters says something else of the secretary: as in life, that is answered.
          { version: null, figures: figuresOf(village, number), reasons: { K18: "花名册尚未更新" } },
        ),
      );
      granted(outcome);
    }),
  );
}

/** Every town accepts a month of its villages, one report at a time. */
export function acceptMonth(pool: Pool, city: BenchCity, month: Period, connections: number): Promise<Rate> {
  return closedLoop(
    connections,
    city.villages.map((village) => async () => {
      if (!village.parent) throw new Error(`${village.name} reports to nobody`);
      const outcome = await withScope(
        pool,
        callerAt(city, village.parent, month),
        { readOnly: false },
        (tx) => acceptReport(tx, { stationId: village.id, period: month }),
      );
      granted(outcome);
    }),
  );
}

function granted(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(`a step was refused: ${JSON.stringify(outcome.refusal)}`);
}

/** Rates of several months in a row as one. */
export function together(rates: readonly (Rate & Effort)[]): Rate & Effort {
  const operations = rates.reduce((sum, r) => sum + r.operations, 0);
  const seconds = rates.reduce((sum, r) => sum + r.operations / r.perSecond, 0);
  const worst = (pick: (rate: Rate) => number) => Math.max(...rates.map(pick));
  const usual = (pick: (rate: Effort) => number) =>
    round(rates.reduce((sum, r) => sum + pick(r), 0) / rates.length);
  return {
    operations,
    perSecond: Math.round(operations / seconds),
    p50: worst((r) => r.p50),
    p95: worst((r) => r.p95),
    p99: worst((r) => r.p99),
    max: worst((r) => r.max),
    clientCpu: usual((r) => r.clientCpu),
    databaseCpu: usual((r) => r.databaseCpu),
    shareOfMachine: usual((r) => r.shareOfMachine),
  };
}
