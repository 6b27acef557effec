import { expect, test } from "vitest";
import { countsOf } from "./list-model.server";

test("homes and service points are counted by themselves, not as the level they stand at", () => {
  const counts = countsOf([
    { level: "city", kind: "station", open: 1, closed: 0 },
    { level: "town", kind: "station", open: 12, closed: 1 },
    { level: "town", kind: "cadre_home", open: 1, closed: 0 },
    { level: "village", kind: "station", open: 359, closed: 2 },
    { level: "village", kind: "service_point", open: 7, closed: 1 },
  ]);
  expect(counts.map(({ key, count, to }) => [key, count, to])).toEqual([
    ["level.town", 12, "/stations?level=town"],
    ["level.village", 359, "/stations?level=village"],
    ["level.cadre_home", 1, "/stations?level=cadre_home"],
    ["level.service_point", 7, "/stations?level=service_point"],
    ["closed", 4, "/stations?status=closed"],
  ]);
});
