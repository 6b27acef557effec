import { createHash } from "node:crypto";
import type { LocalDate } from "@muster/domain/period";
import type { ScopedTx } from "../../scope";
import { audit } from "../audit";
import { findStation, today } from "../stations/row";
import { done, refused, type StaffOutcome, type StaffRefusal } from "./outcome";
import { aboutStaff, addStaff } from "./roster";
import { holdStation, rosterOn, type StaffDetails } from "./row";

/** A sound row of a file: somebody who serves from a day on. */
export interface StaffImportRow extends StaffDetails {
  /** Row of the sheet; the first is 1. */
  line: number;
  validFrom: LocalDate;
}

/** What a file would do to the roster of a station. */
export interface StaffImportPlan {
  /** Who would be added. */
  add: StaffImportRow[];
  /** Rows of people who serve already under that name and number. */
  unchanged: number;
  /** Rows that the roster does not allow. */
  errors: { line: number; name: string; refusal: StaffRefusal; params: Record<string, string | number> }[];
  /** Stands for exactly this plan. */
  digest: string;
}

/** Compares sound rows with the roster as it stands today, or null when the station is not there. */
export async function planStaffImport(
  tx: ScopedTx,
  stationId: number,
  rows: readonly StaffImportRow[],
): Promise<StaffImportPlan | null> {
  const station = await findStation(tx, stationId);
  if (!station) return null;
  const roster = await rosterOn(tx, stationId, today(tx));
  const key = ({ name, phone }: { name: string; phone: string }) => `${name} ${phone}`;
  const serving = new Set(roster.map(key));
  const add: StaffImportRow[] = [];
  const errors: StaffImportPlan["errors"] = [];
  let unchanged = 0;
  let head = roster.find((term) => term.head)?.name ?? null;
  for (const row of rows) {
    const refuse = (refusal: StaffRefusal, params: Record<string, string | number> = {}) =>
      errors.push({ line: row.line, name: row.name, refusal, params });
    if (serving.has(key(row))) unchanged++;
    else if (add.some((other) => key(other) === key(row))) refuse("already_serving");
    else if (row.validFrom > today(tx)) refuse("date_in_future");
    else if (row.validFrom < station.openedOn) refuse("date_before_opening", { openedOn: station.openedOn });
    else if (station.closedOn && row.validFrom >= station.closedOn) refuse("station_closed");
    else if (row.head && head !== null) refuse("head_taken", { name: head });
    else {
      if (row.head) head = row.name;
      add.push(row);
    }
  }
  const digest = createHash("sha256")
    .update(JSON.stringify([stationId, add, unchanged]))
    .digest("hex")
    .slice(0, 32);
  return { add, unchanged, errors, digest };
}

/** A row that the plan let through and the roster does not: ends the transaction of the import. */
export class StaffImportRefused extends Error {
  override name = "StaffImportRefused";

  constructor(readonly outcome: Extract<StaffOutcome<never>, { ok: false }>) {
    super(outcome.refusal);
  }
}

/** Adds the people of a file, all or none (StaffImportRefused undoes a row that clashes with past service); only exactly the plan that was shown. */
export async function importStaff(
  tx: ScopedTx,
  { stationId, rows, digest }: { stationId: number; rows: readonly StaffImportRow[]; digest: string },
): Promise<StaffOutcome<{ added: number; unchanged: number }>> {
  const station = await holdStation(tx, stationId);
  if (!station) return refused("not_found");
  const plan = await planStaffImport(tx, stationId, rows);
  if (!plan || plan.errors.length > 0 || plan.digest !== digest) return refused("other_plan");
  for (const { line: _line, ...row } of plan.add) {
    const added = await addStaff(tx, { stationId, ...row });
    // Nothing of a file that fails half way may stay: the transaction is given up.
    if (!added.ok) throw new StaffImportRefused(added);
  }
  await audit(tx, {
    action: "staff.import",
    ...aboutStaff(station, String(stationId)),
    after: { created: plan.add.length, unchanged: plan.unchanged },
  });
  return done({ added: plan.add.length, unchanged: plan.unchanged });
}
