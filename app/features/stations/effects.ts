import type { RenamePlan } from "@muster/db/queries/stations/edit";
import type { MonthChange } from "@muster/db/queries/stations/months";
import type { StructurePlan } from "@muster/db/queries/stations/structure";

/** One line of what a change does: the key of its sentence and the values in it. */
export interface EffectLine {
  key:
    | "stations"
    | "moving"
    | "ending"
    | "children"
    | "invitations"
    | "reports"
    | "reportsSame"
    | "belowNames"
    | "renamedInvitations";
  count: number;
  from?: string;
  to?: string;
  /** Who or which, written under the line. */
  names: string[];
}

export interface Effects {
  lines: EffectLine[];
  months: MonthChange[];
}

/** What a structural change does, in the order a reader asks for it. */
export function effectsOf(plan: StructurePlan): Effects {
  const { station, target, people, children } = plan;
  const from = station.ancestors.at(-1)?.name ?? "";
  const to = target?.name ?? "";
  const merge = target !== null && target.level === station.level;
  const lines: EffectLine[] = [
    { key: "children", count: children.length, names: children.map((child) => child.name) },
    { key: "stations", count: plan.stations, names: [] },
    { key: "moving", count: people.moving, names: [] },
    { key: "ending", count: people.ending.length, names: people.ending.map((person) => person.name) },
    { key: "invitations", count: plan.invitations, names: [] },
    merge
      ? { key: "reportsSame", count: plan.reports, to, names: [] }
      : { key: "reports", count: plan.reports, from, to, names: [] },
  ];
  return { lines: lines.filter((line) => line.count > 0), months: plan.months };
}

/** What a new name touches. */
export function renameEffectsOf({ below, invitations }: RenamePlan): Effects {
  const lines: EffectLine[] = [
    { key: "belowNames", count: below, names: [] },
    { key: "renamedInvitations", count: invitations, names: [] },
  ];
  return { lines: lines.filter((line) => line.count > 0), months: [] };
}
