import { FIGURES, type Row, type Who } from "./row";

/** Whoever works with figures reads the register of their stations. */
const SEES_A1: readonly Who[] = ["admin", "overseer", "headA", "clerkA", "headA1", "liaisonA1"];
/** Who enters visits anywhere gets as far as an incomplete form, or nobody's record. */
const KEEPERS: readonly Who[] = [
  ...(["headA", "clerkA", "headA1", "liaisonA1", "headB", "headA2", "homeHead", "pointHead"] as const),
];
/** Who enters them at village a1: its own people, and the town's for whom they saw there. */
const AT_A1: readonly Who[] = ["headA", "clerkA", "headA1", "liaisonA1"];
const ADMINS: readonly Who[] = ["admin", "stranger"];
const NOBODY = "0198c000-0000-7000-8000-000000000000";
const visits = "routes/_app.visits";
const rules = "routes/_app.settings.catalogue.contacts";
const stale = { version: "999999", from: "2099-01" };
const hole = { name: "\u0000" };

const forms = (route: string, path: Row["path"], may: readonly Who[], intents: readonly string[]): Row[] =>
  intents.map((intent) => ({ route, method: "POST", intent, path, form: hole, may }));

export const rows: Row[] = [
  { route: `${visits}._index`, method: "GET", path: "/visits", may: FIGURES },
  { route: `${visits}._index`, method: "GET", path: (city) => `/visits?station=${city.a1.id}`, may: SEES_A1 },
  {
    route: `${visits}._index`,
    method: "GET",
    path: (_, { person }) => `/visits?person=${person}`,
    may: SEES_A1,
  },
  { route: "routes/visits.export", method: "GET", path: "/visits/export", may: [...ADMINS, ...KEEPERS] },
  { route: `${visits}.due`, method: "GET", path: "/visits/due", may: FIGURES },
  {
    route: `${visits}.due`,
    method: "GET",
    path: (city) => `/visits/due?station=${city.a1.id}`,
    may: SEES_A1,
  },
  {
    route: `${visits}.due`,
    method: "POST",
    path: "/visits/due",
    // Of a worker who is none.
    form: (city, { person }) => ({ station: String(city.a1.id), records: person, worker: NOBODY }),
    may: AT_A1,
  },
  { route: `${visits}.new`, method: "GET", path: "/visits/new", may: KEEPERS },
  {
    route: `${visits}.new`,
    method: "GET",
    path: (_, { person }) => `/visits/new?person=${person}`,
    may: AT_A1,
  },
  {
    route: `${visits}.new`,
    method: "POST",
    intent: "find",
    path: "/visits/new",
    form: (city) => ({ station: String(city.a1.id), q: "zxm" }),
    may: AT_A1,
  },
  {
    route: `${visits}.new`,
    method: "POST",
    intent: "save",
    path: "/visits/new",
    // By nobody.
    form: (city, { person }) => ({
      ...{ id: NOBODY, station: String(city.a1.id), records: person, heldOn: "2026-01-01" },
      ...{ channel: "visit", occasion: "routine", worker: NOBODY },
    }),
    may: AT_A1,
  },
  ...forms(`${visits}.new`, "/visits/new", KEEPERS, ["photo"]),
  { route: `${visits}.$visitId`, method: "GET", path: (_, { visit }) => `/visits/${visit}`, may: SEES_A1 },
  {
    route: `${visits}.$visitId`,
    method: "POST",
    intent: "close",
    path: (_, { visit }) => `/visits/${visit}`,
    form: { version: "999" },
    may: AT_A1,
  },
  {
    route: `${visits}.$visitId`,
    method: "POST",
    intent: "void",
    path: (_, { visit }) => `/visits/${visit}`,
    form: { version: "999", reason: "录错" },
    may: AT_A1,
  },
  {
    route: `${visits}.people.$personId`,
    method: "GET",
    path: (_, { person }) => `/visits/people/${person}`,
    may: SEES_A1,
  },
  {
    route: `${visits}.people.$personId`,
    method: "POST",
    intent: "note",
    path: (_, { person }) => `/visits/people/${person}`,
    // A day that has not come.
    form: { event: "hospital", on: "2099-01-01" },
    may: AT_A1,
  },
  ...forms(`${visits}.people.$personId`, `/visits/people/${NOBODY}`, KEEPERS, ["end"]),
  { route: `${visits}.plans._index`, method: "GET", path: "/visits/plans", may: FIGURES },
  { route: `${visits}.plans._index`, method: "POST", path: "/visits/plans?index", form: hole, may: KEEPERS },
  {
    route: `${visits}.plans.$planId`,
    method: "GET",
    path: (_, { plan }) => `/visits/plans/${plan}`,
    may: SEES_A1,
  },
  {
    route: `${visits}.plans.$planId`,
    method: "POST",
    intent: "log",
    path: (_, { plan }) => `/visits/plans/${plan}`,
    form: { id: NOBODY, record: NOBODY },
    // Nobody of this id is on the plan: whoever may is answered 404 as well.
    may: [],
  },
  ...(["assign", "drop", "add"] as const).map(
    (intent): Row => ({
      route: `${visits}.plans.$planId`,
      method: "POST",
      intent,
      path: (_, { plan }) => `/visits/plans/${plan}`,
      form: { records: NOBODY, worker: NOBODY },
      may: AT_A1,
    }),
  ),
  {
    route: `${visits}.plans.$planId`,
    method: "POST",
    intent: "find",
    path: (_, { plan }) => `/visits/plans/${plan}`,
    form: { q: "zxm" },
    may: AT_A1,
  },
  { route: `${rules}._index`, method: "GET", path: "/settings/catalogue/contacts", may: FIGURES },
  { route: `${rules}.$code`, method: "GET", path: "/settings/catalogue/contacts/R1", may: ADMINS },
  {
    route: `${rules}.$code`,
    method: "POST",
    intent: "save",
    path: "/settings/catalogue/contacts/R1",
    form: {
      ...stale,
      ...{
        nameZh: "每月",
        nameEn: "Monthly",
        every: "P1M",
        asked: "any",
        days: "",
        fromAge: "",
        everyone: "on",
      },
    },
    may: ADMINS,
  },
  {
    route: `${rules}.$code`,
    method: "POST",
    intent: "retire",
    path: "/settings/catalogue/contacts/R1",
    form: stale,
    may: ADMINS,
  },
];
