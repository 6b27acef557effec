import { CLOSED_MONTHS, CURRENT } from "./calendar";
import { LIUHE, type TownSpec } from "./cities";
import { LIUHE_EXCUSED } from "./liuhe";
import type { StationPlan } from "./plan";
import { Random } from "./random";

/** What became of one report; days as Calendar.instant counts them. */
export type Fate =
  | { kind: "untouched" }
  | { kind: "excused"; reason: string }
  | { kind: "draft"; savedOn: number }
  | {
      kind: "filed";
      submittedOn: number;
      /** Returned once, and filed again unless that is still to come. */
      returned: { on: number; againOn: number | null } | null;
      acceptedOn: number | null;
    };

const EXCUSES = [
  "站长住院，联络员岗位空缺，经镇里同意本月免报",
  "村办公楼改造，台账封存，下月补录",
  "受汛情影响网络中断，经核实本月免报",
  "换届交接期间，经镇党委同意暂缓",
];

/** Days on which a town signs off, reports for itself, is accepted by the city, and the city locks. */
export const SIGNED_OFF_ON = 5.8;
export const LOCKED_ON = 9.7;

/** The fate of each of a station's 13 months. The city itself files nothing. */
export function fatesOf(station: StationPlan, siblings: readonly StationPlan[]): Fate[] {
  const { spec } = station;
  if (!spec) return [];
  const random = new Random(`fates ${station.key}`);
  const closed = Array.from({ length: CLOSED_MONTHS }, (_, month) =>
    station.number === 0 ? ownReport(spec, random) : villageReport(station, spec, month, random),
  );
  return [...closed, currentFate(station, spec, siblings, random)];
}

function villageReport(station: StationPlan, spec: TownSpec, month: number, random: Random): Fate {
  const chosen = random.chance(spec.late / 12) && month < CLOSED_MONTHS - 1;
  const excused = spec.pinyin === LIUHE ? LIUHE_EXCUSED[station.number] === month : chosen;
  if (excused) return { kind: "excused", reason: random.pick(EXCUSES) };
  // Some months go worse than others in a town.
  const mood = new Random(`mood ${spec.pinyin} ${month}`).between(0, 2);
  const late = random.chance(spec.late * mood);
  const submittedOn = late
    ? random.int(3, 4) + workingHour(random) * 0.6
    : random.int(-4, 2) + workingHour(random);
  const returned = !late && submittedOn < 2 && random.chance(0.035);
  return reviewed(submittedOn, returned, 5.7, random);
}

function ownReport(spec: TownSpec, random: Random): Fate {
  const late = random.chance(spec.late);
  return reviewed(late ? random.between(6.1, 6.9) : random.between(4.3, 5.9), false, 9.5, random);
}

/** Reviewed within a day or two, and settled before `by`. */
function reviewed(submittedOn: number, returned: boolean, by: number, random: Random): Fate {
  if (!returned) {
    const acceptedOn = Math.min(by, submittedOn + random.between(0.1, 1.4));
    return { kind: "filed", submittedOn, returned: null, acceptedOn };
  }
  const on = submittedOn + random.between(0.3, 1.1);
  const againOn = on + random.between(0.2, 1.2);
  const acceptedOn = Math.min(by, againOn + random.between(0.1, 0.9));
  return { kind: "filed", submittedOn, returned: { on, againOn }, acceptedOn };
}

function workingHour(random: Random): number {
  return random.between(8.5, 20) / 24;
}

/** In the current month the stations of a town stand in the order of their numbers: missing ones first. */
function currentFate(
  station: StationPlan,
  spec: TownSpec,
  siblings: readonly StationPlan[],
  random: Random,
): Fate {
  const { current } = spec;
  if (station.number === 0) {
    if (current.own === "open") return { kind: "untouched" };
    const filed = ownReport(spec, random);
    return current.own === "submitted" && filed.kind === "filed" ? { ...filed, acceptedOn: null } : filed;
  }
  const order = spec.pinyin === LIUHE ? siblings : new Random(`current ${spec.pinyin}`).shuffled(siblings);
  let place = order.indexOf(station);
  if (place < current.missing) return { kind: "untouched" };
  place -= current.missing;
  if (place < current.drafts) return { kind: "draft", savedOn: random.between(1, 8) };
  place -= current.drafts;
  const submittedOn = random.between(-4, 2.5);
  if (place < current.submitted) {
    // The last of those that wait was returned once and corrected.
    const again = place === current.submitted - 1 && current.submitted > 1;
    const on = submittedOn + random.between(0.4, 1.5);
    const returned = again ? { on, againOn: on + random.between(0.5, 2) } : null;
    return { kind: "filed", submittedOn: submittedOn + (again ? 0 : 3), returned, acceptedOn: null };
  }
  place -= current.submitted;
  if (place < current.returned) {
    const on = submittedOn + random.between(1, 3);
    return { kind: "filed", submittedOn, returned: { on, againOn: null }, acceptedOn: null };
  }
  return reviewed(submittedOn, submittedOn < 1.5 && random.chance(0.06), 5.7, random);
}

/** The town's month is signed off: every closed one, and the current one where the plan says so. */
export function signedOff(spec: TownSpec, month: number): boolean {
  return month < CURRENT || spec.current.signedOff;
}
