import { ALL, AROUND_A1, FIGURES, MEMBERS, type Row } from "./row";

const report = "routes/api.v1.stations_.$stationId.reports.$period";
const a1: (after?: string) => Row["path"] =
  (after = "") =>
  (city, { period }) =>
    `/api/v1/stations/${city.a1.id}/reports/${period}${after}`;
const month: (at: "city" | "townA", after: string) => Row["path"] =
  (at, after) =>
  (city, { period }) =>
    `/api/v1/stations/${city[at].id}/periods/${period}/${after}`;

export const rows: Row[] = [
  { route: "routes/api.v1.$", method: "GET", path: "/api/v1/nothing", may: [] },
  ...(["POST", "PUT", "PATCH", "DELETE"] as const).map(
    (method): Row => ({
      route: "routes/api.v1.$",
      method,
      intent: method,
      path: "/api/v1/nothing",
      json: {},
      may: [],
    }),
  ),
  { route: "routes/api.v1.openapi[.]json", method: "GET", path: "/api/v1/openapi.json", may: ALL },
  { route: "routes/api.v1.me", method: "GET", path: "/api/v1/me", may: [...MEMBERS, "operator"] },
  { route: "routes/api.v1.indicators", method: "GET", path: "/api/v1/indicators", may: MEMBERS },
  { route: "routes/api.v1.stations", method: "GET", path: "/api/v1/stations", may: MEMBERS },
  { route: "routes/api.v1.completeness", method: "GET", path: "/api/v1/completeness", may: FIGURES },
  { route: "routes/api.v1.rollups", method: "GET", path: "/api/v1/rollups", may: FIGURES },
  { route: report, method: "GET", path: a1(), may: AROUND_A1 },
  {
    route: report,
    method: "PUT",
    intent: "PUT",
    path: a1(),
    // A version that is none: a conflict for whoever fills this station's report.
    json: { figures: {} },
    headers: { "If-Match": '"999"' },
    may: ["headA1", "liaisonA1"],
  },
  {
    route: `${report}_.submit`,
    method: "POST",
    intent: "POST",
    path: a1("/submit"),
    json: {},
    may: ["headA1"],
  },
  {
    route: `${report}_.return`,
    method: "POST",
    intent: "POST",
    path: a1("/return"),
    json: { figures: { C01: "核对" }, dueOn: "2099-01-01" },
    may: ["headA", "clerkA"],
  },
  {
    route: `${report}_.accept`,
    method: "POST",
    intent: "POST",
    path: a1("/accept"),
    json: {},
    may: ["headA"],
  },
  {
    route: `${report}_.amend`,
    method: "POST",
    intent: "POST",
    path: a1("/amend"),
    json: { reason: "核对" },
    may: ["headA", "headA1"],
  },
  ...(
    [
      ["sign-off", "townA", {}, ["headA"]],
      ["lock", "city", {}, ["admin"]],
      ["unlock", "townA", { reason: "核对", until: "2099-01-01" }, ["admin"]],
    ] as const
  ).map(
    ([step, at, json, may]): Row => ({
      route: `routes/api.v1.stations_.$stationId.periods.$period.${step}`,
      method: "POST",
      intent: "POST",
      path: month(at, step),
      json,
      may,
    }),
  ),
];
