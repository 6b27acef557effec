import { MEMBERS, type Row, type Who } from "./row";

const SEES_A: readonly Who[] = ["admin", "overseer", "auditor", "headA", "clerkA"];
const SEES_A1: readonly Who[] = [...SEES_A, "headA1", "liaisonA1"];
/** Reorganises what is below: at village a1. */
const REORGANISES_A1: readonly Who[] = ["admin", "headA"];
const UPDATES_A1: readonly Who[] = ["admin", "headA", "clerkA", "headA1"];

/** Pages that prepare a change of village a1 and carry it out after a preview. */
const changes = ["close", "merge", "move", "rename", "reopen"].flatMap((change): Row[] => {
  const route = `routes/_app.stations.$stationId.${change}`;
  const path: Row["path"] = (city) => `/stations/${city.a1.id}/${change}`;
  return [
    { route, method: "GET", path, may: REORGANISES_A1 },
    ...["preview", "confirm"].map(
      (intent): Row => ({
        route,
        method: "POST",
        intent,
        path,
        // Incomplete: whoever reorganises stations anywhere gets this far.
        form: { on: "never" },
        may: ["admin", "headA", "headB", "homeHead", "stranger"],
      }),
    ),
  ];
});

export const rows: Row[] = [
  { route: "routes/_app.stations._index", method: "GET", path: "/stations", may: MEMBERS },
  {
    route: "routes/_app.stations.$stationId._index",
    method: "GET",
    path: (city) => `/stations/${city.a1.id}`,
    may: SEES_A1,
  },
  {
    route: "routes/_app.stations.$stationId._index",
    method: "GET",
    path: (city) => `/stations/${city.townA.id}`,
    may: SEES_A,
  },
  ...changes,
  ...(["edit", "facts", "premises"] as const).flatMap((page): Row[] => {
    const route = `routes/_app.stations.$stationId.${page}`;
    const path: Row["path"] = (city) => `/stations/${city.a1.id}/${page}`;
    return [
      { route, method: "GET", path, may: UPDATES_A1 },
      {
        route,
        method: "POST",
        path,
        form: { address: "\u0000" },
        may: ["admin", "headA", "clerkA", "headA1", "headA2", "headB", "homeHead", "pointHead", "stranger"],
      },
    ];
  }),
  {
    route: "routes/_app.stations.$stationId.new",
    method: "GET",
    path: (city) => `/stations/${city.townA.id}/new`,
    may: ["admin", "headA"],
  },
  ...["preview", "confirm"].map(
    (intent): Row => ({
      route: "routes/_app.stations.$stationId.new",
      method: "POST",
      intent,
      path: (city) => `/stations/${city.townA.id}/new`,
      form: { name: "\u0000" },
      may: ["admin", "headA", "headB", "homeHead", "stranger"],
    }),
  ),
  {
    route: "routes/_app.stations.import",
    method: "GET",
    path: "/stations/import",
    may: ["admin", "stranger"],
  },
  ...["preview", "confirm"].map(
    (intent): Row => ({
      route: "routes/_app.stations.import",
      method: "POST",
      intent,
      path: "/stations/import",
      form: { openedOn: "\u0000" },
      may: ["admin", "stranger"],
    }),
  ),
];
