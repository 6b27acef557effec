import { randomInt } from "node:crypto";
import { Agent, request } from "node:http";
import { examine } from "@muster/db/doctor";
import { demoDatabase, type TestDatabase } from "@muster/db/testing/database";
import { addMonths, localDate, periodOf } from "@muster/domain/period";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "~/features/api/openapi.server";
import { type DrawnForm, formsOf } from "./drawn-forms";
import { type HostileRequest, hostileRequests, type Target, type World } from "./hostile-requests";
import { signIn, startServer, type TestServer } from "./server";

/** Another FUZZ_SEED makes other requests; the one of a failure makes the same again. */
const SEED = Number(process.env.FUZZ_SEED ?? randomInt(1, 2 ** 31));
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 10_000);
const AT_ONCE = 8;
const PATIENCE_MS = 10_000;
const ACCOUNTS = [
  "liuhe-01.head",
  "liuhe-14.head",
  "liuhe.head",
  "liuhe.clerk",
  "yunling.admin",
  "yunling.overseer",
  "yunling.auditor",
  "xinghe.admin",
  "beigang-01.head",
];
const XINGHE = ["xinghe.admin", "beigang-01.head"];

let database: TestDatabase;
let server: TestServer;
let agent: Agent;
const cookies = new Map<string, string>();

beforeAll(async () => {
  database = await demoDatabase(new Date());
  server = await startServer(database, { LOG_LEVEL: "error" });
  agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  for (const account of ACCOUNTS) cookies.set(account, await signIn(server, account, "muster-demo"));
});

afterAll(async () => {
  agent?.destroy();
  await server?.stop();
  await database?.drop();
});

interface Answer {
  status: number;
  type: string;
  reference: string;
  body: string;
}

function send({ method, target, headers, body, as }: HostileRequest, keep = true): Promise<Answer> {
  const cookie = as === null ? undefined : cookies.get(as);
  // Malformed cookies come beside the sound one, as a browser would send them.
  const Cookie = [headers.Cookie, cookie].filter(Boolean).join("; ");
  const all = {
    ...headers,
    ...(Cookie ? { Cookie } : {}),
    ...(body ? { "Content-Length": body.length } : {}),
  };
  const { hostname, port } = new URL(server.origin);
  return new Promise((resolve, reject) => {
    const asked = request(
      { agent: keep && agent, hostname, port, method, path: target, headers: all },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: String(answer.headers["content-type"] ?? ""),
            reference: String(answer.headers["x-request-id"] ?? ""),
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    asked.on("error", reject);
    asked.setTimeout(PATIENCE_MS, () => asked.destroy(new Error("no answer")));
    asked.end(body ?? undefined);
  });
}

const visit = (as: string, target: string) => send({ method: "GET", target, headers: {}, body: null, as });

interface BuiltRoute {
  id: string;
  parentId?: string;
  path?: string;
  module: { default?: unknown; action?: unknown; loader?: unknown };
}

/** Every address of the build: what is added later is attacked, too. */
async function targetsOfBuild(): Promise<Target[]> {
  const file = new URL("../../build/server/index.js", import.meta.url).href;
  const { routes } = (await import(/* @vite-ignore */ file)) as { routes: Record<string, BuiltRoute> };
  const pathOf = (route: BuiltRoute): string =>
    [route.parentId ? pathOf(routes[route.parentId] as BuiltRoute) : "", route.path ?? ""]
      .filter(Boolean)
      .join("/");
  return Object.values(routes)
    .filter(({ module }) => module.loader || module.action || module.default)
    .map((route) => ({
      path: pathOf(route),
      kind: route.module.default ? "page" : route.path?.startsWith("api/") ? "api" : "resource",
      writes: Boolean(route.module.action),
    }));
}

async function layOut(): Promise<World> {
  const targets = await targetsOfBuild();
  const now = periodOf(localDate(new Date()));
  const months = { now, last: addMonths(now, -1), future: addMonths(now, 2), before: addMonths(now, -300) };
  const homes = new Map<string, number>();
  const memberships: string[] = [];
  for (const account of ACCOUNTS) {
    const me = JSON.parse((await visit(account, "/api/v1/me")).body);
    homes.set(account, me.active.station.id);
    const people = await visit(account, "/users");
    memberships.push(
      ...[...people.body.matchAll(/\/users\/([0-9a-f-]{36})/g)].slice(0, 3).map(([, id]) => String(id)),
    );
  }
  const stations = [...new Set(homes.values())];
  const own = (account: string, path: string) =>
    `/${path
      .replace(":stationId", String(homes.get(account)))
      .replace(":period", now)
      .replace(/:\w+/, memberships[0] ?? "")}`;
  const pages = targets.filter(({ path, kind }) => kind === "page" && !/\*|:token/.test(path));
  const forms: World["forms"][number][] = [];
  const known = new Set<string>();
  const shapeOf = ({ action, fields }: DrawnForm) =>
    `${action.replace(/[?].*/, "")} ${fields.map(([name, value]) => (name === "intent" ? value : name.replace(/\d+/, ""))).join()}`;
  for (const { path } of pages) {
    // A month's own pages belong to who files it, reviews to the town, the rest to the city.
    const as = /^stations.*months/.test(path)
      ? "liuhe-01.head"
      : /^review/.test(path)
        ? "liuhe.head"
        : "yunling.admin";
    const address = own(path === "" || as === "liuhe-01.head" ? "liuhe-01.head" : "liuhe.head", path);
    const drawn = formsOf((await visit(as, address)).body, address);
    // The switches of language and print stand on every page: once is enough.
    const fresh = drawn.filter((form) => form.action !== "/logout" && !known.has(shapeOf(form)));
    for (const form of fresh) known.add(shapeOf(form));
    forms.push(...fresh.map((form) => ({ as, form })));
  }
  const examples = Object.values(OPERATIONS)
    .flatMap((methods) => Object.values(methods))
    .map(({ body }) => body?.example)
    .filter((example) => example !== undefined);
  return {
    targets,
    forms,
    accounts: ACCOUNTS,
    stations,
    memberships,
    months,
    examples,
    origin: server.origin,
  };
}

/** Words of our inside that no answer may hold. */
const INSIDE =
  /node_modules|\bat [\w.<>]+ \(|PostgresError|relation "|syntax error|\$argon2|\/build\/server|muster_(app|auth)\b/;
/** Towns of the other city that only its data names. */
const YUNLING = /石桥镇|青峰镇|白沙街道|东渡镇|南坪乡/;

function faultOf(asked: HostileRequest, answer: Answer): string | null {
  const { status, body, type, reference } = answer;
  if (status >= 500) return "a fault of the server";
  if (status < 200) return "no answer";
  if (INSIDE.test(body) && !asked.target.includes("openapi"))
    return `tells of its inside: ${INSIDE.exec(body)?.[0]}`;
  const foreigner = asked.as === null || XINGHE.includes(asked.as);
  if (foreigner && YUNLING.test(body)) return "tells of the other city";
  if (status < 400 || asked.method === "HEAD") return null;
  // Heads that are too long for HTTP itself end before the application.
  if (
    reference === "" &&
    (status === 400 || status === 431) &&
    JSON.stringify(asked.headers).length + asked.target.length > 15_000
  )
    return null;
  if (type.startsWith("application/problem+json")) {
    const problem = JSON.parse(body);
    const whole =
      problem.status === status && problem.title && problem.detail && problem.reference === reference;
    return whole ? null : "a problem document without sentence or reference";
  }
  if (asked.target.startsWith("/api/")) return `the API refuses with ${type}`;
  // Somebody else saved first: the page shows both values instead of an error.
  if (status === 409 && (body.includes('"clash"') || body.includes('id="conflict-title"'))) return null;
  return reference !== "" && body.includes(reference) ? null : "a refusal without a reference";
}

describe(`10,000 bad requests (FUZZ_SEED=${SEED})`, () => {
  it("are answered in plain words and leave everything as it should be", async () => {
    const world = await layOut();
    expect(world.forms.length).toBeGreaterThan(20);
    const waiting = fc.sample(hostileRequests(world), { numRuns: REQUESTS, seed: SEED });
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    const attack = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const asked = next;
        // A connection may have been closed meanwhile, as after a body that was too large: ask once more.
        const again = () => send(asked, false);
        const answer = await send(asked)
          .catch(again)
          .catch((error: Error) => ({
            status: 0,
            type: "",
            reference: "",
            body: error.message,
          }));
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const fault = faultOf(asked, answer);
        if (fault) faults.push(describeFault(fault, asked, answer));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, attack));
    console.log(`FUZZ_SEED=${SEED}: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}`);
    expect(
      faults.slice(0, 12),
      `${faults.length} faults; FUZZ_SEED=${SEED}\n${server.output().slice(-6_000)}`,
    ).toEqual([]);
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    expect((await examine({ ...database, recount: false })).faults).toEqual([]);
  }, 400_000);
});

function describeFault(fault: string, asked: HostileRequest, answer: Answer): string {
  const { method, target, headers, as, body } = asked;
  const sent = body?.toString("latin1").slice(0, 300) ?? "";
  return `${fault}: ${answer.status} ${answer.type} for ${as} ${method} ${target} ${JSON.stringify(headers).slice(0, 400)} ${sent} -> ${answer.body.slice(0, 200)}`;
}
