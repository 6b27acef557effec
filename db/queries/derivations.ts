import { lastDay, type Period } from "@muster/domain/period";
import type { ScopedTx } from "../scope";
import { verifiedFiveHaves } from "./assessments/read";
import type { PeriodCatalogue } from "./catalogue";
import { findingFigures } from "./findings/figures";
import { PEOPLE_FIGURES, peopleFigures } from "./people/figures";
import { rosterFigures } from "./staff/measures";
import { stoodOn } from "./stations/row";

/** What the records say of one figure: its value, and how many records it comes from. */
export interface Derived {
  value: number;
  count: number;
}

/** Derived figures of one station by indicator code. */
export type Register = Record<string, Derived>;

/**
 * Where figures come from. A register adds one source: the names it answers (as the catalogue's `derivation`
 * column has them) and one query that answers all of them for some stations and a month.
 */
interface Source {
  names: readonly string[];
  load(
    tx: ScopedTx,
    stationIds: readonly number[],
    period: Period,
  ): Promise<Map<number, Record<string, Derived>>>;
}

/**
 * Facts of the station itself on the last day of the month. Where a roster was kept by that day it says who serves;
 * before, the numbers that were entered by hand do, so that no earlier month changes.
 */
const stationSource: Source = {
  names: [
    "station.required",
    "station.open",
    "station.five_haves",
    "station.full_time",
    "station.veteran_secretary",
  ],
  async load(tx, stationIds, period) {
    const last = lastDay(period);
    // On their way together: a submission asks for both.
    const [rosters, verified, rows] = await Promise.all([
      rosterFigures(tx, stationIds, last),
      verifiedFiveHaves(tx, stationIds, last),
      tx.sql<
        {
          id: number;
          required: boolean;
          open: boolean;
          five_haves: boolean | null;
          full_time: number | null;
          veteran_secretary: boolean | null;
        }[]
      >`
      select s.id, s.required, ${stoodOn(tx, last)} as open,
        f.five_haves, f.full_time, f.veteran_secretary
      from station s
      left join lateral (
        select * from station_facts f
        where f.city_id = ${tx.scope.cityId} and f.station_id = s.id and f.valid_from <= ${last}
        order by f.valid_from desc limit 1
      ) f on true
      where s.city_id = ${tx.scope.cityId} and s.id = any(${stationIds as number[]})`,
    ]);
    return new Map(
      rows.map((row) => {
        // A checked assessment answers from its day on; before it, and without one, what was entered by hand.
        const fiveHaves = verified.get(row.id) ?? row.five_haves;
        const derived: Record<string, Derived> = {
          "station.required": one(row.required),
          "station.open": one(row.open),
        };
        // A station whose facts were never entered says nothing: 0 would be a claim.
        if (fiveHaves !== null) derived["station.five_haves"] = one(fiveHaves);
        const roster = rosters.get(row.id);
        const fullTime = roster?.fullTime ?? row.full_time;
        const secretary = roster?.veteranSecretary ?? row.veteran_secretary;
        if (fullTime !== null) derived["station.full_time"] = { value: fullTime, count: fullTime };
        if (secretary !== null) derived["station.veteran_secretary"] = one(secretary);
        return [row.id, derived];
      }),
    );
  },
};

/** G01 to G03: findings opened, closed and past their date, from a station's first inspection on. */
const findingSource: Source = {
  names: ["findings.opened", "findings.closed", "findings.overdue"],
  async load(tx, stationIds, period) {
    const figures = await findingFigures(tx, stationIds, period);
    const counted = (value: number) => ({ value, count: value });
    return new Map(
      [...figures].map(([id, { opened, closed, overdue }]) => [
        id,
        {
          "findings.opened": counted(opened),
          "findings.closed": counted(closed),
          "findings.overdue": counted(overdue),
        },
      ]),
    );
  },
};

/** The archive of people, from the month in which a station began it. */
const peopleSource: Source = {
  names: PEOPLE_FIGURES,
  async load(tx, stationIds, period) {
    const figures = await peopleFigures(tx, stationIds, period);
    const derived = (values: Record<string, number>) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, count: value }]));
    return new Map([...figures].map(([stationId, values]) => [stationId, derived(values)]));
  },
};

const SOURCES: readonly Source[] = [stationSource, findingSource, peopleSource];

function one(yes: boolean): Derived {
  return yes ? { value: 1, count: 1 } : { value: 0, count: 0 };
}

/**
 * What the records give for each station and indicator that has a derivation. Stations outside the scope and
 * indicators without records are absent.
 */
export async function registersOf(
  tx: ScopedTx,
  stationIds: readonly number[],
  catalogue: PeriodCatalogue,
): Promise<Map<number, Register>> {
  const wanted = catalogue.indicators.filter((i) => i.derivation !== null);
  const sources = SOURCES.filter((s) => wanted.some((i) => s.names.includes(i.derivation ?? "")));
  const answers = await Promise.all(sources.map((s) => s.load(tx, stationIds, catalogue.period)));
  const registers = new Map<number, Register>();
  for (const stationId of stationIds) {
    const register: Register = {};
    for (const { code, derivation } of wanted) {
      for (const answer of answers) {
        const derived = answer.get(stationId)?.[derivation ?? ""];
        if (derived) register[code] = derived;
      }
    }
    registers.set(stationId, register);
  }
  return registers;
}

/** Every name a catalogue row may give as its derivation. */
export function knownDerivations(): string[] {
  return SOURCES.flatMap((s) => s.names);
}
