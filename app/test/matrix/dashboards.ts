import { FIGURES, type Row } from "./row";

export const rows: Row[] = [
  { route: "routes/_app.dashboard._index", method: "GET", path: "/dashboard", may: FIGURES },
  ...["completeness", "assistance", "compliance", "staffing", "figures"].map(
    (page): Row => ({
      route: `routes/_app.dashboard.${page}`,
      method: "GET",
      path: `/dashboard/${page}`,
      may: FIGURES,
    }),
  ),
  {
    route: "routes/dashboard.export",
    method: "GET",
    path: "/dashboard/export?page=completeness&format=csv",
    may: FIGURES,
  },
];
