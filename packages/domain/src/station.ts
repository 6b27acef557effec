/** Levels of the hierarchy, top first. A city may have no districts; nothing assumes a fixed depth. */
export const LEVELS = ["city", "district", "town", "village"] as const;
export type Level = (typeof LEVELS)[number];

/** A cadre home stands under a city or district; its service points stand under it. */
export const KINDS = ["station", "cadre_home", "service_point"] as const;
export type Kind = (typeof KINDS)[number];

/** Station numbers from the root down, e.g. `/7/12/`; the city itself is `/`. */
export type StationPath = string;

/** The path of a child of `parent` with the number `id`. */
export function childPath(parent: StationPath, id: number): StationPath {
  return `${parent}${id}/`;
}

/** True when `path` is `root` or lies below it. */
export function within(root: StationPath, path: StationPath): boolean {
  return path.startsWith(root);
}

/**
 * Exclusive upper end of a subtree in "C" order: every path below `root` is in `[root, subtreeEnd(root))`.
 * The same bound stands in the row-level policies.
 */
export function subtreeEnd(root: StationPath): string {
  return `${root}\u{10FFFF}`;
}

/** Paths of the ancestors, root first, without the path itself: `/7/12/` gives `/` and `/7/`. */
export function ancestorPaths(path: StationPath): StationPath[] {
  const ids = idsOf(path);
  return ids.map((_, i) => (i === 0 ? "/" : `/${ids.slice(0, i).join("/")}/`));
}

/** Station numbers in a path, root first, the city excluded. */
export function idsOf(path: StationPath): number[] {
  return path.split("/").filter(Boolean).map(Number);
}

/** Which levels may stand directly below a level and kind. */
export function allowedBelow(level: Level, kind: Kind): { level: Level; kind: Kind }[] {
  if (kind === "cadre_home") return [{ level: "village", kind: "service_point" }];
  switch (level) {
    case "city":
      return [
        { level: "district", kind: "station" },
        { level: "town", kind: "station" },
        { level: "town", kind: "cadre_home" },
      ];
    case "district":
      return [
        { level: "town", kind: "station" },
        { level: "town", kind: "cadre_home" },
      ];
    case "town":
      return [{ level: "village", kind: "station" }];
    case "village":
      return [];
  }
}
