import { FIGURES, type Row, type Who } from "./row";

const NO_LIAISON = (who: Who) => who !== "liaisonA1";
/** Whoever reads petitions of their stations: no liaison. */
const READERS: readonly Who[] = FIGURES.filter(NO_LIAISON);
/** Whoever registers petitions, each at their own station. */
const KEEPERS: readonly Who[] = READERS.filter((who) => who !== "overseer");
const SEES_A1: readonly Who[] = ["admin", "overseer", "headA", "clerkA", "headA1"];
const HEAD: readonly Who[] = ["headA1"];
const ABOVE: readonly Who[] = ["admin", "headA", "clerkA"];
const NOBODY = "0198c000-0000-7000-8000-000000000000";
const petitions = "routes/_app.petitions";
const limits = "routes/_app.settings.catalogue.petitions";
/** A petition of village a1 that was accepted. */
const one: Row["path"] = (_, { petition: id }) => `/petitions/${id}`;
const form: Row["path"] = (_, { petition: id }) => `/petitions/${id}?index`;

const step = (intent: string, may: readonly Who[]): Row => ({
  route: `${petitions}.$petitionId._index`,
  method: "POST",
  intent,
  path: form,
  // Of a version that never was: a conflict for whoever may take the step.
  form: { version: "999", text: "x", on: "", days: "1", backlog: "yes", leaderId: NOBODY },
  may,
});

export const rows: Row[] = [
  { route: `${petitions}._index`, method: "GET", path: "/petitions", may: READERS },
  {
    route: `${petitions}._index`,
    method: "GET",
    path: (city) => `/petitions?station=${city.a1.id}`,
    may: SEES_A1,
  },
  { route: "routes/petitions.export", method: "GET", path: "/petitions/export", may: KEEPERS },
  { route: `${petitions}.new`, method: "GET", path: "/petitions/new", may: KEEPERS },
  {
    route: `${petitions}.new`,
    method: "POST",
    path: "/petitions/new",
    form: { subject: "\u0000" },
    may: KEEPERS,
  },
  { route: `${petitions}.$petitionId._index`, method: "GET", path: one, may: SEES_A1 },
  { route: `${petitions}.$petitionId._index`, method: "GET", path: `/petitions/${NOBODY}`, may: [] },
  ...[
    ...["accept", "refer", "refuse", "reply", "withdraw", "lead", "flag", "record", "ask_time", "follow_up"],
    ...["ask_review", "ask_final", "archive"],
  ].map((intent) => step(intent, HEAD)),
  // Granted by the station's own head or from above.
  step("grant_time", ["admin", "headA", "headA1"]),
  step("deny_time", ["admin", "headA", "headA1"]),
  step("answer_review", ["headA"]),
  step("answer_final", ["admin"]),
  step("urge", ABOVE),
  {
    route: `${petitions}.$petitionId._index`,
    method: "POST",
    intent: "reveal",
    path: form,
    form: { purpose: "contact" },
    may: [...ABOVE, ...HEAD],
  },
  {
    route: `${petitions}.$petitionId_.notices.$kind`,
    method: "GET",
    path: (_, { petition: id }) => `/petitions/${id}/notices/acceptance`,
    may: SEES_A1,
  },
  {
    route: `${petitions}.$petitionId_.notices.$kind`,
    method: "GET",
    path: (_, { petition: id }) => `/petitions/${id}/notices/reply`,
    may: [],
  },
  { route: limits, method: "GET", path: "/settings/catalogue/petitions", may: FIGURES },
  {
    route: limits,
    method: "POST",
    path: "/settings/catalogue/petitions",
    form: { validFrom: "" },
    may: ["admin", "stranger"],
  },
];
