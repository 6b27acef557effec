import type { ImportPlan } from "@muster/db/queries/stations/import";
import type { Translate } from "~/i18n/locales";
import { type ImportView, importView } from "../registers/import-frame.server";

/** Draws a plan with the sentences for what is wrong; `stale` when the stations changed since it was shown last. */
export function stationImportView(
  { create, rename, unchanged, errors, digest }: ImportPlan,
  bytes: Uint8Array,
  openedOn: string,
  t: Translate,
  stale = false,
): ImportView {
  const plan = {
    add: create.map(({ line, name, level, code }) => ({
      line,
      cells: [name, t(`stations:level.${level}`), code],
    })),
    change: rename.map(({ line, from, to, code }) => ({ line, cells: [from, to, code] })),
    unchanged,
    faults: errors.map(({ line, code, problem, params }) => ({
      line,
      name: code,
      problem: `stations:import.problem.${problem}`,
      ...(params ? { params } : {}),
    })),
    digest,
  };
  return { ...importView(bytes, plan, t, { openedOn }), stale };
}
