import { AROUND_A, AROUND_A1, FIGURES, type Row } from "./row";

const report = "routes/_app.stations_.$stationId_.months.$period";
const a1: (after?: string) => Row["path"] =
  (after = "") =>
  (city, { period }) =>
    `/stations/${city.a1.id}/months/${period}${after}`;

export const rows: Row[] = [
  { route: "routes/_app.months._index", method: "GET", path: "/months", may: FIGURES },
  { route: "routes/_app.months.$period", method: "GET", path: (_, x) => `/months/${x.period}`, may: FIGURES },
  { route: report, method: "GET", path: a1(), may: AROUND_A1 },
  { route: `${report}_.history`, method: "GET", path: a1("/history"), may: AROUND_A1 },
  { route: `${report}_.print`, method: "GET", path: a1("/print"), may: AROUND_A1 },
  ...["save", "review", "nil"].map(
    (intent, index): Row => ({
      route: report,
      method: "POST",
      intent,
      path: a1(),
      // A figure of its own: a form that changes nothing is nothing to refuse.
      form: { version: "0", [`D0${index + 1}`]: "1" },
      may: ["headA1", "liaisonA1"],
    }),
  ),
  {
    route: report,
    method: "POST",
    intent: "remark",
    path: a1(),
    form: { body: "请核对" },
    may: AROUND_A,
  },
  {
    route: `${report}_.save`,
    method: "POST",
    intent: "POST",
    path: a1("/save"),
    // A version that is none: a conflict for whoever fills this station's report.
    json: { version: 999, figures: {}, reasons: {} },
    may: ["headA1", "liaisonA1"],
  },
  { route: `${report}_.submit`, method: "GET", path: a1("/submit"), may: ["headA1"] },
  ...["submit", "zeros"].map(
    (intent): Row => ({
      route: `${report}_.submit`,
      method: "POST",
      intent,
      path: a1("/submit"),
      form: { version: "999" },
      may: ["headA1"],
    }),
  ),
  { route: `${report}_.amend`, method: "GET", path: a1("/amend"), may: ["admin", "headA", "headA1"] },
  {
    route: `${report}_.amend`,
    method: "POST",
    intent: "amend",
    path: a1("/amend"),
    form: { version: "999", reason: "核对" },
    may: ["headA", "headA1"],
  },
  {
    route: `${report}_.amend`,
    method: "POST",
    intent: "cancel",
    path: a1("/amend"),
    form: { version: "999" },
    may: ["admin", "headA1"],
  },
];
