import type { Row, Who } from "./row";
import { FIGURES } from "./row";

/** Whoever works with cases: everyone with figures but the liaisons. */
const READERS: readonly Who[] = FIGURES.filter((who) => who !== "liaisonA1");
/** Of village a1. */
const SEES_A1: readonly Who[] = ["admin", "overseer", "headA", "clerkA", "headA1"];
/** Who files for somebody of an archive of theirs. */
const KEEPERS: readonly Who[] = ["headA", "clerkA", "headA1", "headB", "headA2", "homeHead", "pointHead"];
const KEEPS_A1: readonly Who[] = ["headA", "clerkA", "headA1"];
const STEPPERS: readonly Who[] = ["admin", "stranger", ...KEEPERS];
const EDITORS: readonly Who[] = ["admin", "stranger"];
const NOBODY = "0198c000-0000-7000-8000-000000000000";
const hole = { text: "\u0000" };
const page = "routes/_app.assistance";
const types = "routes/_app.settings.catalogue.assistance";
/** A catalogue that is none: a conflict for whoever may change the city's. */
const stale = { version: "999999", from: "2099-01" };
const kind = {
  ...stale,
  ...{ code: "schooling", nameZh: "助学", nameEn: "Schooling", countsIn: "E02" },
  ...{ publicityDays: "7", yearlyLimit: "", repeatMonths: "12" },
  ...{ verify: "5", review: "5", approval: "5", payment: "5", followUp: "5" },
  materials: "id_card | 身份证 | ID card",
};
const here: Row["path"] = (_, { assistance: id }) => `/assistance/${id}`;

const step = (intent: string): Row => ({
  route: `${page}.$caseId._index`,
  method: "POST",
  intent,
  path: `/assistance/${NOBODY}?index`,
  form: hole,
  // Incomplete: whoever takes steps anywhere gets as far as that.
  may: STEPPERS,
});

export const rows: Row[] = [
  { route: `${page}._index`, method: "GET", path: "/assistance", may: READERS },
  {
    route: `${page}._index`,
    method: "GET",
    path: (city) => `/assistance?station=${city.a1.id}`,
    may: SEES_A1,
  },
  { route: "routes/assistance.export", method: "GET", path: "/assistance/export", may: READERS },
  { route: `${page}.publicity`, method: "GET", path: "/assistance/publicity", may: READERS },
  { route: `${page}.checklists._index`, method: "GET", path: "/assistance/checklists", may: READERS },
  { route: `${page}.checklists.$type`, method: "GET", path: "/assistance/checklists/one_off", may: READERS },
  { route: `${page}.new`, method: "GET", path: "/assistance/new", may: KEEPERS },
  {
    route: `${page}.new`,
    method: "GET",
    path: (_, { person }) => `/assistance/new?type=one_off&person=${person}`,
    may: KEEPS_A1,
  },
  {
    route: `${page}.new`,
    method: "POST",
    intent: "find",
    path: "/assistance/new",
    form: { q: "" },
    may: KEEPERS,
  },
  {
    route: `${page}.new`,
    method: "POST",
    intent: "apply",
    path: "/assistance/new",
    form: hole,
    may: KEEPERS,
  },
  {
    route: `${page}.new`,
    method: "POST",
    intent: "apply",
    path: "/assistance/new",
    // Complete but for its papers, which the kind asks for.
    form: (_, { person }) => ({
      ...{ person, type: "one_off", key: "0198c000-0000-7000-8000-000000000077", appliedBy: "person" },
      ...{ reason: "困难", size: "3", income: "0", pension: "0", asked: "100", missingBy: "" },
    }),
    may: KEEPS_A1,
  },
  { route: `${page}.$caseId._index`, method: "GET", path: here, may: SEES_A1 },
  {
    route: `${page}.$caseId_.checklist`,
    method: "GET",
    path: (_, { assistance: id }) => `/assistance/${id}/checklist`,
    may: SEES_A1,
  },
  {
    route: `${page}.$caseId_.refusal`,
    method: "GET",
    // Never refused: whoever sees the case is led back to it.
    path: (_, { assistance: id }) => `/assistance/${id}/refusal`,
    may: SEES_A1,
  },
  {
    route: `${page}.$caseId._index`,
    method: "POST",
    intent: "materials",
    path: (_, { assistance: id }) => `/assistance/${id}?index`,
    // Of a version that never was.
    form: { version: "999", missingBy: "" },
    may: ["admin", ...KEEPS_A1],
  },
  {
    route: `${page}.$caseId._index`,
    method: "POST",
    intent: "verify",
    path: (_, { assistance: id }) => `/assistance/${id}?index`,
    // Without a photo, or of a version that never was: the first verifier is of the village, the second of the town.
    form: { version: "999", text: "属实" },
    may: KEEPS_A1,
  },
  ...[
    ...[
      "pass",
      "send_back",
      "clear",
      "object",
      "approve",
      "pay",
      "advance",
      "complete",
      "confirm",
      "follow_up",
    ],
    ...["refuse", "appeal", "uphold", "reopen", "withdraw"],
  ].map(step),
  { route: `${types}._index`, method: "GET", path: "/settings/catalogue/assistance", may: FIGURES },
  { route: `${types}.$code`, method: "GET", path: "/settings/catalogue/assistance/one_off", may: EDITORS },
  ...(["save", "add", "retire", "drop"] as const).map(
    (intent): Row => ({
      route: `${types}.$code`,
      method: "POST",
      intent,
      path: "/settings/catalogue/assistance/one_off",
      form: intent === "save" || intent === "add" ? kind : stale,
      may: EDITORS,
    }),
  ),
  { route: `${types}.budgets`, method: "GET", path: "/settings/catalogue/assistance/budgets", may: EDITORS },
  {
    route: `${types}.budgets`,
    method: "POST",
    path: "/settings/catalogue/assistance/budgets",
    form: (city) => ({ station: String(city.townA.id), year: "2026", version: "7", amount: "100" }),
    may: ["admin"],
  },
];
