import type { ServerBuild } from "@remix-run/node";

/**
 * The parts of a build by the first segment of an address: a request for `/stations/…` can only meet the routes that
 * begin so, and those that begin with a parameter or with nothing. The framework flattens and compiles all the routes
 * it is given, five times for one page; with some seventy of them that was a seventh of a dashboard's time.
 *
 * Returns the part for an address, or the whole build where the first segment decides nothing (an escaped one, the
 * framework's own addresses, one that no route knows).
 */
export function sectionsOf(build: ServerBuild): (pathname: string) => ServerBuild {
  const firsts = new Set<string>();
  for (const id of Object.keys(build.routes)) {
    const first = firstOf(build, id);
    if (first !== null) firsts.add(first);
  }
  const sections = new Map<string, ServerBuild>();
  for (const first of firsts) sections.set(first, sectionOf(build, first));
  return (pathname) => {
    const first = (pathname.split("/", 2)[1] ?? "").replace(/\.data$/, "").toLowerCase();
    return sections.get(first) ?? build;
  };
}

/** The first segment that a route's address must have; null where any will do. */
function firstOf(build: ServerBuild, id: string): string | null {
  let path = "";
  for (let at: string | undefined = id; at !== undefined; at = build.routes[at]?.parentId) {
    path = `${build.routes[at]?.path ?? ""}/${path}`;
  }
  const first = path.split("/").find((segment) => segment !== "");
  return first === undefined || /^[:*]|\?$/.test(first) ? null : first.toLowerCase();
}

function sectionOf(build: ServerBuild, first: string): ServerBuild {
  const wanted = new Set<string>();
  for (const id of Object.keys(build.routes)) {
    const own = firstOf(build, id);
    if (own !== null && own !== first) continue;
    for (let at: string | undefined = id; at !== undefined; at = build.routes[at]?.parentId) wanted.add(at);
  }
  const only = <Value>(all: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(all).filter(([id]) => wanted.has(id)));
  return {
    ...build,
    routes: only(build.routes),
    assets: { ...build.assets, routes: only(build.assets.routes) },
  };
}
