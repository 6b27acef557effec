import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";
import { describe, expect, it } from "vitest";
import { sectionsOf } from "./sections.server";

const ROUTES: [id: string, parentId: string | undefined, path?: string, index?: boolean][] = [
  ["root", undefined, ""],
  ["app", "root"],
  ["home", "app", undefined, true],
  ["stations", "app", "stations", true],
  ["station", "app", "stations/:stationId"],
  ["months", "station", "months/:period"],
  ["review", "app", "review"],
  ["queue", "review", undefined, true],
  ["review-one", "review", ":stationId"],
  ["lock", "app", "review/lock"],
  ["elder", "root", "settings/elder"],
  ["all", "root", "*"],
];

const record = Object.fromEntries(
  ROUTES.map(([id, parentId, path, index]) => [id, { id, parentId, path, index, module: {} }]),
);
const build = { routes: record, assets: { version: "1", routes: record } } as unknown as ServerBuild;

function match(part: ServerBuild, pathname: string) {
  const tree = (parentId?: string): object[] =>
    Object.values(part.routes)
      .filter((route) => route?.parentId === parentId)
      .map((route) => ({ ...route, children: route?.index ? undefined : tree(route?.id) }));
  return matchRoutes(tree() as Parameters<typeof matchRoutes>[0], pathname)?.map(
    ({ route, params }) => [route.id, params] as const,
  );
}

describe("the section of an address", () => {
  const section = sectionsOf(build);

  it.each([
    "/",
    "/stations",
    "/Stations/7",
    "/stations/7/months/202610",
    "/review",
    "/review/",
    "/review/lock",
    "/review/9",
    "/settings/elder",
    "/settings/none",
    "/nowhere/at/all",
    "/st%61tions/7",
    "//stations",
  ])("meets at %s the routes that the whole build meets", (pathname) => {
    expect(match(section(pathname), pathname)).toEqual(match(build, pathname));
  });

  it("holds no other routes, and the same of the assets", () => {
    const part = section("/stations/7");
    expect(Object.keys(part.routes).sort()).toEqual([
      "all",
      "app",
      "home",
      "months",
      "root",
      "station",
      "stations",
    ]);
    expect(Object.keys(part.assets.routes).sort()).toEqual(Object.keys(part.routes).sort());
    expect(part.assets.version).toBe("1");
  });

  it("is the same for a page and its data, and the whole build where the first segment decides nothing", () => {
    expect(section("/stations.data")).toBe(section("/stations/1"));
    for (const pathname of ["/", "/_root.data", "/__manifest", "/%72eview", "/unknown"]) {
      expect(section(pathname)).toBe(build);
    }
  });
});
