import { inspectionStep } from "@muster/domain/inspection";
import type { LocalDate } from "@muster/domain/period";
import type { Circular } from "../../schema/inspection";
import type { ScopedTx } from "../../scope";
import { audit, json } from "../audit";
import { done, type InspectionOutcome, refused } from "../findings/outcome";
import { today } from "../stations/row";
import { wrongDates } from "./plan";
import { findInspection, type InspectionRow } from "./read";

export type InspectionWrite = { id: string; version: number } & (
  | { action: "edit"; theme: string; note: string; startsOn: LocalDate; endsOn: LocalDate }
  | { action: "begin" }
  /** The words of the circular. */
  | { action: "conclude"; text: string }
  | { action: "call_off"; text: string }
);

/**
 * Takes one step on an inspection of the actor's own station, or says why not. What the stations concerned may know
 * of it is written into their rows in the same transaction.
 */
export async function stepInspection(
  tx: ScopedTx,
  input: InspectionWrite,
): Promise<InspectionOutcome<InspectionRow>> {
  const { cityId } = tx.scope;
  const row = await findInspection(tx, input.id);
  if (!row) return refused("not_found");
  if (row.stationId !== tx.caller.actor.stationId) return refused("forbidden");
  const step = inspectionStep(input.action, row.state);
  if (!step || row.version !== input.version) return refused("conflict");
  const next = { theme: row.theme, note: row.note, startsOn: row.startsOn, endsOn: row.endsOn };
  if (input.action === "edit") {
    const { theme, note, startsOn, endsOn } = input;
    const wrong = wrongDates(input, today(tx));
    if (wrong) return refused(wrong);
    Object.assign(next, { theme, note, startsOn, endsOn });
  }
  const text = "text" in input ? input.text.trim() : "";
  if ((input.action === "conclude" || input.action === "call_off") && text === "") return refused("no_text");
  const circular = input.action === "conclude" ? await circularOf(tx, row, text) : null;
  if (circular?.visited === 0) return refused("not_visited");
  const moved = await tx.sql`
    update inspection set state = ${step.to}, version = version + 1, theme = ${next.theme}, note = ${next.note},
      starts_on = ${next.startsOn}, ends_on = ${next.endsOn}, circular = ${json(circular)}::jsonb,
      called_off_reason = ${input.action === "call_off" ? text : null}
    where city_id = ${cityId} and id = ${row.id} and state = ${step.from} and version = ${input.version}
    returning id`;
  if (moved.count === 0) return refused("conflict");
  await tx.sql`
    update inspection_station set state = ${step.to}, theme = ${next.theme}, starts_on = ${next.startsOn},
      ends_on = ${next.endsOn}, circular = ${json(circular)}::jsonb
    where city_id = ${cityId} and inspection_id = ${row.id}`;
  await audit(tx, {
    action: `inspection.${input.action}`,
    ...about(row),
    before: { name: row.theme, inspectionState: row.state, startsOn: row.startsOn, endsOn: row.endsOn },
    after: {
      name: next.theme,
      inspectionState: step.to,
      startsOn: next.startsOn,
      endsOn: next.endsOn,
      ...(text === "" ? {} : { reason: text.slice(0, 200) }),
    },
  });
  return done({ ...row, ...next, state: step.to, version: row.version + 1 });
}

/** What the circular tells every station concerned: the sums of all. */
async function circularOf(tx: ScopedTx, row: InspectionRow, text: string): Promise<Circular> {
  const { cityId } = tx.scope;
  const [sums] = await tx.sql<
    { stations: number; visited: number; minor: number; major: number; grave: number; closed: number }[]
  >`
    select c.stations, c.visited, f.minor, f.major, f.grave, f.closed from
      (select count(*)::int as stations, count(visited_on)::int as visited from inspection_station
        where city_id = ${cityId} and inspection_id = ${row.id}) c,
      (select count(*) filter (where severity = 'minor' and state <> 'withdrawn')::int as minor,
          count(*) filter (where severity = 'major' and state <> 'withdrawn')::int as major,
          count(*) filter (where severity = 'grave' and state <> 'withdrawn')::int as grave,
          count(*) filter (where state = 'closed')::int as closed
        from finding where city_id = ${cityId} and inspection_id = ${row.id}) f`;
  const { stations = 0, visited = 0, minor = 0, major = 0, grave = 0, closed = 0 } = sums ?? {};
  return {
    text,
    stations,
    visited,
    findings: { minor, major, grave },
    closed,
    concludedOn: today(tx),
    by: tx.caller.actor.name,
  };
}

/**
 * Says that somebody was at a station, and what they saw. The first visit's day stays; a note that somebody wrote
 * meanwhile is not written over.
 */
export async function visitStation(
  tx: ScopedTx,
  { id, stationId, note }: { id: string; stationId: number; note: string },
): Promise<InspectionOutcome<{ visitedOn: LocalDate }>> {
  const { cityId } = tx.scope;
  const { actor } = tx.caller;
  const row = await findInspection(tx, id);
  if (!row) return refused("not_found");
  if (row.stationId !== actor.stationId) return refused("forbidden");
  if (!inspectionStep("visit", row.state)) return refused("conflict");
  const [station] = await tx.sql<{ path: string; name: string; visitedOn: LocalDate | null }[]>`
    select c.path, s.name, c.visited_on as "visitedOn" from inspection_station c
    join station s on s.city_id = c.city_id and s.id = c.station_id
    where c.city_id = ${cityId} and c.inspection_id = ${id} and c.station_id = ${stationId}`;
  if (!station) return refused("not_found");
  const visited = await tx.sql`
    update inspection_station set visited_on = coalesce(visited_on, ${today(tx)}::date),
      visited_by = coalesce(visited_by, ${actor.name}), visit_note = ${note.trim()}
    where city_id = ${cityId} and inspection_id = ${id} and station_id = ${stationId} and visit_note = ''
      and state = 'under_way'
    returning station_id`;
  if (visited.count === 0) return refused("conflict");
  await audit(tx, {
    action: "inspection.visit",
    ...about({ ...row, path: station.path, stationId }),
    after: { name: row.theme, station: station.name, note: note.trim() },
  });
  return done({ visitedOn: station.visitedOn ?? today(tx) });
}

function about(row: Pick<InspectionRow, "id" | "stationId" | "path">) {
  return { subject: "Inspection", subjectId: row.id, stationId: row.stationId, path: row.path };
}
