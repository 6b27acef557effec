import { openProblem } from "@muster/db/queries/month-steps";
import type { QueueRow } from "@muster/db/queries/review";
import type { Translate } from "~/i18n/locales";
import type { OpenLine } from "./model";

/** What stands in the way of closing a month, in words, with the excuse given so far. */
export function openLines(rows: readonly QueueRow[], t: Translate): OpenLine[] {
  const lines: OpenLine[] = [];
  for (const row of rows) {
    const problem = openProblem(row);
    if (!problem) continue;
    lines.push({
      stationId: row.stationId,
      name: row.name,
      problem: problem === "not_signed_off" ? t("review:signOff.problem.notSignedOff") : stateOf(row, t),
      reason: row.excused ?? "",
    });
  }
  return lines;
}

function stateOf({ status }: QueueRow, t: Translate): string {
  switch (status) {
    case "submitted":
    case "returned":
    case "amending":
      return t(`review:signOff.problem.${status}`);
    default:
      return t("review:signOff.problem.draft");
  }
}

/**
 * The excuses in a form, by station: fields `excused.<number>`; empty ones say nothing. A reason in `excusedRest`
 * stands for every open station that has none of its own.
 */
export function excusesIn(
  form: Record<string, unknown>,
  open: readonly Pick<OpenLine, "stationId">[],
): Record<string, string> {
  const excused: Record<string, string> = {};
  for (const [name, value] of Object.entries(form)) {
    const id = /^excused\.([1-9]\d{0,15})$/.exec(name)?.[1];
    if (id && typeof value === "string" && value.trim() !== "") excused[id] = value.trim().slice(0, 200);
  }
  const rest = typeof form.excusedRest === "string" ? form.excusedRest.trim().slice(0, 200) : "";
  if (rest) for (const { stationId } of open) excused[stationId] ??= rest;
  return excused;
}

/** Excuses that stand, with the names of their stations. */
export function excusedLines(
  excused: Record<string, string>,
  rows: readonly Pick<QueueRow, "stationId" | "name">[],
): { stationId: number; name: string; reason: string }[] {
  const names = new Map(rows.map((row) => [String(row.stationId), row.name]));
  return Object.entries(excused).map(([id, reason]) => ({
    stationId: Number(id),
    name: names.get(id) ?? id,
    reason,
  }));
}
