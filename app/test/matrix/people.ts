import type { Row, Who } from "./row";
import { FIGURES, MEMBERS } from "./row";

/** Whoever works with figures reads the archives of their stations, masked. */
const SEES_A1: readonly Who[] = ["admin", "overseer", "headA", "clerkA", "headA1", "liaisonA1"];
/** Who keeps an archive anywhere gets as far as an incomplete form, or nobody's record. */
const KEEPERS: readonly Who[] = [
  ...(["headA", "clerkA", "headA1", "liaisonA1", "headB", "headA2", "homeHead", "pointHead"] as const),
];
const ADMINS: readonly Who[] = ["admin", "stranger"];
const DECIDERS: readonly Who[] = [...ADMINS, "headA", "clerkA", "headB", "homeHead"];
const NOBODY = "0198c000-0000-7000-8000-000000000000";
/** A person whom the test has registered at village a1. */
const person: Row["path"] = (_, { person: id }) => `/people/${id}`;
const people = "routes/_app.people";
const hole = { name: "\u0000" };

const forms = (route: string, path: Row["path"], may: readonly Who[], intents: readonly string[]): Row[] =>
  intents.map((intent) => ({ route, method: "POST", intent, path, form: hole, may }));

export const rows: Row[] = [
  { route: `${people}._index`, method: "GET", path: "/people", may: FIGURES },
  { route: `${people}._index`, method: "GET", path: (city) => `/people?station=${city.a1.id}`, may: SEES_A1 },
  ...forms(`${people}._index`, "/people?index", FIGURES, ["find"]),
  ...forms(`${people}._index`, "/people?index", KEEPERS, ["confirm"]),
  { route: `${people}.new`, method: "GET", path: "/people/new", may: KEEPERS },
  ...forms(`${people}.new`, "/people/new", KEEPERS, ["register", "ask"]),
  { route: `${people}.import`, method: "GET", path: "/people/import", may: [...ADMINS, ...KEEPERS] },
  ...forms(`${people}.import`, "/people/import", [...ADMINS, ...KEEPERS], ["preview", "confirm"]),
  {
    route: "routes/people.import.progress",
    method: "GET",
    path: "/people/import/progress?run=none",
    may: [...ADMINS, ...KEEPERS],
  },
  { route: `${people}.transfers`, method: "GET", path: "/people/transfers", may: DECIDERS },
  ...forms(`${people}.transfers`, "/people/transfers", DECIDERS, ["accept", "refuse"]),
  {
    route: "routes/people.export",
    method: "GET",
    path: "/people/export",
    may: [...ADMINS, ...KEEPERS],
  },
  { route: `${people}.$personId._index`, method: "GET", path: person, may: SEES_A1 },
  {
    route: `${people}.$personId._index`,
    method: "POST",
    intent: "reveal",
    path: (_, { person: id }) => `/people/${id}?index`,
    form: { part: "basics", purpose: "verify" },
    may: ["admin", "headA", "clerkA", "headA1", "liaisonA1"],
  },
  {
    route: `${people}.$personId.sheet`,
    method: "GET",
    path: (_, { person: id }) => `/people/${id}/sheet`,
    may: SEES_A1,
  },
  {
    route: `${people}.$personId.sheet`,
    method: "POST",
    intent: "show",
    path: (_, { person: id }) => `/people/${id}/sheet`,
    form: { kind: "masked", purpose: "verify" },
    may: SEES_A1,
  },
  {
    route: `${people}.$personId.sheet`,
    method: "POST",
    intent: "show",
    path: (_, { person: id }) => `/people/${id}/sheet`,
    form: { kind: "full", purpose: "verify" },
    may: ["admin", "headA", "clerkA", "headA1", "liaisonA1"],
  },
  {
    route: `${people}.$personId._index`,
    method: "POST",
    intent: "confirm",
    path: (_, { person: id }) => `/people/${id}?index`,
    may: ["headA1", "liaisonA1"],
  },
  // Incomplete: whoever keeps an archive anywhere gets as far as that.
  ...forms(`${people}.$personId._index`, `/people/${NOBODY}?index`, KEEPERS, [
    "category",
    "endCategory",
    "leave",
    "merge",
    "reinstate",
  ]),
  {
    route: `${people}.$personId._index`,
    method: "POST",
    intent: "leave",
    path: (_, { person: id }) => `/people/${id}?index`,
    // Complete but for its day, which the row itself refuses.
    form: { version: "1", on: "2099-01-01", wayOut: "died", note: "" },
    may: ["headA1", "liaisonA1"],
  },
  {
    route: `${people}.$personId.$part`,
    method: "GET",
    path: (_, { person: id }) => `/people/${id}/health`,
    may: ["headA1", "liaisonA1"],
  },
  {
    route: `${people}.$personId.$part`,
    method: "POST",
    intent: "open",
    path: (_, { person: id }) => `/people/${id}/health`,
    may: ["headA1", "liaisonA1"],
  },
  {
    route: `${people}.$personId.$part`,
    method: "POST",
    intent: "section",
    path: (_, { person: id }) => `/people/${id}/needs`,
    // Of a version that never was.
    form: { version: "999", needs: "象棋" },
    may: ["headA1", "liaisonA1"],
  },
  ...forms(`${people}.$personId.$part`, `/people/${NOBODY}/basics`, KEEPERS, ["basics"]),
  { route: "routes/views", method: "POST", intent: "save", path: "/views", form: hole, may: MEMBERS },
  {
    route: "routes/views",
    method: "POST",
    intent: "drop",
    path: "/views",
    form: { register: "nothing", id: NOBODY },
    may: MEMBERS,
  },
];
