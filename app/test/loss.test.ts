import { Agent, request } from "node:http";
import { Pool } from "@muster/db/client";
import { rollupFaults } from "@muster/db/queries/rollups";
import { systemCaller, withScope } from "@muster/db/scope";
import { type TestDatabase, testDatabase } from "@muster/db/testing/database";
import { type ManyVillages, manyVillages, type VillageWithToken } from "@muster/db/testing/many-villages";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "./server";

const VILLAGES = 1000;
const KILLS = 20;
const CALLERS = 8;

let database: TestDatabase;
let city: ManyVillages;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  city = await manyVillages(database, VILLAGES, new Date());
  pool = new Pool({ url: database.appUrl, size: 2 });
});

afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

/** How a submission went in the end, and how often it had to be sent. */
async function submitUntilAnswered(origin: string, village: VillageWithToken): Promise<number> {
  const figures = { A01: 20, C01: 3, C02: 2, C03: 1, D01: 4, D02: 5 };
  for (let attempt = 1; attempt <= 200; attempt++) {
    try {
      const answer = await fetch(`${origin}/api/v1/stations/${village.id}/reports/${city.period}/submit`, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${village.token}`,
          "Content-Type": "application/json",
          "Idempotency-Key": `submit-${village.id}`,
        },
        body: JSON.stringify({ figures, reasons: { K15: "在招", K18: "在核" } }),
        signal: AbortSignal.timeout(10_000),
      });
      const body = await answer.json();
      if (answer.status === 200) return attempt;
      if (answer.status < 500) throw new Refused(`${answer.status} ${JSON.stringify(body)}`);
    } catch (error) {
      if (error instanceof Refused) throw error;
      // The server is down, or went down before its answer arrived: ask again with the same key.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new Error(`no answer for ${village.id}`);
}

class Refused extends Error {}

async function standing() {
  return withScope(pool, systemCaller(city.cityId, new Date()), { readOnly: true }, async (tx) => {
    const [reports] = await tx.sql<{ submitted: number; rounds: number; events: number; audited: number }[]>`
      select count(*) filter (where status = 'submitted')::int as submitted, sum(round)::int as rounds,
        (select count(*)::int from report_event where city_id = ${city.cityId} and action = 'submit') as events,
        (select count(*)::int from audit_log where city_id = ${city.cityId} and action = 'report.submit') as audited
      from monthly_report where city_id = ${city.cityId} and period = ${city.period}`;
    const [root] = await tx.sql<{ filed: number; visits: number }[]>`
      select filed, provisional[(select slot + 1 from indicator where city_id = ${city.cityId} and code = 'C01')] as visits
      from rollup where city_id = ${city.cityId} and period = ${city.period} and reported_path = '/'`;
    return { ...reports, ...root, faults: await rollupFaults(tx, [city.period]) };
  });
}

describe("a server that is killed again and again", () => {
  it("loses no submission and doubles none", async () => {
    let server: TestServer = await startServer(database);
    const { origin } = server;
    const port = new URL(origin).port;
    const waiting = [...city.villages];
    let answered = 0;
    let attempts = 0;
    let finished = false;

    const callers = Array.from({ length: CALLERS }, async () => {
      for (let village = waiting.pop(); village; village = waiting.pop()) {
        const tries = await submitUntilAnswered(origin, village);
        attempts += tries;
        answered++;
      }
    });
    const work = Promise.all(callers).finally(() => {
      finished = true;
    });
    // A kill for every twentieth of the work, so that all of them fall into it whatever the machine's speed.
    let kills = 0;
    while (kills < KILLS && !finished) {
      const until = Math.floor(((kills + 0.5) * VILLAGES) / KILLS);
      while (answered < until && !finished) await new Promise((resolve) => setTimeout(resolve, 5));
      await server.kill();
      kills++;
      server = await startServer(database, { PORT: port });
    }
    await work;
    await server.stop();

    expect(kills).toBe(KILLS);
    expect(attempts).toBeGreaterThan(VILLAGES);
    expect(await standing()).toEqual({
      submitted: VILLAGES,
      rounds: VILLAGES,
      events: VILLAGES,
      audited: VILLAGES,
      filed: VILLAGES,
      visits: 3 * VILLAGES,
      faults: [],
    });
  }, 300_000);
});

describe("a server that is asked to stop under load", () => {
  it("answers every request it took, then refuses connections, and ends well", async () => {
    const server = await startServer(database);
    const [village] = city.villages;
    const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
    const outcomes = new Map<string, number>();
    let refused = false;
    const callers = Array.from({ length: CALLERS }, async () => {
      while (!refused) {
        const outcome = await ask(server.origin, agent, village?.token ?? "");
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (outcome === "ECONNREFUSED") refused = true;
      }
    });
    while ((outcomes.get("200") ?? 0) < 200) await new Promise((resolve) => setTimeout(resolve, 5));
    const code = await server.stop();
    await Promise.all(callers);
    agent.destroy();
    expect(code).toBe(0);
    expect([...outcomes.keys()].sort()).toEqual(["200", "ECONNREFUSED"]);
  }, 60_000);
});

/** The status of one call over a kept-alive connection, or why there was none. */
function ask(origin: string, agent: Agent, token: string): Promise<string> {
  return new Promise((resolve) => {
    const call = request(
      `${origin}/api/v1/me`,
      { agent, headers: { Authorization: `Bearer ${token}` } },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(String(answer.statusCode)));
        answer.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      },
    );
    call.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    call.end();
  });
}
