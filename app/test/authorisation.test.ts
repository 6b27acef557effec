import { Pool } from "@muster/db/client";
import { createOperator } from "@muster/db/operator";
import { fileCase } from "@muster/db/queries/assistance/apply";
import { audit } from "@muster/db/queries/audit";
import type { InspectionOutcome } from "@muster/db/queries/findings/outcome";
import { raiseFinding } from "@muster/db/queries/findings/steps";
import { createInvitation } from "@muster/db/queries/identity/invitations";
import { planInspection } from "@muster/db/queries/inspections/plan";
import { stepInspection, visitStation } from "@muster/db/queries/inspections/steps";
import { registerPerson } from "@muster/db/queries/people/archive";
import { logVisit } from "@muster/db/queries/visits/log";
import { makePlan } from "@muster/db/queries/visits/plans";
import { newId, withScope } from "@muster/db/scope";
import { columnsHolding } from "@muster/db/testing/clear-text";
import { type TestDatabase, testDatabase } from "@muster/db/testing/database";
import { idNumberOf } from "@muster/db/testing/id-numbers";
import { callerOf, SMALL_CITY_PASSWORD, type SmallCity, smallCity } from "@muster/db/testing/small-city";
import { localDate, periodOf } from "@muster/domain/period";
import { pdf } from "@muster/files/specimens.fixture";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseInvitation } from "~/server/invitation-link.server";
import { CANARIES, type CanaryAsk, readsWithCanary, writesWithCanary } from "./canary";
import { counterOf } from "./counter";
import { MATRIX } from "./matrix";
import { ALL, type Extra, type Row, type Who } from "./matrix/row";
import { sendEvidence, signIn, startServer, type TestServer } from "./server";

const OPERATOR = { username: "operator", password: "operator-password-1" };
/** What follows /invite/ in the address of the link that stays open. */
const LINK = "x".repeat(43);

let database: TestDatabase;
let server: TestServer;
let build: ServerBuild;
let city: SmallCity;
let extra: Extra;
const cookies = new Map<Who, string>();

beforeAll(async () => {
  const now = new Date();
  database = await testDatabase();
  city = await smallCity(database, { now });
  const other = await smallCity(database, { code: "990200000000", name: "星河市", now });
  await createOperator({ ...OPERATOR, authUrl: database.authUrl, name: "平台", now });
  extra = await extras(now);
  server = await startServer(database, { LOG_LEVEL: "debug" });
  build = await import(/* @vite-ignore */ new URL("../../build/server/index.js", import.meta.url).href);
  for (const who of ALL) {
    if (who === "anonymous") continue;
    if (who === "operator") cookies.set(who, await signIn(server, OPERATOR.username, OPERATOR.password));
    else {
      const { username } = who === "stranger" ? other.people.admin : city.people[who];
      cookies.set(who, await signIn(server, username, SMALL_CITY_PASSWORD));
    }
  }
  const sent = await sendEvidence(server, cookies.get("headA1") ?? "", city.a1.id, pdf());
  extra.evidence = String((await sent.json()).id);
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

async function extras(now: Date): Promise<Extra> {
  const app = new Pool({ url: database.appUrl, size: 1 });
  const link = `${city.cityId}.${LINK}`;
  const key = parseInvitation(link);
  if (!key) throw new Error("the link's form has changed");
  const { townA } = city;
  try {
    const inspected = await inspections(app, now);
    const counter = await counterOf(app, city, now);
    return await withScope(app, callerOf(city.people.admin, now), { readOnly: false }, async (tx) => {
      const invitation = await createInvitation(tx, {
        tokenHash: key.tokenHash,
        station: townA,
        role: "clerk",
        name: "新人",
        resetsUserId: null,
      });
      const about = {
        subject: "station",
        subjectId: String(townA.id),
        stationId: townA.id,
        path: townA.path,
      };
      await audit(tx, { action: "station.edit", ...about });
      const person = await registerPerson(tx, testKeyring(), {
        ...{
          name: "曾小明",
          idNumber: idNumberOf("1946-05-01", "male", 1),
          sex: null,
          bornOn: null,
          phone: "",
        },
        ...{ stationId: city.a1.id, categories: ["31"], activeFrom: localDate(now), wayIn: "new" },
      });
      if (!person.ok) throw new Error(person.refusal);
      const [entry] = await tx.sql<{ id: string }[]>`
        select id from audit_log where city_id = ${city.cityId} and action = 'station.edit'`;
      const period = periodOf(localDate(now));
      const filed = await fileCase(tx, testKeyring(), {
        ...{ recordId: person.value.id, typeCode: "major_illness", appliedBy: "person", reason: "大病" },
        ...{ household: { size: 1, income: 0, pension: 0 }, asked: 100, received: [] },
        ...{ missingBy: localDate(now), despiteEarlier: false, receptionId: null, requestKey: newId() },
      });
      if (!filed.ok) throw new Error(filed.refusal);
      const visited = await logVisit(tx, testKeyring(), {
        ...{
          id: newId(),
          stationId: city.a1.id,
          heldOn: localDate(now),
          channel: "visit",
          occasion: "routine",
        },
        ...{ records: [person.value.id], worker: { id: newId(), name: "站长" }, gift: 0, planId: null },
        ...{ followOn: localDate(now), place: "", found: "", followUp: "送药" },
      });
      const on = `${localDate(now).slice(0, 4)}-10-01`;
      const plan = await makePlan(tx, { stationId: city.a1.id, festival: "national", on, gift: 0 });
      if (!visited.ok || !plan.ok) throw new Error("the visit and the plan are refused");
      const people = {
        person: person.value.id,
        visit: visited.value.id,
        plan: plan.value.id,
        assistance: filed.value.id,
      };
      return {
        period,
        entry: entry?.id ?? "",
        evidence: "",
        link,
        invitation,
        ...inspected,
        ...counter,
        ...people,
      };
    });
  } finally {
    await app.end();
  }
}

/** Two inspections of town A at village a1, one called off and one concluded, and a finding. */
async function inspections(
  app: Pool,
  now: Date,
): Promise<Pick<Extra, "inspection" | "concluded" | "finding">> {
  const { headA } = city.people;
  const ok = <T>(outcome: InspectionOutcome<T>): T => {
    if (!outcome.ok) throw new Error(outcome.refusal);
    return outcome.value;
  };
  const today = localDate(now);
  return withScope(app, callerOf(headA, now), { readOnly: false }, async (tx) => {
    const begun = async () => {
      const choice = { method: "chosen", stationIds: [city.a1.id] } as const;
      const plan = {
        theme: "督查",
        note: "",
        startsOn: today,
        endsOn: today,
        unannounced: false,
        codes: [],
        words: ["窗口服务"],
      };
      const { id } = ok(await planInspection(tx, { ...plan, choice, inspectors: [headA.userId] }));
      ok(await stepInspection(tx, { id, version: 1, action: "begin" }));
      return id;
    };
    const [inspection, concluded] = [await begun(), await begun()];
    ok(await stepInspection(tx, { id: inspection, version: 2, action: "call_off", text: "x" }));
    ok(await visitStation(tx, { id: concluded, stationId: city.a1.id, note: "x" }));
    ok(await stepInspection(tx, { id: concluded, version: 2, action: "conclude", text: "x" }));
    const item = { code: null, zh: "窗口服务", en: "" };
    const found = { stationId: city.a1.id, item, body: "x", severity: "minor", dueOn: null } as const;
    return { inspection, concluded, finding: ok(await raiseFinding(tx, found)).id };
  });
}

function given<T>(value: T | ((city: SmallCity, extra: Extra) => T)): T {
  return typeof value === "function" ? (value as (city: SmallCity, extra: Extra) => T)(city, extra) : value;
}

async function ask(who: Who, row: Row): Promise<{ status: number; refused: boolean }> {
  const headers = new Headers({ Origin: server.origin, ...row.headers });
  const cookie = cookies.get(who);
  if (cookie) headers.set("Cookie", cookie);
  let body: BodyInit | undefined;
  if (row.json !== undefined) {
    headers.set("Content-Type", "application/json");
    body = JSON.stringify(given(row.json));
  } else if (row.method !== "GET") {
    body = new URLSearchParams({ ...given(row.form ?? {}), ...(row.intent ? { intent: row.intent } : {}) });
  }
  const answer = await fetch(server.origin + given(row.path), {
    method: row.method,
    headers,
    body,
    redirect: "manual",
  });
  await answer.arrayBuffer();
  const away = (answer.headers.get("Location") ?? "").startsWith("/login?");
  return { status: answer.status, refused: away || [401, 403, 404].includes(answer.status) };
}

type Route = NonNullable<ServerBuild["routes"][string]>;

const routesOf = () => Object.values(build.routes).filter((route): route is Route => route !== undefined);
/** The forms or methods of an action, as the route builder notes them; a page with one form has the part "". */
const partsOf = (action: unknown): string[] => (action as { parts?: string[] }).parts ?? [""];

/** What the matrix must say of a route. */
function needed({ id, module }: Route): string[] {
  const reads = module.loader || module.default ? [`GET ${id}`] : [];
  const writes = module.action ? partsOf(module.action).map((part) => `write ${id} ${part}`.trim()) : [];
  return [...reads, ...writes];
}

const said = (row: Row) =>
  row.method === "GET" ? `GET ${row.route}` : `write ${row.route} ${row.intent ?? ""}`.trim();

describe("the matrix of roles and routes", () => {
  it("names every route of the build, resource and API routes included, and every form and method", () => {
    const lines = new Set(MATRIX.map(said));
    expect(
      routesOf()
        .flatMap(needed)
        .filter((line) => !lines.has(line)),
    ).toEqual([]);
  });

  it("names nothing that is not there", () => {
    const lines = new Set(routesOf().flatMap(needed));
    expect(MATRIX.map(said).filter((line) => !lines.has(line))).toEqual([]);
  });

  it("asks each route at an address that leads to it", () => {
    type Tree = Parameters<typeof matchRoutes>[0];
    const tree = (parentId?: string): Tree =>
      routesOf()
        .filter((route) => route.parentId === parentId)
        .map(({ id, path, index }) => (index ? { id, path, index } : { id, path, children: tree(id) }));
    const astray = MATRIX.filter((row) => {
      const [pathname = "", search] = given(row.path).split("?");
      const matches = matchRoutes(tree(), pathname)?.map(({ route }) => route) ?? [];
      // A form sent to an index page means the page around it, unless the address says `?index`.
      if (row.method !== "GET" && matches.at(-1)?.index && search !== "index") matches.pop();
      const ids = matches.map(({ id }) => id);
      return row.method === "GET" ? !ids.includes(row.route) : ids.at(-1) !== row.route;
    });
    expect(astray.map((row) => `${row.route} ${given(row.path)}`)).toEqual([]);
  });

  it.each(MATRIX.map((row) => [said(row), row] as const))("%s", async (_, row) => {
    const answers = await Promise.all(ALL.map(async (who) => ({ who, ...(await ask(who, row)) })));
    const wrong = answers
      .filter(({ who, status, refused }) => status >= 500 || refused === row.may.includes(who))
      .map(({ who, status, refused }) => `${who}: ${refused ? "refused" : "let in"} (${status})`);
    expect(wrong).toEqual([]);
  });
});

/** How often each kind of list was taken out as a file, by the entries of the audit log. */
async function exportsNoted(): Promise<Map<string, number>> {
  const app = new Pool({ url: database.appUrl, size: 1 });
  try {
    const rows = await withScope(
      app,
      callerOf(city.people.admin, new Date()),
      { readOnly: true },
      (tx) =>
        tx.sql<{ action: string; entries: number }[]>`
        select action, count(*)::int as entries from audit_log
        where city_id = ${city.cityId} and action like '%.export' group by action`,
    );
    return new Map(rows.map(({ action, entries }) => [action, entries]));
  } finally {
    await app.end();
  }
}

describe("lists that are taken out as files", () => {
  const rows = MATRIX.filter(({ route }) => /[.]export$/.test(route));

  it("are asked for at every address of the build that gives one", () => {
    const routes = routesOf().flatMap(({ id }) => (/[.]export$/.test(id) ? [id] : []));
    expect(routes.length).toBeGreaterThan(8);
    expect(new Set(rows.map(({ route }) => route))).toEqual(new Set(routes));
  });

  it.each(rows.map((row) => [String(row.route), row] as const))("%s is written down", async (_, row) => {
    const before = await exportsNoted();
    const who = keenest(row);
    if (!who) throw new Error(`nobody may ask for ${row.route}`);
    expect((await ask(who, row)).status).toBe(200);
    const added = [...(await exportsNoted())].filter(([action, n]) => n !== (before.get(action) ?? 0));
    expect(added.map(([action, n]) => n - (before.get(action) ?? 0))).toEqual([1]);
  });
});

/** Rows are asked by the first who may; whoever keeps an archive sees more forms than the city's administrator. */
const keenest = (row: Row): Who | undefined =>
  (["headA1", "headA", "admin"] as const).find((who) => row.may.includes(who)) ??
  row.may.find((who) => cookies.has(who));

const pathOf = (route: Route): string =>
  [route.parentId ? pathOf(build.routes[route.parentId] as Route) : "", route.path ?? ""]
    .filter(Boolean)
    .join("/");

describe("numbers of somebody, put into every address and every field of every form", () => {
  const asking =
    (who: Who | undefined): CanaryAsk =>
    async (path, form) => {
      const answer = await fetch(server.origin + path, {
        method: form ? "POST" : "GET",
        headers: { Cookie: cookies.get(who ?? "anonymous") ?? "", Origin: server.origin },
        redirect: "manual",
        ...(form ? { body: new URLSearchParams(form) } : {}),
      });
      return {
        status: answer.status,
        to: answer.headers.get("Location") ?? "",
        text: await answer.text(),
      };
    };

  it("show up in no address, page, list, error, message, log or row", { timeout: 240_000 }, async () => {
    const faults: string[] = [];
    const logged: string[] = [];
    const seen = new Set<string>();
    let asked = 0;
    // The matrix names every route of the build: what is added later is asked, too.
    for (const row of MATRIX) {
      const route = build.routes[row.route];
      if (row.method !== "GET" || !route) continue;
      const ask = asking(keenest(row));
      const path = given(row.path);
      faults.push(...(await readsWithCanary(ask, path, pathOf(route))));
      if (route.module.default) faults.push(...(await writesWithCanary(ask, path, seen)));
      asked += 1;
      if (CANARIES.some((canary) => server.output().includes(canary))) logged.push(path);
    }
    for (const row of MATRIX.filter(({ json }) => json !== undefined)) {
      for (const canary of CANARIES) {
        const body = { ...(given(row.json) as object), reason: canary, remark: canary, name: canary };
        const answer = await fetch(server.origin + given(row.path), {
          method: row.method,
          headers: {
            Cookie: cookies.get(keenest(row) ?? "anonymous") ?? "",
            Origin: server.origin,
            "Content-Type": "application/json",
            ...row.headers,
          },
          body: JSON.stringify(body),
        });
        const text = await answer.text();
        if (answer.status >= 500 || text.includes(canary)) faults.push(`${row.route}: ${answer.status}`);
      }
    }
    expect([asked > 100, seen.size > 60]).toEqual([true, true]);
    expect(faults).toEqual([]);
    expect(logged).toEqual([]);
    expect(await columnsHolding(database.superUrl, CANARIES)).toEqual([]);
  });
});
