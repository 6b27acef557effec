import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rolesAt } from "./actor";
import {
  allowedBelow,
  ancestorPaths,
  childPath,
  idsOf,
  type Kind,
  LEVELS,
  type Level,
  subtreeEnd,
  within,
} from "./station";

const anyIds = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 5 });
const pathOf = (ids: number[]) => ids.reduce(childPath, "/");

describe("a path", () => {
  it("names the stations from the city down", () => {
    expect(pathOf([7, 12])).toBe("/7/12/");
    expect(ancestorPaths("/7/12/")).toEqual(["/", "/7/"]);
    expect(ancestorPaths("/")).toEqual([]);
    fc.assert(
      fc.property(anyIds, (ids) => {
        expect(idsOf(pathOf(ids))).toEqual(ids);
        expect(ancestorPaths(pathOf(ids))).toEqual(ids.map((_, i) => pathOf(ids.slice(0, i))));
      }),
    );
  });

  it("lies in a subtree exactly when it lies in the range the row-level policies use", () => {
    fc.assert(
      fc.property(anyIds, anyIds, fc.boolean(), (root, other, below) => {
        const ids = below ? [...root, ...other] : other;
        const [top, path] = [pathOf(root), pathOf(ids)];
        const inRange = path >= top && path < subtreeEnd(top);
        expect(within(top, path)).toBe(inRange);
        expect(inRange).toBe(root.every((id, i) => ids[i] === id));
      }),
    );
    expect(within("/7/", "/70/")).toBe(false);
    expect(within("/7/", "/7/")).toBe(true);
  });
});

describe("the hierarchy", () => {
  it("never lets a level stand below itself or a lower one, and ends at villages and service points", () => {
    const walk = (level: Level, kind: Kind): void => {
      for (const below of allowedBelow(level, kind)) {
        expect(LEVELS.indexOf(below.level), `${level} ${kind}`).toBeGreaterThan(LEVELS.indexOf(level));
        walk(below.level, below.kind);
      }
    };
    walk("city", "station");
    expect(allowedBelow("village", "station")).toEqual([]);
    expect(allowedBelow("town", "cadre_home")).toEqual([{ level: "village", kind: "service_point" }]);
  });

  it("has roles for every level: the city's at the city, filing ones at the bottom", () => {
    expect(rolesAt("city", "station")).toEqual(["city_admin", "city_overseer", "city_auditor"]);
    expect(rolesAt("district", "station")).toEqual(["head", "clerk"]);
    expect(rolesAt("town", "station")).toEqual(["head", "clerk"]);
    expect(rolesAt("town", "cadre_home")).toEqual(["head", "clerk"]);
    expect(rolesAt("village", "station")).toEqual(["village_head", "village_liaison"]);
    expect(rolesAt("village", "service_point")).toEqual(["village_head", "village_liaison"]);
  });
});
