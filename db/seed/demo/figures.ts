import type { FiguresByCode } from "@muster/domain/indicator";
import { type Calendar, CLOSED_MONTHS, CURRENT } from "./calendar";
import { LIUHE } from "./cities";
import { LIUHE_BOARDS, type Quota } from "./liuhe";
import type { StationPlan } from "./plan";
import { Random } from "./random";

/** How much goes on at a kind of station in a month, on average. */
interface Pace {
  visits: number;
  festival: number;
  receptions: number;
  consultations: number;
  petitions: number;
  backlog: number;
  aid: number;
  illness: number;
  activities: number;
  findings: number;
}

const VILLAGE: Pace = {
  visits: 2.2,
  festival: 0.5,
  receptions: 0.34,
  consultations: 1.6,
  petitions: 0.04,
  backlog: 0.003,
  aid: 0.03,
  illness: 0.006,
  activities: 0.4,
  findings: 0.12,
};

const TOWN: Pace = {
  visits: 6,
  festival: 4,
  receptions: 19,
  consultations: 62,
  petitions: 1.4,
  backlog: 0.22,
  aid: 0.12,
  illness: 0.03,
  activities: 1.6,
  findings: 0.9,
};

const HOME: Pace = { ...TOWN, visits: 4, receptions: 5, consultations: 12, petitions: 0.1, activities: 3 };
const POINT: Pace = {
  ...VILLAGE,
  visits: 9,
  festival: 3,
  receptions: 1.2,
  consultations: 4,
  activities: 1.2,
};

/** What carries over from month to month. */
interface Stock {
  openPetitions: number;
  openFindings: number;
  overdueFindings: number;
}

/**
 * The figures a station files in each of the 13 months, computed ones left out. Every hard check of the
 * catalogue holds from month to month, also across months that were never filed.
 */
export function figuresOf(station: StationPlan, calendar: Calendar, quota: Quota): FiguresByCode[] {
  const random = new Random(`figures ${station.key}`);
  const people = peopleOf(station, random);
  const pace = paceOf(station);
  const stock: Stock = {
    openPetitions: random.count(pace.petitions),
    openFindings: random.count(pace.findings),
    overdueFindings: 0,
  };
  const posted = boards(station, random);
  const regular = station.level === "town" || random.chance(0.35);
  const home = station.kind === "station" ? null : cadreCare(station, random);
  return people.map((own, month) => {
    const given = quota(station, month) ?? {};
    return {
      ...own,
      ...standing(station, month),
      ...visits(given, pace, own.A01 ?? 0, calendar.festival(month), month, random),
      ...reception(given, pace, stock, random),
      ...assistance(given, pace, station, random),
      F01: posted[month] ?? 0,
      ...activities(station, pace, regular, random),
      ...inspection(pace, stock, random),
      ...home?.(month),
    };
  });
}

function paceOf(station: StationPlan): Pace {
  if (station.kind === "cadre_home") return HOME;
  if (station.kind === "service_point") return POINT;
  if (station.level === "town") return TOWN;
  return VILLAGE;
}

/** A01 to A11: backwards from the number the plan asks for at the end of the last closed month. */
function peopleOf(station: StationPlan, random: Random): FiguresByCode[] {
  const cadres = station.kind !== "station";
  const months = Array.from({ length: CURRENT + 1 }, () => ({
    added: station.people < 5 ? 0 : random.count(cadres ? 0.1 : 0.22),
    removed: station.people < 5 ? 0 : random.count(cadres ? 0.25 : 0.15),
  }));
  const totals: number[] = [];
  totals[CLOSED_MONTHS - 1] = station.people;
  for (let month = CLOSED_MONTHS - 2; month >= 0; month--) {
    const next = months[month + 1] ?? { added: 0, removed: 0 };
    totals[month] = (totals[month + 1] ?? 0) - next.added + next.removed;
  }
  const current = months[CURRENT] ?? { added: 0, removed: 0 };
  totals[CURRENT] = station.people + current.added - current.removed;

  const veterans = cadres ? 1 : random.between(0.6, 0.82);
  const entitled = cadres ? 0.2 : random.between(0.2, 0.36);
  const bereaved = random.between(0.08, 0.26);
  const disabled = random.between(0.12, 0.3);
  const retired = cadres ? 1 : random.chance(0.2) ? 0.04 : 0;
  const archived = { from: random.between(0.78, 0.92), to: random.between(0.94, 1) };
  const cards = { from: random.between(0.6, 0.8), to: random.between(0.82, 0.96) };
  return months.map(({ added, removed }, month) => {
    const A01 = totals[month] ?? 0;
    const A03 = Math.floor(A01 * entitled);
    const progress = Math.min(1, month / (CLOSED_MONTHS - 1));
    const grown = ({ from, to }: { from: number; to: number }) =>
      Math.floor(A01 * (from + (to - from) * progress));
    // The month a station opens all its people are new to it.
    const first = station.opensIn > 0 && month === station.opensIn;
    return {
      A01,
      A02: Math.floor(A01 * veterans),
      A03,
      A04: Math.floor(A03 * bereaved),
      A05: Math.floor(A03 * disabled),
      A06: Math.floor(A01 * retired),
      A07: first ? A01 : added,
      A08: first ? 0 : removed,
      A09: grown(archived),
      A11: grown(cards),
    };
  });
}

/** B01 to B07 of a station count the station itself, from its facts. */
function standing(station: StationPlan, month: number): FiguresByCode {
  const facts = station.facts[month];
  return {
    B01: 1,
    B02: 1,
    B03: facts?.fiveHaves ? 1 : 0,
    B05: facts?.fullTime ?? 0,
    B07: facts?.veteranSecretary ? 1 : 0,
  };
}

function visits(
  given: Readonly<Record<string, number>>,
  pace: Pace,
  people: number,
  festival: number,
  month: number,
  random: Random,
): FiguresByCode {
  const C03 = given.C03 ?? random.count(pace.festival * festival);
  const others = random.count(pace.visits);
  const C01 = C03 + others;
  const C02 = Math.min(C01, Math.max(Math.ceil(C01 * random.between(0.75, 1)), C01 > 0 ? 1 : 0));
  const gifts = others > 0 && random.chance(0.3) ? random.int(1, others) : 0;
  const C04 = (C03 * random.int(3, 6) * 100 + gifts * 200) * 100;
  const overdue = people * 0.05 * (1 - month / (CURRENT + 4));
  return { C01, C02, C03, C04, C05: Math.min(people, random.count(overdue)) };
}

function reception(
  given: Readonly<Record<string, number>>,
  pace: Pace,
  stock: Stock,
  random: Random,
): FiguresByCode {
  const D07 = given.D07 ?? random.count(pace.backlog);
  const accepted = random.count(pace.petitions);
  // A backlog dispute that is settled was open before or came in this month.
  const D03 = Math.max(accepted, D07 - stock.openPetitions);
  const open = stock.openPetitions + D03;
  const usual = Math.round(open * random.between(0.3, 0.9));
  const D04 = Math.max(D07, Math.min(open, usual));
  const D05 = open - D04;
  stock.openPetitions = D05;
  return {
    D01: given.D01 ?? random.count(pace.receptions),
    D02: given.D02 ?? random.count(pace.consultations),
    D03,
    D04,
    D04A: D04 - (D04 > 0 && random.chance(0.12) ? 1 : 0),
    D05,
    D06: D05 > 1 && random.chance(0.2) ? 1 : 0,
    D07,
  };
}

/** Money in fen: whole hundreds of yuan, as such payments are. Where nobody is in the archive, nobody applies. */
function assistance(
  given: Readonly<Record<string, number>>,
  pace: Pace,
  { people }: StationPlan,
  random: Random,
): FiguresByCode {
  const asked = people > 0 ? pace : { aid: 0, illness: 0 };
  const E02 = given.E02 ?? random.count(asked.aid);
  const E03 = given.E03 ?? random.count(asked.illness);
  const waiting = random.count(asked.aid * 0.4);
  let yuan = 0;
  for (let i = 0; i < E02; i++) yuan += random.int(10, 40) * 100;
  for (let i = 0; i < E03; i++) yuan += random.int(30, 180) * 100;
  return { E01: E02 + E03 + waiting, E02, E03, E04: yuan * 100, E05: random.count(pace.aid * 4) };
}

/** A station that holds a regular gathering does so every month; elsewhere something small happens now and then. */
function activities(station: StationPlan, pace: Pace, regular: boolean, random: Random): FiguresByCode {
  const F02 = (regular ? 1 : 0) + random.count(regular ? pace.activities * 0.1 : pace.activities * 0.2);
  const usual = station.level === "town" ? 30 : Math.max(8, Math.round(station.people * 0.4));
  let F03 = 0;
  for (let i = 0; i < F02; i++) F03 += i === 0 && regular ? usual + random.int(-2, 2) : random.int(2, 5);
  return { F02, F03, F04: random.count(pace.activities * 3), F05: random.count(pace.activities * 0.3) };
}

function inspection(pace: Pace, stock: Stock, random: Random): FiguresByCode {
  const G01 = random.count(pace.findings);
  const open = stock.openFindings + G01;
  const G02 = Math.min(open, Math.round(open * random.between(0.3, 1)));
  stock.openFindings = open - G02;
  const G03 = Math.min(stock.openFindings, stock.overdueFindings + G01, random.chance(0.3) ? 1 : 0);
  stock.overdueFindings = G03;
  return { G01, G02, G03 };
}

/** Rule boards never come down in the demo. */
function boards(station: StationPlan, random: Random): number[] {
  const town = station.level === "town";
  let up = town ? random.int(10, 13) : random.int(3, 6);
  const months = Array.from({ length: CURRENT + 1 }, () => {
    if (random.chance(town ? 0.2 : 0.08)) up++;
    return up;
  });
  if (station.key !== LIUHE) return months;
  return months.map((_, month) => LIUHE_BOARDS - (month < 3 ? 4 : month < 8 ? 2 : 0));
}

/** H01 to H05: a cadre home and its service points. */
function cadreCare(station: StationPlan, random: Random): (month: number) => FiguresByCode {
  const home = station.kind === "cadre_home";
  const learners = home ? 0 : random.int(84, 112);
  const paired = home ? 0 : random.int(5, 11);
  return (month) => ({
    H01: home ? 0 : random.count(9),
    // The yearly check-up is done in spring and autumn.
    H02: home ? 0 : random.count(month % 6 < 2 ? station.people / 5 : 0.5),
    H03: home ? random.count(2) : random.count(6),
    H04: home ? 0 : learners + Math.floor(month / 4),
    H05: home ? 0 : paired + Math.floor(month / 5),
  });
}
