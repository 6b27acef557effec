import { AROUND_A1, FIGURES, type Row, type Who } from "./row";

/** Brings evidence to village a1. */
const BRINGS_TO_A1: readonly Who[] = ["admin", "headA", "clerkA", "headA1", "liaisonA1"];
const at = (stationId: number) => `kind=station&id=${stationId}`;
/** No boundary, no parts: whoever may send gets as far as a 400. */
const BROKEN = { "Content-Type": "multipart/form-data; boundary=x" };
/** Whoever may bring evidence anywhere gets as far as the broken form. */
const BRINGS: readonly Who[] = [...BRINGS_TO_A1, "headB", "headA2", "homeHead", "pointHead", "stranger"];
const NONE = "00000000-0000-7000-8000-000000000000";

export const rows: Row[] = [
  { route: "routes/_app.evidence", method: "GET", path: "/evidence", may: FIGURES },
  {
    route: "routes/_app.evidence",
    method: "GET",
    path: (city) => `/evidence?${at(city.a1.id)}`,
    may: AROUND_A1,
  },
  {
    route: "routes/_app.evidence",
    method: "POST",
    path: (city) => `/evidence?${at(city.a1.id)}`,
    headers: BROKEN,
    may: BRINGS,
  },
  {
    route: "routes/evidence.send",
    method: "POST",
    path: (city) => `/evidence/send?${at(city.a1.id)}`,
    headers: { ...BROKEN, Accept: "application/json" },
    may: BRINGS,
  },
  // Who may see, remove and bring a real piece, and who may not, stands in app/test/evidence.test.ts.
  {
    route: "routes/evidence.$evidenceId",
    method: "GET",
    path: (_, extra) => `/evidence/${extra.evidence}`,
    may: AROUND_A1,
  },
  {
    route: "routes/evidence.$evidenceId_.thumbnail",
    method: "GET",
    path: `/evidence/${NONE}/thumbnail`,
    may: [],
  },
  {
    route: "routes/_app.evidence_.$evidenceId.edit",
    method: "GET",
    path: (_, extra) => `/evidence/${extra.evidence}/edit`,
    may: BRINGS_TO_A1,
  },
  {
    route: "routes/_app.evidence_.$evidenceId.edit",
    method: "POST",
    path: (_, extra) => `/evidence/${extra.evidence}/edit`,
    form: { version: "1", title: "", expiresOn: "" },
    may: BRINGS,
  },
  {
    route: "routes/_app.evidence_.$evidenceId.remove",
    method: "GET",
    path: (_, extra) => `/evidence/${extra.evidence}/remove`,
    may: BRINGS_TO_A1,
  },
  {
    route: "routes/_app.evidence_.$evidenceId.remove",
    method: "POST",
    path: (_, extra) => `/evidence/${extra.evidence}/remove`,
    form: { version: "1", reason: "" },
    may: BRINGS,
  },
];
