import { type Row, SIGNED_IN, type Who } from "./row";

const year = String(new Date(Date.now() + 8 * 3_600_000).getUTCFullYear());
const page = "routes/_app.stations.$stationId.assessments";
/** Who sees village a1 and its assessments. */
const SEES_A1: readonly Who[] = ["admin", "overseer", "headA", "clerkA", "headA1", "liaisonA1"];
/** Who looks at others: the lists of the stations below. */
const LOOKS: readonly Who[] = ["admin", "overseer", "headA", "clerkA", "headB", "homeHead", "stranger"];

/** A version that is none: a conflict for whoever may take the step. */
const stale = { version: "999" };
const step = (intent: string, may: readonly Who[]): Row => ({
  route: `${page}.$year`,
  method: "POST",
  intent,
  path: (city) => `/stations/${city.a1.id}/assessments/${year}`,
  form: { ...stale, reason: "x" },
  may,
});

const standards = "routes/_app.settings.standards";
const FIGURES: readonly Who[] = SIGNED_IN.filter((who) => who !== "operator" && who !== "auditor");
/** The administrator of another city changes that city's standards, never this one's. */
const EDITORS: readonly Who[] = ["admin", "stranger"];
const change = (
  route: string,
  path: string,
  intent: string | undefined,
  form: Record<string, string>,
): Row => ({
  route: `${standards}.${route}`,
  method: "POST",
  ...(intent === undefined ? {} : { intent }),
  path: `/settings/standards${path}`,
  form,
  may: EDITORS,
});
const item = {
  ...stale,
  dimension: "support",
  nameZh: "面积",
  nameEn: "Area",
  kind: "number",
  city: "",
  district: "",
  town: "",
  village: ">=30",
  points: "6",
  source: "",
};

export const rows: Row[] = [
  { route: "routes/_app.assessments", method: "GET", path: "/assessments", may: LOOKS },
  {
    route: "routes/_app.assessments",
    method: "GET",
    path: (city) => `/assessments?station=${city.townA.id}`,
    may: ["admin", "overseer", "headA", "clerkA"],
  },
  {
    route: `${page}._index`,
    method: "GET",
    path: (city) => `/stations/${city.a1.id}/assessments`,
    may: SEES_A1,
  },
  {
    route: `${page}.$year`,
    method: "GET",
    path: (city) => `/stations/${city.a1.id}/assessments/${year}`,
    may: SEES_A1,
  },
  step("save", ["headA1", "liaisonA1"]),
  step("submit", ["headA1"]),
  // The parent's people, and never the village itself.
  step("return", ["headA", "clerkA"]),
  step("check_save", ["headA", "clerkA"]),
  step("check", ["headA"]),
  step("spot_save", ["admin"]),
  step("spot_check", ["admin"]),
  {
    ...step("raise", ["admin", "headA", "clerkA"]),
    // It was never sent: nothing of it fails, which is said to whoever may raise a finding here.
    form: { code: "G1" },
  },
  { route: "routes/_app.standards", method: "GET", path: "/standards", may: FIGURES },
  { route: `${standards}._index`, method: "GET", path: "/settings/standards", may: FIGURES },
  change("_index", "?index", undefined, { from: "999", nameZh: "", nameEn: "" }),
  { route: `${standards}.$setNumber._index`, method: "GET", path: "/settings/standards/1", may: FIGURES },
  change("$setNumber._index", "/1?index", "publish", { ...stale, validFrom: "2099-01-01" }),
  change("$setNumber._index", "/1?index", "grades", stale),
  {
    // The first version is published: there is no form, for nobody.
    route: `${standards}.$setNumber.items.$code`,
    method: "GET",
    path: "/settings/standards/1/items/G1",
    may: [],
  },
  change("$setNumber.items.$code", "/1/items/G1", "save", item),
  change("$setNumber.items.$code", "/1/items/G1", "drop", stale),
  {
    route: `${standards}.compare`,
    method: "GET",
    path: "/settings/standards/compare?from=1&to=1",
    may: FIGURES,
  },
];
