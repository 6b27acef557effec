import { AROUND_A, AROUND_A1, FIGURES, type Row, type Who } from "./row";

/** Whoever plans inspections, of their own station; another city's administrator plans there. */
const PLANNERS: readonly Who[] = ["admin", "headA", "headB", "homeHead", "stranger"];
/** Whoever goes on inspections somewhere gets as far as the row. */
const RAISERS: readonly Who[] = [...PLANNERS, "clerkA"];
/** Whoever raises findings at village a1. */
const RAISES_AT_A1: readonly Who[] = ["admin", "headA", "clerkA"];
const NONE = "0198c000-0000-7000-8000-000000000000";

const inspection = "routes/_app.inspections";
const one = `${inspection}.$inspectionId`;
const finding = "routes/_app.findings";
/** A version that is none: a conflict for whoever may take the step. */
const stale = { version: "999" };
const words = {
  circular: "x",
  reason: "x",
  theme: "x",
  note: "",
  startsOn: "2099-01-01",
  endsOn: "2099-01-02",
};

const step = (intent: string): Row => ({
  route: `${one}._index`,
  method: "POST",
  intent,
  path: (_, extra) => `/inspections/${extra.inspection}?index`,
  form: { ...stale, ...words },
  may: ["headA"],
});

const said = { measures: "x", seen: "x", newDue: "", why: "x", urge: "x", extendTo: "2099-01-01" };
const judge = (intent: string, may: readonly Who[]): Row => ({
  route: `${finding}.$findingId`,
  method: "POST",
  intent,
  path: (_, extra) => `/findings/${extra.finding}`,
  form: { ...stale, ...said, reason: "x" },
  may,
});

export const rows: Row[] = [
  { route: `${inspection}._index`, method: "GET", path: "/inspections", may: FIGURES },
  { route: `${inspection}.new`, method: "GET", path: "/inspections/new", may: PLANNERS },
  {
    route: `${inspection}.new`,
    method: "POST",
    path: "/inspections/new",
    form: { theme: "" },
    may: PLANNERS,
  },
  {
    // Run by town A at village a1: seen by both, by the city, and by nobody beside them.
    route: `${one}._index`,
    method: "GET",
    path: (_, extra) => `/inspections/${extra.inspection}`,
    may: AROUND_A1,
  },
  ...["edit", "begin", "conclude", "call_off"].map(step),
  {
    route: `${one}.stations.$stationId`,
    method: "GET",
    path: (city, extra) => `/inspections/${extra.inspection}/stations/${city.a1.id}`,
    may: ["headA", "clerkA"],
  },
  {
    route: `${one}.stations.$stationId`,
    method: "POST",
    intent: "raise",
    path: (city, extra) => `/inspections/${extra.inspection}/stations/${city.a1.id}`,
    // An item that the inspection does not have.
    form: { item: "99", body: "x", severity: "minor", dueOn: "" },
    may: ["headA", "clerkA"],
  },
  {
    route: `${one}.stations.$stationId`,
    method: "POST",
    intent: "visit",
    path: (city, extra) => `/inspections/${extra.inspection}/stations/${city.a1.id}`,
    // It has been called off: nothing is seen any more.
    form: { seen: "x" },
    may: ["headA", "clerkA"],
  },
  {
    route: `${one}_.circular`,
    method: "GET",
    path: (_, extra) => `/inspections/${extra.concluded}/circular`,
    may: AROUND_A1,
  },
  { route: `${finding}._index`, method: "GET", path: "/findings", may: FIGURES },
  {
    route: `${finding}._index`,
    method: "GET",
    path: (city) => `/findings?station=${city.townA.id}`,
    may: AROUND_A,
  },
  { route: "routes/findings.export", method: "GET", path: "/findings/export", may: FIGURES },
  {
    route: "routes/findings.export",
    method: "GET",
    path: (city) => `/findings/export?station=${city.townA.id}`,
    may: AROUND_A,
  },
  {
    route: `${finding}.new`,
    method: "GET",
    path: (city) => `/findings/new?station=${city.a1.id}`,
    may: RAISES_AT_A1,
  },
  {
    // Nobody records a finding of their own station.
    route: `${finding}.new`,
    method: "GET",
    path: (city) => `/findings/new?station=${city.townA.id}`,
    may: ["admin"],
  },
  {
    route: `${finding}.new`,
    method: "POST",
    path: (city) => `/findings/new?station=${city.a1.id}`,
    form: { item: "", body: "", severity: "minor", dueOn: "" },
    may: RAISERS,
  },
  {
    route: `${finding}.new`,
    method: "POST",
    path: (city) => `/findings/new?station=${city.a1.id}`,
    // Complete but for its day, which the row itself refuses: whoever may write here gets as far as that.
    form: { item: "", body: "x", severity: "minor", dueOn: "2000-01-01" },
    may: RAISES_AT_A1,
  },
  {
    route: `${finding}.$findingId`,
    method: "GET",
    path: (_, extra) => `/findings/${extra.finding}`,
    may: AROUND_A1,
  },
  { route: `${finding}.$findingId`, method: "GET", path: `/findings/${NONE}`, may: [] },
  judge("answer", ["headA1"]),
  judge("close", ["headA"]),
  judge("send_back", ["headA"]),
  judge("extend", ["headA"]),
  judge("withdraw", ["headA"]),
  judge("urge", RAISES_AT_A1),
];
