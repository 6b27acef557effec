import { type Period, period } from "@muster/domain/period";
import { contributionOf, sumOf } from "@muster/domain/rollup";
import { within } from "@muster/domain/station";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Pool } from "./client";
import { lockMonth, signOff, unlockReport, withdrawSignOff } from "./queries/month-steps";
import { openMonth } from "./queries/months";
import type { Report } from "./queries/report-row";
import {
  acceptReport,
  amendReport,
  cancelAmendment,
  returnReport,
  saveReport,
  submitReport,
} from "./queries/reports";
import { rollupFaults } from "./queries/rollups";
import type { StationRow } from "./queries/stations/row";
import { closeStation, mergeStation, moveStation, reopenStation } from "./queries/stations/structure";
import { type Caller, type ScopedTx, withScope } from "./scope";
import { type TestDatabase, testDatabase } from "./testing/database";
import { callerAt, layCity, type TestCity } from "./testing/hierarchy";

const NOW = new Date("2026-10-05T02:00:00Z");
const MONTHS = ["2026-07", "2026-08", "2026-09"].map(period);

const KINDS = [
  ...["save", "submit", "submit", "submit", "return", "accept", "accept", "amend", "amend", "cancel"],
  ...["sign off", "sign off", "withdraw", "lock", "unlock", "move", "close", "reopen", "merge"],
] as const;
type Kind = (typeof KINDS)[number];

/** One command; `pick` chooses what it is about among what it could be about. */
interface Command {
  kind: Kind;
  pick: number;
  month: number;
  values: number[];
}

const commands = fc.array(
  fc.record<Command>({
    kind: fc.constantFrom(...KINDS),
    pick: fc.nat(1000),
    month: fc.nat(MONTHS.length - 1),
    values: fc.array(fc.nat(40), { minLength: 5, maxLength: 5 }),
  }),
  { minLength: 25, maxLength: 45 },
);

/** Villages per town, and whether the towns stand below a district. */
const trees = fc.record({
  villages: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 3 }),
  district: fc.boolean(),
});

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ url: database.appUrl, size: 4 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe("stored roll-ups, whatever happens to reports and stations", () => {
  it("say after every step what the reports say, in SQL and in the domain's arithmetic", async () => {
    const taken = new Map<Kind, number>();
    await fc.assert(
      fc.asyncProperty(trees, commands, async (tree, history) => {
        const world = await World.lay(tree);
        await world.check("opening the months");
        for (const command of history) {
          const done = await world.run(command);
          if (!done) continue;
          taken.set(command.kind, (taken.get(command.kind) ?? 0) + 1);
          await world.check(JSON.stringify(command));
        }
      }),
      { numRuns: 20, endOnFailure: true },
    );
    // A history in which nothing was ever moved or unlocked would prove nothing.
    const never = [...new Set(KINDS)].filter((kind) => !taken.has(kind));
    expect(never).toEqual([]);
  }, 240_000);

  it("would be noticed if they were off by one", async () => {
    const world = await World.lay({ villages: [1, 2], district: false });
    await world.city.inCity(
      (tx) => tx.sql`
      update rollup set missing = missing + 1 where city_id = ${tx.scope.cityId} and reported_path = '/'
        and period = ${MONTHS[0] ?? ""}`,
    );
    await expect(world.check("an off-by-one")).rejects.toThrow();
  });
});

/** A small city, and what can be done in it. */
class World {
  private constructor(readonly city: TestCity) {}

  static async lay(tree: { villages: number[]; district: boolean }): Promise<World> {
    const city = await layCity(pool, NOW, period("2026-01"));
    const above = tree.district ? await city.add(city.rootId, "district", "区") : city.rootId;
    for (const [i, count] of tree.villages.entries()) {
      const town = await city.add(above, "town", `镇${i}`);
      for (let v = 0; v < count; v++) await city.add(town, "village", `村${i}-${v}`);
    }
    await city.inCity(async (tx) => {
      for (const month of MONTHS) await openMonth(tx, month);
    });
    return new World(city);
  }

  /** Carries a command out; false when there was nothing it could be about or it was refused. */
  async run(command: Command): Promise<boolean> {
    const { kind, pick, month } = command;
    const at = MONTHS[month] ?? period("2026-07");
    switch (kind) {
      case "move":
      case "close":
      case "reopen":
      case "merge":
        return this.restructure(kind, pick, at);
      case "sign off":
        return this.signOff(pick, at);
      case "withdraw":
        return this.withdraw(pick);
      case "lock":
        return this.lock(at);
      default:
        return this.step(command);
    }
  }

  private async step({ kind, pick, values }: Command): Promise<boolean> {
    const statuses: Partial<Record<Kind, readonly string[]>> = {
      save: ["draft", "returned", "amending"],
      submit: ["draft", "returned", "amending"],
      return: ["submitted"],
      accept: ["submitted"],
      amend: ["accepted", "locked"],
      cancel: ["amending"],
      unlock: ["accepted", "locked", "draft"],
    };
    const possible = (await this.reports()).filter((r) => r.expected && statuses[kind]?.includes(r.status));
    const report = possible[pick % Math.max(1, possible.length)];
    if (!report) return false;
    const address = { stationId: report.stationId, period: report.period };
    const reviewing = kind === "return" || kind === "accept";
    const actor = kind === "unlock" ? this.city.rootId : reviewing ? report.reportsTo : report.stationId;
    const [c01, d02, f01, e01, b05] = values;
    const figures = { C01: c01 ?? 0, D02: d02 ?? 0, F01: f01 ?? 0, E01: e01 ?? 0, B05: b05 ?? 0 };
    return this.as(actor, async (tx) => {
      switch (kind) {
        case "save":
          return saveReport(tx, address, report.version, { figures });
        case "submit":
          return submitAnswering(tx, address, figures);
        case "return":
          return returnReport(tx, address, { figures: { C01: "请核对" }, dueOn: "2026-10-20" });
        case "accept":
          return acceptReport(tx, address);
        case "amend":
          return amendReport(tx, address, { reason: "更正" });
        case "cancel":
          return cancelAmendment(tx, address);
        default:
          return unlockReport(tx, { ...address, reason: "更正", until: "2026-11-01" });
      }
    });
  }

  /** A managing station signs off, with an excuse for whoever has not filed. */
  private async signOff(pick: number, at: Period): Promise<boolean> {
    const reports = (await this.reports()).filter((r) => r.period === at);
    const managing = [...new Set(reports.map((r) => r.reportsTo))].filter((id) => id !== this.city.rootId);
    const stationId = managing[pick % Math.max(1, managing.length)];
    if (stationId === undefined) return false;
    const below = reports.filter((r) => r.reportsTo === stationId && r.expected);
    const excused = Object.fromEntries(below.map((r) => [r.stationId, "情况特殊"]));
    return this.as(stationId, (tx) => signOff(tx, { stationId, period: at, excused }));
  }

  /** A station that has signed off a month takes that back. */
  private async withdraw(pick: number): Promise<boolean> {
    const signed = await this.city.inCity(
      (tx) => tx.sql<{ stationId: number; period: Period }[]>`
      select station_id as "stationId", period from month_sign_off
      where city_id = ${tx.scope.cityId} order by station_id, period`,
    );
    const chosen = signed[pick % Math.max(1, signed.length)];
    if (!chosen) return false;
    return this.as(chosen.stationId, (tx) => withdrawSignOff(tx, { ...chosen, reason: "有误" }));
  }

  private async lock(at: Period): Promise<boolean> {
    const below = (await this.reports()).filter((r) => r.period === at && r.reportsTo === this.city.rootId);
    const excused = Object.fromEntries(below.map((r) => [r.stationId, "情况特殊"]));
    return this.as(this.city.rootId, (tx) =>
      lockMonth(tx, { stationId: this.city.rootId, period: at, excused }),
    );
  }

  private async restructure(
    kind: "move" | "close" | "reopen" | "merge",
    pick: number,
    at: Period,
  ): Promise<boolean> {
    const rows = await this.city.inCity(
      (tx) => tx.sql<{ id: number; level: string; parent_id: number; closed: boolean }[]>`
      select id, level, parent_id, closed_on is not null as closed from station where city_id = ${tx.scope.cityId} order by id`,
    );
    const villages = rows.filter((r) => r.level === "village");
    const candidates = villages.filter((v) => v.closed === (kind === "reopen"));
    const towns = rows.filter((r) => r.level === "town");
    const chosen = candidates[pick % Math.max(1, candidates.length)];
    if (!chosen) return false;
    const { id: stationId } = chosen;
    const { version } = await this.city.station(stationId);
    const on = `${at}-01`;
    const target = towns.filter((t) => t.id !== chosen.parent_id)[pick % (towns.length - 1)];
    const twin = villages.filter((v) => v.id !== stationId)[pick % (villages.length - 1)];
    return this.as(this.city.rootId, async (tx) => {
      if (kind === "close") return closeStation(tx, { stationId, version, on });
      if (kind === "reopen") return reopenStation(tx, { stationId, version, on });
      if (kind === "move") return moveStation(tx, { stationId, version, parentId: target?.id ?? 0, on });
      return mergeStation(tx, { stationId, version, intoId: twin?.id ?? 0, on });
    });
  }

  /** Runs as whoever heads the station, and commits what was granted. */
  private async as(stationId: number, fn: (tx: ScopedTx) => Promise<{ ok: boolean }>): Promise<boolean> {
    const caller = headOf(await this.city.station(stationId), this.city.cityId);
    return withScope(pool, caller, { readOnly: false }, async (tx) => (await fn(tx)).ok);
  }

  private reports(): Promise<Report[]> {
    return this.city.inCity(async (tx) => [
      ...(await tx.sql<Report[]>`
        select station_id as "stationId", period, reported_path as "reportedPath", reports_to as "reportsTo",
          expected, status, version, figures, accepted_figures as "acceptedFigures", on_time as "onTime"
        from monthly_report where city_id = ${tx.scope.cityId} order by station_id, period`),
    ]);
  }

  /** Holds every stored roll-up against its recomputation in SQL and against the domain's sums. */
  async check(after: string): Promise<void> {
    const reports = await this.reports();
    await this.city.inCity(async (tx) => {
      expect(await rollupFaults(tx, MONTHS), after).toEqual([]);
      const stored = await tx.sql<Stored[]>`
        select period, reported_path as path, accepted, provisional, expected, filed, accepted_count as "acceptedCount",
          returned, missing, on_time as "onTime"
        from rollup where city_id = ${tx.scope.cityId}`;
      for (const { period: month, path, accepted, provisional, ...counts } of stored) {
        const below = reports.filter((r) => r.period === month && within(path, r.reportedPath));
        const {
          acceptedFigures,
          provisionalFigures,
          accepted: acceptedCount,
          ...sum
        } = sumOf(below.map(contributionOf));
        const where = `${after}: ${path} in ${month}`;
        expect(counts, where).toEqual({ ...sum, acceptedCount });
        expect(dense(accepted), where).toEqual(dense(acceptedFigures));
        expect(dense(provisional), where).toEqual(dense(provisionalFigures));
      }
    });
  }
}

interface Stored {
  period: string;
  path: string;
  accepted: (number | null)[];
  provisional: (number | null)[];
  expected: number;
  filed: number;
  acceptedCount: number;
  returned: number;
  missing: number;
  onTime: number;
}

/** Missing and 0 are the same in a sum, and so are slots that an array is too short for. */
function dense(figures: readonly (number | null)[]): number[] {
  return Array.from({ length: 60 }, (_, slot) => figures[slot] ?? 0);
}

/** Submits, and gives every reason that is asked for. */
async function submitAnswering(
  tx: ScopedTx,
  address: { stationId: number; period: Period },
  figures: Record<string, number>,
) {
  const first = await submitReport(tx, address, { version: null, figures });
  if (first.ok || first.refusal.kind !== "violations") return first;
  const reasons = Object.fromEntries(first.refusal.unanswered.map((v) => [v.check, "属实"]));
  return submitReport(tx, address, { version: null, figures, reasons });
}

function headOf(station: StationRow, cityId: number): Caller {
  const caller = callerAt(station, cityId, NOW);
  // Four eyes: nobody decides on what they submitted themselves.
  const userId = `00000000-0000-4000-8000-${String(station.id).padStart(12, "0")}`;
  return { ...caller, actor: { ...caller.actor, userId } };
}
