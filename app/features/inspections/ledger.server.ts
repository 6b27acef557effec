import type { FindingFilter } from "@muster/db/queries/findings/read";
import { findStation } from "@muster/db/queries/stations/row";
import { UNSETTLED } from "@muster/domain/inspection";
import type { z } from "zod";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import type { LedgerSearch } from "./forms";

type Search = z.output<typeof LedgerSearch>;

/** What an address of the ledger asks for; a station out of scope is 404. */
export async function filterOf(
  tx: Tx,
  search: Search,
  stationId: number,
): Promise<Omit<FindingFilter, "limit" | "offset">> {
  const station = await findStation(tx, search.station ?? stationId);
  if (!station) throw notFound();
  const { state, severity, overdue, item, view } = search;
  const figure = search.figure && search.period ? { name: search.figure, period: search.period } : undefined;
  // A figure counts by its own rule, whatever has become of its findings since.
  const states =
    figure || state === "all"
      ? undefined
      : view === "waiting"
        ? (["answered"] as const)
        : state
          ? [state]
          : UNSETTLED;
  return {
    ...(search.own ? { stationId: station.id } : { within: station.path }),
    ...(states ? { states } : {}),
    ...(severity ? { severity } : {}),
    ...(overdue ? { overdue: true } : {}),
    ...(item ? { itemCode: item } : {}),
    ...(figure ? { figure } : {}),
    ...(view === "waiting" ? { judgedBy: stationId } : {}),
    ...(view === "climbed" ? { climbedTo: stationId, states: ["open", "returned"] as const } : {}),
  };
}
