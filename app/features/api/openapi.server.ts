import { z } from "zod";
import { Draft, Excuses, Return, Submission, Unlocking, WithReason } from "./bodies.server";

/** An operation as it is described, before the parts that all share are added. */
interface Operation {
  summary: string;
  description?: string;
  tag: string;
  query?: Record<string, object>;
  body?: { schema: z.ZodType; example: unknown };
  answer: object;
  example?: unknown;
  headers?: readonly ("If-Match" | "If-Match-optional" | "Idempotency-Key")[];
  refusals: readonly number[];
}

const id = { type: "integer", minimum: 1 };
const period = { type: "string", pattern: "^20\\d{2}-(0[1-9]|1[0-2])$", examples: ["2026-10"] };
const figures = {
  type: "object",
  description: "By indicator code. Whole numbers from 0 to 999999999999, money in fen; null is missing.",
  additionalProperties: { type: ["integer", "null"], minimum: 0, maximum: 999_999_999_999 },
  examples: [{ A01: 23, C01: 4, E04: 300_000 }],
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (items: object) => ({
  type: "object",
  required: ["items", "next"],
  properties: { items: { type: "array", items }, next: { type: ["string", "null"] } },
});
const open = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: "object",
  required,
  properties,
});

const schemas = {
  Station: open({
    id,
    code: { type: "string" },
    name: { type: "string" },
    level: { enum: ["city", "district", "town", "village"] },
    kind: { enum: ["station", "cadre_home", "service_point"] },
    parentId: { type: ["integer", "null"] },
    status: { enum: ["open", "closed"] },
  }),
  Violation: open({
    check: { type: "string", examples: ["K16", "OUTLIER"] },
    severity: { enum: ["hard", "soft"] },
    indicators: { type: "array", items: { type: "string" } },
    message: { type: "string" },
  }),
  Report: open({
    station: { type: "object" },
    period,
    status: { enum: ["draft", "submitted", "returned", "accepted", "locked", "amending"] },
    version: { type: "integer", minimum: 0 },
    round: { type: "integer", minimum: 0 },
    dueOn: { type: "string", format: "date" },
    figures,
    remarks: { type: "object" },
    reasons: { type: "object", additionalProperties: { type: "string" } },
    violations: { type: "array", items: ref("Violation") },
    events: { type: "array", items: { type: "object" } },
  }),
  Coverage: open({
    expected: { type: "integer" },
    filed: { type: "integer" },
    accepted: { type: "integer" },
    returned: { type: "integer" },
    missing: { type: "integer" },
    onTime: { type: "integer" },
  }),
  Problem: open(
    {
      type: { type: "string" },
      title: { type: "string" },
      status: { type: "integer" },
      detail: { type: "string" },
      reference: { type: "string" },
      violations: { type: "array", items: ref("Violation") },
    },
    ["type", "title", "status", "detail", "reference"],
  ),
};

const rangeQuery = {
  station: { ...id, description: "The caller's station by default." },
  from: { ...period, description: "The current month by default." },
  to: period,
  by: { enum: ["total", "month", "child", "child-month"] },
};
const reportPath = "/api/v1/stations/{stationId}/reports/{period}";
const monthPath = "/api/v1/stations/{stationId}/periods/{period}";

function step(summary: string, schema: z.ZodType, example: unknown, refusals: readonly number[]): Operation {
  return {
    summary,
    tag: "Reports",
    body: { schema, example },
    answer: ref("Report"),
    headers: ["If-Match-optional", "Idempotency-Key"],
    refusals,
  };
}

function month(summary: string, schema: z.ZodType, example: unknown): Operation {
  return {
    summary,
    tag: "Months",
    body: { schema, example },
    answer: { type: "object" },
    headers: ["Idempotency-Key"],
    refusals: [403, 404, 409, 422],
  };
}

/** Every operation of the API. The test of the API runs the examples and fails on a route that is missing here. */
export const OPERATIONS: Record<string, Record<string, Operation>> = {
  "/api/v1/me": {
    get: {
      summary: "Who the caller is, and in which membership",
      tag: "Caller",
      answer: open({ user: { type: "object" }, memberships: { type: "array" }, active: { type: "object" } }),
      refusals: [],
    },
  },
  "/api/v1/stations": {
    get: {
      summary: "Stations in the caller's scope",
      tag: "Stations",
      query: {
        parent: id,
        level: schemas.Station.properties.level ?? {},
        q: { type: "string", description: "Name, code, pinyin or initials." },
        limit: { type: "integer", minimum: 1, maximum: 500, default: 100 },
        cursor: { type: "string" },
      },
      answer: list(ref("Station")),
      refusals: [400],
    },
  },
  "/api/v1/indicators": {
    get: {
      summary: "The catalogue in force in a month",
      tag: "Catalogue",
      query: { period },
      answer: list({ type: "object" }),
      refusals: [400],
    },
  },
  [reportPath]: {
    get: {
      summary: "A report with its figures, violations and history",
      description: "One never touched reads as draft, version 0. The ETag is its version.",
      tag: "Reports",
      answer: ref("Report"),
      refusals: [404, 422],
    },
    put: {
      summary: "Save a draft",
      description: "Figures that are not named keep their value; null clears one. A stale If-Match is a 409.",
      tag: "Reports",
      body: { schema: Draft, example: { figures: { C01: 4, C02: 3 }, remarks: { C01: "重阳节走访" } } },
      answer: ref("Report"),
      headers: ["If-Match", "Idempotency-Key"],
      refusals: [403, 404, 409, 422, 428],
    },
  },
  [`${reportPath}/submit`]: {
    post: step(
      "Submit the caller's own report",
      Submission,
      { figures: { C01: 4 }, reasons: { K16: "重阳节集中走访" } },
      [403, 404, 409, 422],
    ),
  },
  [`${reportPath}/return`]: {
    post: step(
      "Return single figures of a child's report",
      Return,
      { figures: { C01: "与走访登记不符，请核对" }, dueOn: "2026-11-03" },
      [403, 404, 409, 422],
    ),
  },
  [`${reportPath}/accept`]: {
    post: step("Accept a child's report", WithReason, {}, [403, 404, 409]),
  },
  [`${reportPath}/amend`]: {
    post: step(
      "Open an accepted or unlocked report for correction",
      WithReason,
      { reason: "漏记一次走访" },
      [403, 404, 409],
    ),
  },
  [`${monthPath}/sign-off`]: {
    post: month("Sign a month off for all that reports to the station", Excuses, {
      excused: { "1001": "村站合并，本月免报" },
    }),
  },
  [`${monthPath}/lock`]: {
    post: month("Lock a month of the whole city; the station is the city's own", Excuses, {}),
  },
  [`${monthPath}/unlock`]: {
    post: month("Open one station's locked month until a day", Unlocking, {
      reason: "更正帮扶金额",
      until: "2026-11-30",
    }),
  },
  "/api/v1/rollups": {
    get: {
      summary: "Figures of a station with its subtree",
      tag: "Roll-ups",
      query: {
        ...rangeQuery,
        basis: { enum: ["accepted", "provisional"], default: "accepted" },
        boundaries: { enum: ["reported", "today"], default: "reported" },
      },
      answer: open({
        basis: { type: "string" },
        coverage: ref("Coverage"),
        rows: { type: "array", items: open({ figures }) },
      }),
      refusals: [400, 404],
    },
  },
  "/api/v1/completeness": {
    get: {
      summary: "Reports expected, filed and filed on time",
      tag: "Roll-ups",
      query: rangeQuery,
      answer: open({ rows: { type: "array", items: ref("Coverage") } }),
      refusals: [400, 404],
    },
  },
};

const TITLES: Record<number, string> = {
  400: "The address or body makes no sense",
  401: "Nobody is signed in",
  403: "Not for this role, or not the caller's step",
  404: "Not there, or not yours",
  409: "A lock, or somebody else was faster; `current` says what stands",
  422: "A rule is broken; `violations`, `errors` or `stations` say where",
  428: "If-Match is missing",
};

/** The OpenAPI 3.1 description of /api/v1. */
export function openapi(publicOrigin: string): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "Muster 老兵之家",
      version: "1",
      description:
        "Monthly reports of veterans' service stations. Errors are problem documents (RFC 9457) in the language of Accept-Language.",
    },
    servers: [{ url: publicOrigin }],
    security: [{ token: [] }, { cookie: [] }],
    paths: Object.fromEntries(
      Object.entries(OPERATIONS).map(([path, methods]) => [
        path,
        Object.fromEntries(Object.entries(methods).map(([method, op]) => [method, described(path, op)])),
      ]),
    ),
    components: {
      schemas,
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "A personal access token, made under /settings.",
        },
        cookie: { type: "apiKey", in: "cookie", name: "muster" },
      },
    },
  };
}

function described(
  path: string,
  { summary, description, tag, query = {}, body, answer, headers = [], refusals }: Operation,
) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: name === "period" ? period : id,
  }));
  const inQuery = Object.entries(query).map(([name, schema]) => ({ name, in: "query", schema }));
  const inHeader = headers.map((header) => ({
    name: header.replace("-optional", ""),
    in: "header",
    required: header === "If-Match",
    schema: { type: "string" },
  }));
  return {
    summary,
    ...(description ? { description } : {}),
    tags: [tag],
    parameters: [...inPath, ...inQuery, ...inHeader],
    ...(body
      ? {
          requestBody: {
            content: {
              "application/json": {
                schema: z.toJSONSchema(body.schema, { io: "input" }),
                example: body.example,
              },
            },
          },
        }
      : {}),
    responses: {
      200: { description: summary, content: { "application/json": { schema: answer } } },
      ...Object.fromEntries(
        [401, ...refusals].map((status) => [
          status,
          {
            description: TITLES[status] ?? "Refused",
            content: { "application/problem+json": { schema: ref("Problem") } },
          },
        ]),
      ),
    },
  };
}
