import { FIGURES, type Row, type Who } from "./row";

/** Who works with figures sees the registers of their stations. */
const SEES_A: readonly Who[] = ["admin", "overseer", "headA", "clerkA"];
const SEES_A1: readonly Who[] = [...SEES_A, "headA1", "liaisonA1"];
const WRITES_A: readonly Who[] = ["admin", "headA", "clerkA"];
const WRITES_A1: readonly Who[] = ["admin", "headA1"];
/** Who writes a register anywhere gets as far as an incomplete form. */
const WRITERS: readonly Who[] = [
  ...["admin", "headA", "clerkA", "headA1", "headB", "headA2", "homeHead", "pointHead", "stranger"],
] as Who[];
const NOBODY = "0198c000-0000-7000-8000-000000000000";

const staff = "routes/_app.stations.$stationId.staff";
const trainings = "routes/_app.stations.$stationId.trainings";
const at =
  (rest: string): Row["path"] =>
  (city) =>
    `/stations/${city.a1.id}/${rest}`;
const incomplete = (route: string, path: Row["path"], intents: readonly (string | undefined)[]): Row[] =>
  intents.map((intent) => ({
    route,
    method: "POST",
    ...(intent ? { intent } : {}),
    path,
    form: { name: "\u0000" },
    may: WRITERS,
  }));

export const rows: Row[] = [
  { route: "routes/_app.staff", method: "GET", path: "/staff", may: FIGURES },
  {
    route: "routes/_app.staff",
    method: "GET",
    path: (city) => `/staff?station=${city.a1.id}`,
    may: SEES_A1,
  },
  { route: `${staff}._index`, method: "GET", path: at("staff"), may: SEES_A1 },
  {
    route: `${staff}._index`,
    method: "GET",
    path: (city) => `/stations/${city.townA.id}/staff?below=1`,
    may: SEES_A,
  },
  { route: `${staff}.new`, method: "GET", path: at("staff/new"), may: WRITES_A1 },
  {
    route: `${staff}.new`,
    method: "GET",
    path: (city) => `/stations/${city.townA.id}/staff/new`,
    may: WRITES_A,
  },
  ...incomplete(`${staff}.new`, at("staff/new"), [undefined]),
  {
    route: `${staff}.new`,
    method: "POST",
    path: at("staff/new"),
    // Complete but for its day, which the row itself refuses: whoever may write here gets as far as that.
    form: {
      ...{ name: "甲", post: "联络员", employment: "full_time", phone: "", education: "unknown" },
      validFrom: "2099-01-01",
    },
    may: WRITES_A1,
  },
  // Nobody of that number serves there.
  { route: `${staff}.$staffId`, method: "GET", path: at(`staff/${NOBODY}`), may: [] },
  ...incomplete(`${staff}.$staffId`, at(`staff/${NOBODY}`), ["change", "correct", "end", "cover"]),
  { route: `${staff}.posts`, method: "GET", path: at("staff/posts"), may: WRITES_A1 },
  ...incomplete(`${staff}.posts`, at("staff/posts"), ["posts", "leader", "leave"]),
  { route: `${staff}.import`, method: "GET", path: at("staff/import"), may: WRITES_A1 },
  ...incomplete(`${staff}.import`, at("staff/import"), ["preview", "confirm"]),
  {
    route: "routes/stations.$stationId.staff.export",
    method: "GET",
    path: at("staff/export"),
    may: SEES_A1,
  },
  {
    route: "routes/_app.stations.$stationId.staffing",
    method: "GET",
    path: at("staffing?people=900&staff=1"),
    may: SEES_A1,
  },
  { route: `${trainings}._index`, method: "GET", path: at("trainings"), may: SEES_A1 },
  { route: `${trainings}.new`, method: "GET", path: at("trainings/new"), may: WRITES_A1 },
  ...incomplete(`${trainings}.new`, at("trainings/new"), [undefined]),
  { route: `${trainings}.$trainingId`, method: "GET", path: at(`trainings/${NOBODY}`), may: [] },
  ...incomplete(`${trainings}.$trainingId`, at(`trainings/${NOBODY}`), ["attendance", "edit", "cancel"]),
];
