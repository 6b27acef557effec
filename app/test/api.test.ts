import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { demoDatabase, type TestDatabase } from "@muster/db/testing/database";
import { addMonths, localDate, periodOf } from "@muster/domain/period";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "~/features/api/openapi.server";
import { signIn, startServer, type TestServer } from "./server";

const PASSWORD = "muster-demo";
const now = periodOf(localDate(new Date()));
const last = addMonths(now, -1);

let database: TestDatabase;
let server: TestServer;
const cookies = new Map<string, string>();

beforeAll(async () => {
  database = await demoDatabase(new Date());
  server = await startServer(database);
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer of the API has the shape the expectation asks for
  body: any;
  headers: Headers;
}

async function call(
  as: string | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  if (as !== null && !cookies.has(as)) cookies.set(as, await signIn(server, as, PASSWORD));
  const answer = await fetch(`${server.origin}/api/v1${path}`, {
    method,
    headers: {
      Origin: server.origin,
      "Accept-Language": "en",
      ...(as === null ? {} : { Cookie: cookies.get(as) ?? "" }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null, headers: answer.headers };
}

async function stationOf(username: string): Promise<number> {
  const { body } = await call(username, "GET", "/me");
  return body.active.station.id;
}

/** A month's figures that pass every hard check: last month's stock, nothing added, a little work. */
async function plainFigures(username: string, station: number): Promise<Record<string, number | null>> {
  const before = await call(username, "GET", `/stations/${station}/reports/${last}`);
  const { items } = (await call(username, "GET", "/indicators")).body;
  return Object.fromEntries(
    items
      .filter((i: { kind: string }) => i.kind === "figure")
      .map((i: { code: string; acrossTime: string }) => [
        i.code,
        i.acrossTime === "last" ? before.body.figures[i.code] : 0,
      ]),
  );
}

const reasons = {
  K15: "说明",
  K16: "说明",
  K17: "说明",
  K18: "说明",
  K19: "说明",
  K20: "说明",
  OUTLIER: "说明",
};

describe("the description", () => {
  it("is open to everyone and is OpenAPI 3.1", async () => {
    const { status, body } = await call(null, "GET", "/openapi.json");
    expect(status).toBe(200);
    expect(body.openapi).toBe("3.1.0");
    expect(Object.keys(body.paths)).toEqual(Object.keys(OPERATIONS));
  });

  it("names every route of the API and nothing else", () => {
    const folder = fileURLToPath(new URL("../routes/", import.meta.url));
    const routes = readdirSync(folder)
      .filter((file) => file.startsWith("api.v1.") && !file.includes("$.ts") && !file.includes("openapi"))
      .map((file) =>
        `/${file.replace(/\.ts$/, "").replace(/_\./g, ".").replaceAll(".", "/")}`.replace(/\$(\w+)/g, "{$1}"),
      );
    expect(routes.sort()).toEqual(Object.keys(OPERATIONS).sort());
  });

  it("gives examples that the server takes, and answers in the shape described", async () => {
    const village = await stationOf("liuhe-02.head");
    const address = `/stations/${village}/reports/${now}`;
    const example = (path: string, method: string) => {
      const found = Object.entries(OPERATIONS).find(([p]) => p.endsWith(path))?.[1][method]?.body?.example;
      if (!found) throw new Error(`no example: ${method} ${path}`);
      return found as Record<string, unknown>;
    };
    const saved = await call("liuhe-02.head", "PUT", address, example("/reports/{period}", "put"), {
      "If-Match": "*",
    });
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({ status: "draft", version: 1, figures: { C01: 4, C02: 3 } });
    expect(saved.headers.get("ETag")).toBe('"1"');

    const figures = await plainFigures("liuhe-02.head", village);
    const described = example("/submit", "post");
    const sent = await call("liuhe-02.head", "POST", `${address}/submit`, {
      ...described,
      figures: { ...figures, ...(described.figures as object), C02: 3 },
      reasons: { ...reasons, ...(described.reasons as object) },
    });
    expect(sent.body).toMatchObject({ status: "submitted", round: 1 });

    const due = { ...example("/return", "post"), dueOn: localDate(new Date(Date.now() + 3 * 86_400_000)) };
    const returned = await call("liuhe.clerk", "POST", `${address}/return`, due);
    expect(returned.body).toMatchObject({
      status: "returned",
      remarks: { C01: { returned: expect.any(String) } },
    });
    expect(returned.body.events.map((e: { action: string }) => e.action)).toEqual([
      "save",
      "submit",
      "return",
    ]);

    const again = await call("liuhe-02.head", "POST", `${address}/submit`, { figures: { C01: 3 }, reasons });
    expect(again.body).toMatchObject({ status: "submitted", round: 2 });
    const accepted = await call("liuhe.head", "POST", `${address}/accept`, example("/accept", "post"));
    expect(accepted.body.status).toBe("accepted");
    const amending = await call("liuhe-02.head", "POST", `${address}/amend`, example("/amend", "post"));
    expect(amending.body.status).toBe("amending");
  });
});

describe("reading", () => {
  it("says who the caller is", async () => {
    const { body } = await call("liuhe-01.head", "GET", "/me");
    expect(body.user.username).toBe("liuhe-01.head");
    expect(body.active.role).toBe("village_head");
    expect(body.memberships).toHaveLength(1);
  });

  it("lists the stations of the scope page by page, each once", async () => {
    const ids: number[] = [];
    let next: string | null = "";
    while (next !== null) {
      const { body } = await call(
        "yunling.admin",
        "GET",
        `/stations?limit=100${next ? `&cursor=${next}` : ""}`,
      );
      ids.push(...body.items.map((s: { id: number }) => s.id));
      next = body.next;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(1 + 12 + 359 + 1 + 7);
    const villages = await call("liuhe.head", "GET", "/stations?level=village&limit=500");
    expect(villages.body.items.filter((s: { status: string }) => s.status === "open")).toHaveLength(64);
  });

  it("answers the demo's figures of Liuhe over the twelve closed months", async () => {
    const { body } = await call(
      "liuhe.head",
      "GET",
      `/rollups?station=${await stationOf("liuhe.head")}&from=${addMonths(now, -12)}&to=${last}&by=total`,
    );
    expect(body.rows[0].figures).toMatchObject({
      C03: 120,
      D01: 500,
      D02: 2000,
      D07: 7,
      E02: 24,
      E03: 5,
      B02: 65,
      B07: 18,
    });
    expect(body.rows[0].figures.B08).toBeCloseTo(28.125);
  });

  it("counts what was expected and filed", async () => {
    const { body } = await call("yunling.overseer", "GET", `/completeness?from=${last}&to=${last}`);
    expect(body.rows[0]).toMatchObject({ period: last, expected: 379 });
  });
});

describe("what is not the caller's", () => {
  it("is a 404 in another city, at a sibling and above", async () => {
    const village = await stationOf("liuhe-01.head");
    const town = await stationOf("liuhe.head");
    for (const [who, station] of [
      ["xinghe.admin", village],
      ["liuhe-02.head", village],
      ["liuhe-01.head", town],
      ["beigang.head", town],
    ] as const) {
      const read = await call(who, "GET", `/stations/${station}/reports/${last}`);
      expect([who, read.status]).toEqual([who, 404]);
      const rollup = await call(who, "GET", `/rollups?station=${station}`);
      expect([who, rollup.status]).toEqual([who, 404]);
    }
    const write = await call(
      "liuhe-02.head",
      "PUT",
      `/stations/${village}/reports/${now}`,
      { figures: {} },
      { "If-Match": "*" },
    );
    expect(write.status).toBe(404);
  });

  it("is a 403 where the role may read but not act", async () => {
    const village = await stationOf("liuhe-03.head");
    const address = `/stations/${village}/reports/${now}`;
    expect(
      (await call("liuhe.head", "PUT", address, { figures: { C01: 1 } }, { "If-Match": "*" })).status,
    ).toBe(403);
    expect((await call("yunling.overseer", "POST", `${address}/accept`, {})).status).toBe(403);
    expect((await call("liuhe-03.head", "POST", `${address}/accept`, {})).status).toBe(403);
    expect(
      (
        await call(
          "liuhe.clerk",
          "POST",
          `/stations/${await stationOf("liuhe.clerk")}/periods/${now}/sign-off`,
          {},
        )
      ).status,
    ).toBe(403);
  });

  it("is a 401 problem without a session", async () => {
    const { status, body, headers } = await call(null, "GET", "/me");
    expect(status).toBe(401);
    expect(headers.get("Content-Type")).toContain("application/problem+json");
    expect(body).toMatchObject({ status: 401, reference: expect.any(String) });
  });
});

describe("versions", () => {
  it("refuse a PUT without If-Match, and one that is stale, and say what stands", async () => {
    const village = await stationOf("liuhe-04.head");
    const address = `/stations/${village}/reports/${now}`;
    expect((await call("liuhe-04.head", "PUT", address, { figures: { C01: 1 } })).status).toBe(428);
    const first = await call("liuhe-04.head", "PUT", address, { figures: { C01: 1 } }, { "If-Match": "*" });
    expect(first.status).toBe(200);
    const stale = await call("liuhe-04.head", "PUT", address, { figures: { C01: 2 } }, { "If-Match": "*" });
    expect(stale.status).toBe(409);
    expect(stale.body.current).toEqual({ version: 1, status: "draft" });
  });

  it("let one of a hundred concurrent saves win and tell the others", async () => {
    const village = await stationOf("liuhe-05.head");
    const address = `/stations/${village}/reports/${now}`;
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        call("liuhe-05.head", "PUT", address, { figures: { C01: n } }, { "If-Match": "*" }),
      ),
    );
    const count = (status: number) => answers.filter((a) => a.status === status).length;
    expect([count(200), count(409)]).toEqual([1, 99]);
    const won = answers.find((a) => a.status === 200)?.body.figures.C01;
    expect((await call("liuhe-05.head", "GET", address)).body).toMatchObject({
      version: 1,
      figures: { C01: won },
    });
  });
});

describe("an Idempotency-Key", () => {
  it("gives the first answer again, to retries one after another and at once, and changes nothing twice", async () => {
    const village = await stationOf("liuhe-06.head");
    const address = `/stations/${village}/reports/${now}`;
    const body = { figures: await plainFigures("liuhe-06.head", village), reasons };
    const headers = { "Idempotency-Key": "liuhe-06-submit" };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call("liuhe-06.head", "POST", `${address}/submit`, body, headers)),
    );
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200, 200]);
    for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
    const stands = await call("liuhe-06.head", "GET", address);
    expect(stands.body).toMatchObject({ status: "submitted", round: 1, version: 1 });
  });

  it("is refused for another request", async () => {
    const village = await stationOf("liuhe-07.head");
    const address = `/stations/${village}/reports/${now}`;
    const headers = { "Idempotency-Key": "liuhe-07", "If-Match": "*" };
    expect((await call("liuhe-07.head", "PUT", address, { figures: { C01: 1 } }, headers)).status).toBe(200);
    expect((await call("liuhe-07.head", "PUT", address, { figures: { C01: 2 } }, headers)).status).toBe(422);
  });
});

describe("bad input", () => {
  it.each([
    ["a negative count", { figures: { C01: -1 } }, 422],
    ["a fraction", { figures: { C01: 1.5 } }, 422],
    ["text", { figures: { C01: "three" } }, 422],
    ["a number of 21 digits", '{"figures":{"C01":100000000000000000000}}', 422],
    ["an unknown indicator", { figures: { Q99: 1 } }, 422],
    ["a computed indicator", { figures: { B09: 1 } }, 422],
    ["a reach into the prototype", '{"figures":{"__proto__":1}}', 400],
    ["a key given twice", '{"figures":{"C01":1,"C01":2}}', 400],
    ["a NUL byte", { figures: {}, remarks: { C01: "a\u0000b" } }, 400],
    ["half a character", '{"figures":{},"remarks":{"C01":"\\ud800"}}', 400],
    ["broken JSON", '{"figures":', 400],
    ["a list for an object", "[]", 400],
    ["an unknown member", { figures: {}, status: "accepted" }, 400],
    ["a text of one megabyte", { figures: {}, remarks: { C01: "x".repeat(1_100_000) } }, 413],
  ])("%s is a clear 4xx and saves nothing", async (_, body, status) => {
    const village = await stationOf("liuhe-08.head");
    const address = `/stations/${village}/reports/${now}`;
    const answer = await call("liuhe-08.head", "PUT", address, body, { "If-Match": "*" });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ title: expect.any(String), detail: expect.any(String), status });
    expect((await call("liuhe-08.head", "GET", address)).body.version).toBe(0);
  });

  it("speaks of months that cannot be", async () => {
    const village = await stationOf("liuhe-08.head");
    const future = await call("liuhe-08.head", "GET", `/stations/${village}/reports/${addMonths(now, 1)}`);
    expect(future.status).toBe(422);
    expect(future.body.title).toBe("This month has not begun.");
    const before = await call(
      "liuhe-08.head",
      "PUT",
      `/stations/${village}/reports/2001-01`,
      { figures: {} },
      { "If-Match": "*" },
    );
    expect(before.status).toBeGreaterThanOrEqual(400);
    expect(before.status).toBeLessThan(500);
    expect((await call("liuhe-08.head", "GET", `/stations/${village}/reports/2026-13`)).status).toBe(404);
    expect((await call("liuhe-08.head", "GET", "/stations/0/reports/2026-10")).status).toBe(404);
    expect((await call("liuhe-08.head", "GET", `/rollups?from=${now}&to=${last}`)).status).toBe(400);
    expect((await call("liuhe-08.head", "DELETE", `/stations/${village}/reports/${now}`)).status).toBe(405);
    expect((await call("liuhe-08.head", "GET", "/nothing")).status).toBe(404);
  });

  it("names the checks that failed, in the reader's language", async () => {
    const village = await stationOf("liuhe-08.head");
    const figures = await plainFigures("liuhe-08.head", village);
    const body = { figures: { ...figures, C01: 1, C03: 5 }, reasons };
    const address = `/stations/${village}/reports/${now}/submit`;
    const english = await call("liuhe-08.head", "POST", address, body);
    expect(english.status).toBe(422);
    expect(english.body.violations).toContainEqual(
      expect.objectContaining({
        check: "K08",
        severity: "hard",
        indicators: expect.arrayContaining(["C03"]),
      }),
    );
    const chinese = await call("liuhe-08.head", "POST", address, body, { "Accept-Language": "zh-CN" });
    const messages = chinese.body.violations.map((v: { message: string }) => v.message).join();
    expect(messages).toMatch(/节日走访/);
  });
});
