import { type Kind, LEVELS, type Level } from "@muster/domain/station";

/** What stations are told apart by in lists: the levels, and the kinds that are no ordinary station. */
export const TYPES = [...LEVELS, "cadre_home", "service_point"] as const;

/** The key of what a station is called by level and kind. */
export function levelKey(level: Level, kind: Kind): `level.${Level | "cadre_home" | "service_point"}` {
  return kind === "station" ? `level.${level}` : `level.${kind}`;
}

/** Names from the top to the parent, as one line. */
export function ancestry(ancestors: readonly { name: string }[]): string {
  return ancestors.map((ancestor) => ancestor.name).join(" › ");
}

/** What marks a station's state: its tone and the key of its word. */
export function stateOf(station: {
  closedOn?: string | null;
  status?: "open" | "closed";
  mergedInto: number | null;
  required: boolean;
}): { tone: "good" | "mute"; key: "status.merged" | "status.closed" | "status.notRequired" | "status.open" } {
  if (station.mergedInto) return { tone: "mute", key: "status.merged" };
  if (station.closedOn || station.status === "closed") return { tone: "mute", key: "status.closed" };
  return station.required
    ? { tone: "good", key: "status.open" }
    : { tone: "mute", key: "status.notRequired" };
}
