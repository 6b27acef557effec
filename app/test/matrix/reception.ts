import { AROUND_A1, FIGURES, type Row, type Who } from "./row";

/** Whoever keeps a counter log, each at their own station. */
const KEEPERS: readonly Who[] = FIGURES.filter((who) => who !== "overseer");
/** Whoever publishes answers: the city, towns and homes. */
const PUBLISHERS: readonly Who[] = ["admin", "headA", "clerkA", "headB", "homeHead", "stranger"];
/** Whoever answers questions of village a1. */
const ANSWERS: readonly Who[] = ["headA", "clerkA"];
const A1: readonly Who[] = ["headA1", "liaisonA1"];
const ABOVE_A1: readonly Who[] = ["admin", ...ANSWERS];
const NOBODY = "0198c000-0000-7000-8000-000000000000";
const reception = "routes/_app.reception";
const topics = "routes/_app.settings.catalogue.topics";
const ADMINS: readonly Who[] = ["admin", "stranger"];
const hole = { topic: "\u0000" };
/** An entry of village a1 that waits for town A. */
const entry: Row["path"] = (_, { reception: id }) => `/reception/${id}`;

const step = (intent: string, may: readonly Who[]): Row => ({
  route: `${reception}.$receptionId`,
  method: "POST",
  intent,
  path: entry,
  // Of a version that never was: a conflict for whoever may take the step.
  form: { version: "999", answer: "x", reply: "x", reason: "x" },
  may,
});

export const rows: Row[] = [
  { route: `${reception}._index`, method: "GET", path: "/reception", may: FIGURES },
  {
    route: `${reception}._index`,
    method: "GET",
    path: (city) => `/reception?station=${city.a1.id}`,
    may: AROUND_A1,
  },
  { route: "routes/reception.export", method: "GET", path: "/reception/export", may: KEEPERS },
  { route: `${reception}.new`, method: "GET", path: "/reception/new", may: KEEPERS },
  ...["save", "next"].map(
    (intent): Row => ({
      route: `${reception}.new`,
      method: "POST",
      intent,
      path: "/reception/new",
      form: hole,
      may: KEEPERS,
    }),
  ),
  { route: `${reception}.knowledge`, method: "GET", path: "/reception/knowledge", may: FIGURES },
  {
    route: `${reception}.knowledge`,
    method: "POST",
    intent: "publish",
    path: "/reception/knowledge",
    form: hole,
    may: PUBLISHERS,
  },
  {
    route: `${reception}.knowledge`,
    method: "POST",
    intent: "withdraw",
    path: "/reception/knowledge",
    form: { id: "nothing", version: "1" },
    may: PUBLISHERS,
  },
  { route: `${reception}.$receptionId`, method: "GET", path: entry, may: AROUND_A1 },
  { route: `${reception}.$receptionId`, method: "GET", path: `/reception/${NOBODY}`, may: [] },
  step("answer", A1),
  step("pass_up", A1),
  step("take_back", A1),
  step("reopen", A1),
  step("strike", A1),
  // Whoever answers below gets as far as the version: the entry waits for the town.
  step("reply", ANSWERS),
  step("pass_on", ANSWERS),
  {
    route: `${reception}.$receptionId`,
    method: "POST",
    intent: "publish",
    path: entry,
    // Whoever publishes gets as far as the entry: it has not been answered.
    form: { topic: "07", knowledgeQuestion: "x", knowledgeAnswer: "x" },
    may: ABOVE_A1,
  },
  {
    route: `${reception}.$receptionId`,
    method: "POST",
    intent: "reveal",
    path: entry,
    form: { purpose: "contact" },
    may: [...ABOVE_A1, ...A1],
  },
  { route: topics, method: "GET", path: "/settings/catalogue/topics", may: FIGURES },
  ...["add", "edit"].map(
    (intent): Row => ({
      route: topics,
      method: "POST",
      intent,
      path: "/settings/catalogue/topics",
      form: { code: "", nameZh: "", nameEn: "" },
      may: ADMINS,
    }),
  ),
];
