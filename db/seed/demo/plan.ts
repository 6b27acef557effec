import type { LocalDate } from "@muster/domain/period";
import { childPath, type Kind, type Level } from "@muster/domain/station";
import { type Calendar, CLOSED_MONTHS, CURRENT } from "./calendar";
import { type CitySpec, LIUHE, type TownSpec } from "./cities";
import { LIUHE_VILLAGES, personName, VillageNames } from "./names";
import { Random } from "./random";

export interface Facts {
  fullTime: number;
  partTime: number;
  approvedPosts: number;
  veteranSecretary: boolean;
  fiveHaves: boolean;
}

export interface Person {
  name: string;
  username: string;
}

/** A station of the demo as it stands today, with what it was before. */
export interface StationPlan {
  /** `liuhe`, `liuhe-01`: the stem of its people's usernames. */
  key: string;
  id: number;
  path: string;
  parent: StationPlan | null;
  code: string;
  name: string;
  level: Level;
  kind: Kind;
  spec: TownSpec | null;
  /** Number below its town, from 1; 0 for the town itself. */
  number: number;
  openedOn: LocalDate;
  /** First month it reports. */
  opensIn: number;
  /** Before this month it stood under another town. */
  movedIn: { month: number; from: StationPlan } | null;
  renamedIn: { month: number; from: string } | null;
  head: Person;
  /** Beneficiaries of the station itself at the end of the last closed month. */
  people: number;
  /** Facts at the end of each month. */
  facts: Facts[];
}

/** Where the station stood in a month. */
export function placeIn(station: StationPlan, month: number): { path: string; parent: StationPlan | null } {
  const moved = station.movedIn;
  if (!moved || month >= moved.month) return { path: station.path, parent: station.parent };
  return { path: childPath(moved.from.path, station.id), parent: moved.from };
}

const NEVER = CURRENT + 1;

/**
 * Every station of a city, root first, towns before their villages. `nextId` gives the numbers; nothing else
 * depends on them.
 */
export function planStations(
  city: CitySpec,
  calendar: Calendar,
  rootId: number,
  nextId: () => number,
): StationPlan[] {
  const random = new Random(`${city.key} plan`);
  const names = new VillageNames(random);
  const root: StationPlan = {
    key: city.key,
    id: rootId,
    path: "/",
    parent: null,
    code: city.code,
    name: city.name,
    level: "city",
    kind: "station",
    spec: null,
    number: 0,
    openedOn: "2019-03-01",
    opensIn: 0,
    movedIn: null,
    renamedIn: null,
    head: { name: personName(random), username: `${city.key}.admin` },
    people: 0,
    facts: [],
  };
  const stations = [root];
  city.towns.forEach((spec, index) => {
    const town = planTown(root, spec, city.code.slice(0, 6) + townNumber(spec, index), nextId(), random);
    stations.push(town);
    const people = shares(spec, random);
    town.people = people.pop() ?? 0;
    for (let number = 1; number <= spec.below; number++) {
      const name = villageName(spec, number, names);
      stations.push(planVillage(town, number, name, people[number - 1] ?? 0, nextId(), random));
    }
    planFacts(
      stations.filter((s) => s.spec === spec),
      spec,
      random,
    );
  });
  planHistory(stations, calendar);
  return stations;
}

function townNumber(spec: TownSpec, index: number): string {
  if (spec.kind === "cadre_home") return "900000";
  const first = spec.name.endsWith("街道") ? 0 : spec.name.endsWith("乡") ? 200 : 100;
  return `${String(first + index + 1).padStart(3, "0")}000`;
}

function planTown(root: StationPlan, spec: TownSpec, code: string, id: number, random: Random): StationPlan {
  return {
    ...root,
    key: spec.pinyin,
    id,
    path: childPath(root.path, id),
    parent: root,
    code,
    name: spec.name,
    level: "town",
    kind: spec.kind,
    spec,
    openedOn: `2019-${random.pick(["04", "05", "06"])}-${String(random.int(1, 28)).padStart(2, "0")}`,
    head: { name: personName(random), username: `${spec.pinyin}.head` },
    facts: [],
  };
}

function planVillage(
  town: StationPlan,
  number: number,
  name: string,
  people: number,
  id: number,
  random: Random,
): StationPlan {
  const key = `${town.key}-${String(number).padStart(2, "0")}`;
  const home = town.kind === "cadre_home";
  // Statistical codes number communities from 001 and villages from 201.
  const ordinal = name.endsWith("社区") || home ? number : 200 + number;
  return {
    ...town,
    key,
    id,
    path: childPath(town.path, id),
    parent: town,
    code: town.code.slice(0, 9) + String(ordinal).padStart(3, "0"),
    name,
    level: "village",
    kind: home ? "service_point" : "station",
    number,
    openedOn: `2019-${random.pick(["07", "08", "09", "10"])}-${String(random.int(1, 28)).padStart(2, "0")}`,
    head: { name: personName(random), username: `${key}.head` },
    people,
    facts: [],
  };
}

const SERVICE_POINTS = "翠湖 东山 梧桐里 北苑 清河 松鹤 银桂".split(" ");

function villageName(spec: TownSpec, number: number, names: VillageNames): string {
  if (spec.pinyin === LIUHE) return LIUHE_VILLAGES[number - 1] ?? names.take("village");
  if (spec.kind === "cadre_home") return `${SERVICE_POINTS[number - 1] ?? number}服务点`;
  return names.take(spec.name.endsWith("街道") && number % 8 !== 0 ? "community" : "village");
}

/** The town's people dealt out to its villages, the last share being the town's own. */
function shares(spec: TownSpec, random: Random): number[] {
  const own = spec.kind === "cadre_home" ? 0 : Math.round(spec.people * 0.016);
  const least = Math.floor((spec.people - own) / spec.below / 2);
  const weights = Array.from({ length: spec.below }, () => random.between(0.4, 1.8));
  const dealt = random.deal(spec.people - own - least * spec.below, weights);
  return [...dealt.map((share) => share + least), own];
}

/** Deals the spec's staff, secretaries and Five Haves out to the town's stations, some of them during the year. */
function planFacts(stations: readonly StationPlan[], spec: TownSpec, random: Random): void {
  const villages = stations.filter((s) => s.level === "village");
  const met = new Map<StationPlan, number>();
  // Towns that do well include the town station itself, unless something mandatory is not there.
  const lacking = townLacks(spec) !== null;
  const order = spec.fiveHaves > spec.below * 0.7 && !lacking ? stations.slice(0, 1) : [];
  const draws = spec.fiveHaves > spec.below * 0.7 ? stations.slice(1) : stations;
  const rest = random
    .shuffled(draws.filter((s) => !order.includes(s)))
    .filter((s) => !(lacking && s.level === "town"));
  for (const station of [...order, ...rest].slice(0, spec.fiveHaves)) met.set(station, during(random, 0.28));
  // Two villages of the source document have this year's assessment on its way: last year's verdict is in force.
  for (const station of villages) {
    if (spec.pinyin === LIUHE && [1, 15].includes(station.number) && met.has(station)) met.set(station, -1);
  }
  const elected = new Map<StationPlan, number>();
  for (const station of random.shuffled(villages).slice(0, spec.secretaries)) {
    elected.set(station, during(random, 0.22));
  }
  for (const station of stations) {
    const isTown = station.level === "town";
    const hired = isTown ? (spec.hiredIn ?? -1) : villageHired(spec, random);
    const partTime = isTown ? random.int(1, 3) : 1;
    const metIn = met.get(station) ?? NEVER;
    const lostIn = met.has(station) ? 0 : lostBy(station, hired);
    const electedIn = elected.get(station) ?? NEVER;
    // Who meets the Five Haves has a full-time worker; the points of a cadre home have the home's.
    const since = spec.kind === "cadre_home" ? hired : Math.min(hired, metIn);
    const staff = isTown ? spec.staff : 1;
    for (let month = 0; month <= CURRENT; month++) {
      station.facts.push({
        fullTime: month >= since ? staff : staff - 1,
        partTime,
        approvedPosts: isTown ? Math.max(spec.staff, Math.ceil(spec.people / 500)) : 1,
        veteranSecretary: month >= electedIn,
        fiveHaves: month >= metIn || month < lostIn,
      });
    }
  }
}

/** The mandatory item that a town station itself fails: a worker per 500 (S1), or a place in the budget (F1). */
export function townLacks(spec: TownSpec): "S1" | "F1" | null {
  if (spec.people > spec.staff * 500) return "S1";
  return spec.pinyin === "meiling" ? "F1" : null;
}

/** The month in which a village that does not meet the Five Haves lost one of them; 0 where it never had them all. */
function lostBy({ key, level, kind }: StationPlan, hired: number): number {
  const random = new Random(`lost ${key}`);
  // A village without a worker has not met them; the towns that fail have failed all year.
  if (level !== "village" || kind !== "station" || hired !== -1) return 0;
  return random.chance(0.7) ? random.int(1, CLOSED_MONTHS - 2) : 0;
}

/** Before the window for most, else the month in which it came about. */
function during(random: Random, share: number): number {
  return random.chance(share) ? random.int(1, CLOSED_MONTHS - 1) : -1;
}

function villageHired(spec: TownSpec, random: Random): number {
  // All 64 villages of the source document have a full-time worker; the points of a cadre home have the home's.
  if (spec.pinyin === LIUHE) return -1;
  if (spec.kind === "cadre_home") return NEVER;
  const roll = random.next();
  return roll < 0.84 ? -1 : roll < 0.95 ? random.int(1, CLOSED_MONTHS - 1) : NEVER;
}

/** Dated changes of the hierarchy, none of them in Liuhe: a village moved, one renamed, a community opened. */
function planHistory(stations: readonly StationPlan[], calendar: Calendar): void {
  const find = (key: string) => stations.find((s) => s.key === key);
  const [moved, from] = [find("xintang-20"), find("dongdu")];
  if (moved && from) moved.movedIn = { month: 5, from };
  const renamed = find("shiqiao-07");
  if (renamed) renamed.renamedIn = { month: 7, from: "牛角洼村" };
  const opened = find("hongqi-36");
  if (opened) {
    opened.opensIn = 6;
    opened.openedOn = `${calendar.period(6)}-10`;
  }
}
