import { addMonths, type LocalDate, type Period, periodOf } from "@muster/domain/period";
import type { Status } from "@muster/domain/workflow";
import type { ScopedTx } from "../../scope";
import { factsColumns, premisesOf, type StationFacts, type StationPremises } from "./edit";
import { findStation, type StationEventKind, type StationRow, today } from "./row";
import { listStations, type StationLine } from "./tree";

export interface StationEventLine {
  id: string;
  kind: StationEventKind;
  effectiveOn: LocalDate;
  details: Record<string, unknown>;
  at: string;
  byName: string;
}

export interface PersonLine {
  membershipId: string;
  name: string;
  username: string;
  role: string;
  since: string;
  /** The account is deactivated. */
  suspended: boolean;
}

export interface ReportLine {
  period: Period;
  status: Status;
  expected: boolean;
  onTime: boolean | null;
  dueOn: LocalDate;
  submittedAt: string | null;
}

/** Everything the page of a station shows. */
export interface StationPage {
  station: StationRow;
  /** The facts of today, or null when none were ever entered. */
  facts: StationFacts | null;
  /** All facts, the latest first. */
  factsHistory: StationFacts[];
  /** Premises and money of today, or null when none were ever entered. */
  premises: StationPremises | null;
  premisesHistory: StationPremises[];
  events: StationEventLine[];
  people: PersonLine[];
  /** The last 12 months, the latest first. */
  reports: ReportLine[];
  children: StationLine[];
  /** The station it was merged into, when the reader may see it. */
  mergedInto: { id: number; name: string } | null;
}

const MOST_CHILDREN = 300;

/** A station's page, or null when it is not there or not the caller's. */
export async function stationPage(tx: ScopedTx, id: number): Promise<StationPage | null> {
  const station = await findStation(tx, id);
  if (!station) return null;
  const { cityId } = tx.scope;
  const first = addMonths(periodOf(today(tx)), -12);
  const [factsHistory, premisesHistory, events, people, reports, children, merged] = await Promise.all([
    tx.sql<StationFacts[]>`
      select ${factsColumns(tx)} from station_facts f
      where f.city_id = ${cityId} and f.station_id = ${id} order by f.valid_from desc`,
    premisesOf(tx, id),
    tx.sql<StationEventLine[]>`
      select id, kind, effective_on as "effectiveOn", details, at, by_name as "byName" from station_event
      where city_id = ${cityId} and station_id = ${id} order by effective_on desc, id desc`,
    tx.sql<PersonLine[]>`
      select id as "membershipId", name, username, role, since, suspended from membership
      where city_id = ${cityId} and station_id = ${id} and ended_at is null order by role, since`,
    tx.sql<ReportLine[]>`
      select period, status, expected, on_time as "onTime", due_on as "dueOn", submitted_at as "submittedAt"
      from monthly_report where city_id = ${cityId} and station_id = ${id} and period > ${first}
      order by period desc`,
    listStations(tx, { parentId: id, limit: MOST_CHILDREN }),
    station.mergedInto ? findStation(tx, station.mergedInto) : null,
  ]);
  return {
    station,
    facts: factsHistory.find((f) => f.validFrom <= today(tx)) ?? null,
    factsHistory: [...factsHistory],
    premises: premisesHistory.find((p) => p.validFrom <= today(tx)) ?? null,
    premisesHistory,
    events: [...events],
    people: [...people],
    reports: [...reports],
    children: children.lines,
    mergedInto: merged && { id: merged.id, name: merged.name },
  };
}
