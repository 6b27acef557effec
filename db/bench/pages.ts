import { randomBytes } from "node:crypto";
import autocannon from "autocannon";
import type { Pool } from "../client";
import { argonHash } from "../password";
import { appUser, membership } from "../schema/identity";
import { newId, withAuth } from "../scope";
import { insertAll, rowsOf } from "../seed/bulk";
import type { BenchCity, Node } from "./city";
import { databaseMilliseconds, processMilliseconds } from "./effort";
import { percentiles, type Rate, round } from "./measure";
import { type BenchServer, signIn } from "./server";

/** A page as a reader of a scope waits for it. */
export interface PageRate extends Rate {
  page: string;
  scope: string;
  /** Answers other than 200, and broken connections. */
  failures: number;
  /** Milliseconds of processor time of one page, in the server and in PostgreSQL. */
  serverCpu: number;
  databaseCpu: number;
}

export const DASHBOARDS = [
  "/dashboard",
  "/dashboard/staffing",
  "/dashboard/compliance",
  "/dashboard/assistance",
  "/dashboard/figures",
  "/dashboard/completeness",
];

/** Asks for dashboard pages in the scope of a city, a town and a village. */
export async function measurePages(
  server: BenchServer,
  readers: readonly Reader[],
  city: BenchCity,
  {
    pages,
    postmaster,
    connections,
    seconds,
  }: { pages: readonly string[]; postmaster: number; connections: number; seconds: number },
): Promise<PageRate[]> {
  const [from, to] = [city.closed.at(-12), city.closed.at(-1)];
  const rates: PageRate[] = [];
  for (const { scope, node, username, password } of readers) {
    const cookie = await signIn(server.origin, username, password);
    // A server that has just started compiles as it goes: nobody's first minute is measured.
    await hammer(
      `${server.origin}/dashboard?station=${node.id}&from=${from}&to=${to}`,
      cookie,
      connections,
      seconds,
    );
    for (const page of pages) {
      const url = `${server.origin}${page}?station=${node.id}&from=${from}&to=${to}`;
      const first = await fetch(url, { headers: { cookie }, redirect: "manual" });
      await first.arrayBuffer();
      if (first.status !== 200) throw new Error(`${page} answers ${first.status} for a ${scope}.`);
      const before = { server: processMilliseconds(server.pid), database: databaseMilliseconds(postmaster) };
      const rate = await hammer(url, cookie, connections, seconds);
      rates.push({
        page,
        scope,
        ...rate,
        serverCpu: round((processMilliseconds(server.pid) - before.server) / rate.operations),
        databaseCpu: round((databaseMilliseconds(postmaster) - before.database) / rate.operations),
      });
    }
  }
  return rates;
}

async function hammer(
  url: string,
  cookie: string,
  connections: number,
  duration: number,
): Promise<Rate & { failures: number }> {
  const times: number[] = [];
  let failures = 0;
  const result = await autocannon({
    url,
    connections,
    duration,
    headers: { cookie },
    setupClient: (client) => {
      client.on("response", (status, _bytes, milliseconds) => {
        times.push(milliseconds);
        if (status !== 200) failures++;
      });
    },
  });
  return {
    operations: times.length,
    failures: failures + result.errors,
    perSecond: round(result.requests.average),
    ...percentiles(times),
  };
}

export interface Reader {
  scope: string;
  node: Node;
  username: string;
  password: string;
}

/** An overseer of the city, the head of a town and the head of one of its villages. */
export async function makeReaders(auth: Pool, city: BenchCity): Promise<Reader[]> {
  const password = randomBytes(18).toString("base64url");
  const passwordHash = await argonHash(password);
  const since = new Date();
  const [town] = city.towns;
  const village = city.villages.find((v) => v.parent === town);
  if (!town || !village) throw new Error("the city has no town with a village");
  const people = [
    { scope: "city", node: city.root, role: "city_overseer" },
    { scope: "town", node: town, role: "head" },
    { scope: "village", node: village, role: "village_head" },
  ].map((person) => ({ ...person, username: `bench.${person.scope}`, id: newId() }));
  await withAuth(auth, since, async (tx) => {
    await insertAll(
      tx,
      rowsOf(
        appUser,
        people.map(({ id, username }) => ({
          id,
          username,
          name: username,
          passwordHash,
          passwordChangedAt: since,
          createdAt: since,
        })),
      ),
    );
    await insertAll(
      tx,
      rowsOf(
        membership,
        people.map(({ id, username, node, role }) => ({
          cityId: city.cityId,
          path: node.path,
          id: newId(),
          userId: id,
          username,
          name: username,
          stationId: node.id,
          role,
          since,
        })),
      ),
    );
  });
  return people.map(({ scope, node, username }) => ({ scope, node, username, password }));
}
