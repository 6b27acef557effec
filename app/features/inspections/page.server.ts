import { findingSums, listFindings } from "@muster/db/queries/findings/read";
import {
  concernedInScope,
  findInspection,
  inspectorsOf,
  itemsOf,
  stationsOf,
} from "@muster/db/queries/inspections/read";
import { inspectionStep } from "@muster/domain/inspection";
import { localDate } from "@muster/domain/period";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import type { MemberContext } from "~/server/prepare.server";
import { lineOf } from "./finding-lines.server";

const MOST_FINDINGS = 500;

/** Everything the page of an inspection shows: all of it to who runs it and those above, its own part to a station. */
export async function inspectionModel(
  tx: Tx,
  inspectionId: string,
  { actor, may, now }: Pick<MemberContext<unknown, unknown>, "actor" | "may" | "now">,
) {
  const [row, own] = await Promise.all([
    findInspection(tx, inspectionId),
    concernedInScope(tx, inspectionId, actor.stationId),
  ]);
  if (!row && !own) throw notFound();
  const today = localDate(now);
  const [items, inspectors, stations, found, sums] = await Promise.all([
    itemsOf(tx, inspectionId),
    inspectorsOf(tx, inspectionId),
    stationsOf(tx, inspectionId),
    listFindings(tx, { inspectionId, limit: MOST_FINDINGS }),
    findingSums(tx, { inspectionId }),
  ]);
  const runs = row !== null && row.stationId === actor.stationId;
  const right = (action: "update" | "fill") =>
    runs && may(action, "Inspection", { stationId: row.stationId });
  const steps = (["edit", "begin", "conclude", "call_off"] as const).filter(
    (action) => row && right("update") && inspectionStep(action, row.state),
  );
  const known = row ?? own;
  if (!known) throw notFound();
  const { theme, year, number, state, startsOn, endsOn, unannounced } = known;
  return {
    head: {
      theme,
      year,
      number,
      state,
      startsOn,
      endsOn,
      unannounced,
      by: row ? row.stationName : (own?.byStationName ?? ""),
    },
    full: row && {
      note: row.note,
      unannounced: row.unannounced,
      draw: row.draw,
      createdBy: row.createdBy,
      calledOffReason: row.calledOffReason,
    },
    version: row?.version ?? 0,
    // Whoever stands above the stations concerned sees them in the list.
    own: own?.stationId === actor.stationId ? own : null,
    id: inspectionId,
    items,
    inspectors: inspectors.map(({ name }) => name),
    stations,
    findings: found.rows.map((finding) => lineOf(finding, today)),
    sums,
    steps,
    visits: row !== null && right("fill") && inspectionStep("visit", row.state) !== null,
    today,
  };
}
