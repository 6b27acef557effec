import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";

type Routes = ServerBuild["routes"];
type RouteObject = Parameters<typeof matchRoutes>[0][number];

function treeOf(routes: Routes, parentId?: string): RouteObject[] {
  return Object.values(routes)
    .filter((route) => route?.parentId === parentId)
    .map((route) => {
      if (!route) return {};
      const { id, path, index, caseSensitive } = route;
      // A pathless layout has no path of its own, as in the framework's own matching.
      return index
        ? { id, path, index, caseSensitive }
        : { id, path, caseSensitive, children: treeOf(routes, id) };
    });
}

/**
 * Tells the addresses that have no page: their answer is all there is, so an error must be a whole answer too,
 * where a page's error is data for the page to draw.
 */
export function resourceFinder(build: ServerBuild): (pathname: string) => boolean {
  const tree = treeOf(build.routes);
  return (pathname) => {
    const leaf = matchRoutes(tree, pathname)?.at(-1)?.route.id;
    return leaf !== undefined && build.routes[leaf]?.module.default === undefined;
  };
}
