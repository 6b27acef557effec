import { AROUND_A1, FIGURES, type Row } from "./row";

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
];
