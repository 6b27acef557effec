import type { FiguresByCode } from "@muster/domain/indicator";
import { addDays, addMonths, firstDay, type LocalDate, lastDay } from "@muster/domain/period";
import { ageOn, COUNTED_CATEGORIES, type CountedCategory, type Sex } from "@muster/domain/person";
import { type Calendar, CURRENT } from "./calendar";
import { archiveName, holderOf, IdNumbers, mobile } from "./people-lives";
import type { StationPlan } from "./plan";
import { Random } from "./random";

/*
 * The people in the archives of a demo city, made from what its stations report: at every month's end A01 to A06, A09
 * and A11 count them, and A07 and A08 their coming and going, also for months that a station was excused from and for
 * the open one. `demo.test.ts` counts them by the rules of db/queries/people/figures.ts.
 *
 * What other generators can rely on:
 * - `peopleOfCity` is pure, and the same on every machine on the same day. `activeIn(people, from, to)` are those of a
 *   station who were in its archive on every day of a stretch. A station of fewer than five people may have none left
 *   who fit, and some stations of the demo have nobody; the city itself has no archive.
 * - In the database: `person` where `city_id` and `station_id`, `active_from <= from` and
 *   `(left_on is null or left_on > to)`; order by `id`, which is the order of `peopleOfCity`.
 * - A station's archive is in use from the demo's first month on (its first entry is older), or from the month it
 *   opened in (`plan.opensIn`).
 * - Nobody comes or goes in the future; all of the archive's days are of the station's life.
 */

/** A category as it was held. */
export interface HeldSpan {
  code: string;
  from: LocalDate;
  /** First day on which it no longer holds. */
  to: LocalDate | null;
}

/** Somebody in the archive of a station. */
export interface DemoPerson {
  /** Of the record; `personId` is that of the human being. */
  id: string;
  personId: string;
  station: StationPlan;
  name: string;
  sex: Sex;
  bornOn: LocalDate;
  idNumber: string;
  /** Digits; empty where it is not known. */
  phone: string;
  categories: HeldSpan[];
  activeFrom: LocalDate;
  leftOn: LocalDate | null;
  wayOut: "died" | "moved_out" | null;
  livingAlone: boolean;
  emptyNest: boolean;
  plaque: boolean;
  cardSince: LocalDate | null;
  /** Since when nothing is missing in the archive; null while something is. */
  completeSince: LocalDate | null;
  /** Days on which it was looked through and found right, in their order. */
  confirmedOn: LocalDate[];
}

/** Those who were in the archive on every day from one to another. */
export function activeIn(people: readonly DemoPerson[], from: LocalDate, to: LocalDate): DemoPerson[] {
  return people.filter((p) => p.activeFrom <= from && (p.leftOn === null || p.leftOn > to));
}

/** Everybody in the archives of a city by station, each station's in the order in which they were entered. */
export function peopleOfCity(
  stations: readonly StationPlan[],
  figures: ReadonlyMap<StationPlan, readonly FiguresByCode[]>,
  calendar: Calendar,
): Map<StationPlan, DemoPerson[]> {
  const towns = stations.filter((plan) => plan.level === "town");
  const numbers = new Map(
    towns.map((town, i) => [town.spec, new IdNumbers(`${regionOf(town)}${String(i + 1).padStart(2, "0")}`)]),
  );
  return new Map(
    stations.flatMap((plan) => {
      const months = figures.get(plan);
      const ids = numbers.get(plan.spec);
      return months && ids ? [[plan, new Archive(plan, calendar, ids).tell(months)] as const] : [];
    }),
  );
}

/** 53 is a province; no place in it has the codes that follow. */
const regionOf = (town: StationPlan) => (town.code.startsWith("9901") ? "5399" : "5398");

type Sort = "veterans" | "entitled" | "bereaved" | "disabled" | "cadres";
const FIGURE_OF: Record<Sort, string> = {
  veterans: "A02",
  entitled: "A03",
  bereaved: "A04",
  disabled: "A05",
  cadres: "A06",
};
const SORTS = Object.keys(FIGURE_OF) as Sort[];

function counts(kind: CountedCategory, code: string | null): boolean {
  return code !== null && COUNTED_CATEGORIES[kind].some(([from, to]) => code >= from && code <= to);
}

/** Somebody while the year is being told. */
interface Living {
  person: DemoPerson;
  /** What they hold: of those who served, of those entitled, of others. */
  served: string | null;
  entitled: string | null;
  other: string | null;
  archived: boolean;
  carded: boolean;
  /** Month of the window in which they came; -1 for those who were there before. */
  cameIn: number;
  /** Month of the window in which the archive was looked through first. */
  confirmedIn: number | null;
}

const SERVED = ["31", "31", "31", "31", "31", "34", "34", "30", "30", "20", "21", "23", "22", "25", "33"];
const SERVED_CADRES = ["10", "10", "10", "10", "10", "10", "10", "12", "13"];
const BEREAVED = ["42", "42", "42", "40", "41"];
const ENTITLED = ["55", "55", "55", "53", "53", "52", "54", "58"];
const ENTITLED_CADRES = ["53", "53", "54"];

/** The archive of one station through the thirteen months. */
class Archive {
  private readonly random: Random;
  private readonly all: Living[] = [];
  private readonly cadreHome: boolean;

  constructor(
    private readonly plan: StationPlan,
    private readonly calendar: Calendar,
    private readonly numbers: IdNumbers,
  ) {
    this.random = new Random(`people ${plan.key}`);
    this.cadreHome = plan.kind !== "station";
  }

  tell(months: readonly FiguresByCode[]): DemoPerson[] {
    this.begin(months[this.plan.opensIn] ?? {});
    for (let month = this.plan.opensIn; month <= CURRENT; month++) this.month(month, months[month] ?? {});
    for (const living of this.all) this.finish(living);
    return this.all.map(({ person }) => person);
  }

  /** Who was there before the first month told. */
  private begin(first: FiguresByCode): void {
    const of = (code: string) => first[code] ?? 0;
    const people = of("A01") - of("A07") + of("A08");
    const share = (code: string) => Math.floor((people * of(code)) / Math.max(1, of("A01")));
    const lack = Object.fromEntries(SORTS.map((sort) => [sort, share(FIGURE_OF[sort])])) as Record<
      Sort,
      number
    >;
    for (let n = 0; n < people; n++) this.enter(-1, lack, people - n);
    const order = this.random.shuffled(this.all);
    // Cards and complete archives lie together: whoever leaves has usually both.
    for (const living of order.slice(0, Math.min(people, of("A09")))) this.look(living, null);
    for (const living of order.slice(0, Math.min(people, of("A11")))) this.give(living, null);
  }

  private month(month: number, figures: FiguresByCode): void {
    const of = (code: string) => figures[code] ?? 0;
    const lack = () => {
      const now = this.count();
      return Object.fromEntries(SORTS.map((sort) => [sort, of(FIGURE_OF[sort]) - now[sort]])) as Record<
        Sort,
        number
      >;
    };
    for (let n = 0; n < of("A08"); n++) this.leave(month, lack());
    for (let n = of("A07"); n > 0; n--) this.enter(month, lack(), n);
    this.correct(month, lack);
    const active = this.active();
    this.catchUp(active, of("A09"), "archived", (living) => this.look(living, month));
    this.catchUp(active, of("A11"), "carded", (living) => this.give(living, month));
  }

  /** As many more as the month's figure asks for. */
  private catchUp(
    active: readonly Living[],
    wanted: number,
    mark: "archived" | "carded",
    mend: (living: Living) => void,
  ): void {
    const lacking = this.random.shuffled(active.filter((living) => !living[mark]));
    for (const living of lacking.slice(0, Math.max(0, wanted - (active.length - lacking.length))))
      mend(living);
  }

  private active(): Living[] {
    return this.all.filter(({ person }) => person.leftOn === null);
  }

  private count(): Record<Sort, number> {
    const active = this.active();
    return Object.fromEntries(
      SORTS.map((sort) => [sort, active.filter((living) => holds(living, sort)).length]),
    ) as Record<Sort, number>;
  }

  /** Somebody comes, of the sorts that are lacking; `left` more are to come, this one included. */
  private enter(month: number, lack: Record<Sort, number>, left: number): void {
    const { random } = this;
    const take = (sort: Sort, on: boolean) => {
      if (on) lack[sort] -= 1;
      return on;
    };
    const drawn = (sort: Sort) => lack[sort] > 0 && (lack[sort] >= left || random.chance(lack[sort] / left));
    const general = lack.entitled - Math.max(0, lack.bereaved) - Math.max(0, lack.disabled);
    const bereavedFirst = lack.bereaved > 0 && left - lack.veterans > 0 && !drawn("veterans");
    const served = !bereavedFirst && drawn("veterans");
    take("veterans", served);
    const cadre = served && take("cadres", drawn("cadres"));
    let entitled: string | null = null;
    if (
      lack.bereaved > 0 &&
      (bereavedFirst || (left <= lack.bereaved + 1 && !served) || (this.cadreHome && drawn("bereaved")))
    ) {
      entitled = random.pick(BEREAVED);
      lack.bereaved -= 1;
      lack.entitled -= 1;
    } else if (lack.disabled > 0 && (served || left <= lack.disabled) && drawn("disabled")) {
      entitled = "50";
      lack.disabled -= 1;
      lack.entitled -= 1;
    } else if (general > 0 && (general >= left || random.chance(general / left))) {
      entitled = served ? random.pick(this.cadreHome ? ENTITLED_CADRES : ENTITLED) : "56";
      lack.entitled -= 1;
    }
    const code = cadre ? random.pick(SERVED_CADRES) : served ? random.pick(SERVED) : null;
    // Who turned sixty in the countryside was no officer, and who joined by 1954 is not sixty.
    const fitting = entitled === "55" && !cadre && code !== null ? "31" : code;
    const other = fitting === null && entitled === null ? random.pick(["60", "60", "60", "61"]) : null;
    this.add(month, { served: fitting, entitled, other });
  }

  private add(month: number, held: Pick<Living, "served" | "entitled" | "other">): void {
    const { random, calendar, plan } = this;
    const codes = [held.entitled, held.served, held.other].filter((code) => code !== null);
    const { sex, bornOn } = holderOf(random, codes, calendar.today);
    const activeFrom = month < 0 ? this.before() : this.day(month);
    const age = ageOn(bornOn, calendar.today);
    const alone = random.chance(age >= 80 ? 0.2 : age >= 70 ? 0.12 : 0.02);
    const at = new Date(`${activeFrom}T${String(random.int(8, 17)).padStart(2, "0")}:30:00+08:00`);
    const person: DemoPerson = {
      id: random.id(at),
      personId: random.id(at),
      station: plan,
      name: archiveName(random, sex),
      sex,
      bornOn,
      idNumber: this.numbers.next(random, bornOn, sex),
      phone: mobile(random),
      categories: codes.map((code) => ({ code, from: activeFrom, to: null })),
      activeFrom,
      leftOn: null,
      wayOut: null,
      livingAlone: alone,
      emptyNest: !alone && age >= 60 && random.chance(0.22),
      plaque: held.served !== null || held.entitled !== null,
      cardSince: null,
      completeSince: null,
      confirmedOn: [],
    };
    this.all.push({ ...held, person, archived: false, carded: false, cameIn: month, confirmedIn: null });
  }

  /** Somebody dies or moves away: one with a complete archive and a card, of the sorts of which there are too many. */
  private leave(month: number, lack: Record<Sort, number>): void {
    const fits = this.active().filter((living) => living.cameIn < month && living.archived && living.carded);
    const pool = fits.length > 0 ? fits : this.active().filter((living) => living.cameIn < month);
    const score = (living: Living) =>
      SORTS.reduce((sum, sort) => sum + (holds(living, sort) ? (lack[sort] < 0 ? 1 : -1) : 0), 0) +
      ageOn(living.person.bornOn, this.calendar.today) / 100 +
      this.random.next() / 4;
    const [first] = pool
      .map((living) => ({ living, score: score(living) }))
      .sort((a, b) => b.score - a.score);
    if (!first) throw new RangeError(`nobody is left to leave ${this.plan.key}`);
    const { person } = first.living;
    person.leftOn = this.day(month);
    const old = ageOn(person.bornOn, this.calendar.today) >= 70;
    person.wayOut = this.random.chance(old ? 0.9 : 0.35) ? "died" : "moved_out";
  }

  /** What coming and going has left over: categories that are acknowledged, or end. */
  private correct(month: number, lack: () => Record<Sort, number>): void {
    const change = (sort: Sort, more: (l: Living) => Partial<Living> | null, fewer: typeof more) => {
      for (let left = lack()[sort]; left !== 0; left -= Math.sign(left)) {
        const way = left > 0 ? more : fewer;
        const found = this.random
          .shuffled(this.active())
          .map((living) => ({ living, to: holds(living, sort) === left > 0 ? null : way(living) }))
          .sort((a, b) => Number(this.odd(a.living, a.to)) - Number(this.odd(b.living, b.to)))
          .find(({ to }) => to !== null);
        if (!found?.to) throw new RangeError(`${this.plan.key} cannot have ${lack()[sort]} more ${sort}`);
        this.swap(found.living, found.to, month);
      }
    };
    const general = (l: Living) => l.entitled !== null && !holds(l, "bereaved") && l.entitled !== "50";
    change(
      "bereaved",
      (l) => (general(l) ? { entitled: "42" } : null),
      () => ({ entitled: "56" }),
    );
    change(
      "disabled",
      (l) => (general(l) ? { entitled: "50" } : null),
      () => ({ entitled: "53" }),
    );
    change(
      "entitled",
      (l) => ({ entitled: l.served ? "52" : "56" }),
      (l) => (general(l) ? { entitled: null } : null),
    );
    change(
      "veterans",
      () => ({ served: "34" }),
      (l) => (holds(l, "cadres") && !this.cadreHome ? null : { served: null }),
    );
    change(
      "cadres",
      (l) => (l.served ? { served: "10" } : null),
      () => ({ served: "34" }),
    );
  }

  /** A category of the elderly for somebody who is not sixty: only where nobody else can have it. */
  private odd({ person }: Living, to: Partial<Living> | null): boolean {
    return to?.entitled === "56" && ageOn(person.bornOn, this.calendar.today) < 60;
  }

  private swap(living: Living, to: Partial<Living>, month: number): void {
    const { person } = living;
    const day = later(this.day(month), person.activeFrom);
    for (const part of ["served", "entitled"] as const) {
      if (!(part in to) || to[part] === living[part]) continue;
      const before = person.categories.find((held) => held.code === living[part] && held.to === null);
      if (before) before.to = later(day, before.from);
      living[part] = to[part] ?? null;
      if (living[part] !== null) person.categories.push({ code: living[part], from: day, to: null });
    }
    if (living.served ?? living.entitled ?? living.other) return;
    living.other = "60";
    person.categories.push({ code: "60", from: day, to: null });
  }

  /** An archive is complete and was looked through: before the window (`null`), or in a month of it. */
  private look(living: Living, month: number | null): void {
    const { person } = living;
    living.archived = true;
    living.confirmedIn = month;
    if (month === null) {
      person.completeSince = later(addDays(person.activeFrom, this.random.int(3, 60)), person.activeFrom);
      return;
    }
    const day = later(this.day(month), person.activeFrom);
    person.completeSince = day;
    person.confirmedOn.push(day);
  }

  private give(living: Living, month: number | null): void {
    const { person } = living;
    living.carded = true;
    const from = later(person.activeFrom, "2022-01-01");
    const before = addDays(this.calendar.firstDay(0), -this.random.int(1, 400));
    person.cardSince = month === null ? later(before, from) : later(this.day(month), person.activeFrom);
  }

  /** The yearly look through an archive that was complete before the window, and what is not complete by now. */
  private finish({ person, archived, confirmedIn }: Living): void {
    const { random, calendar } = this;
    const [first] = calendar.periods;
    if (!first) return;
    const stays = (day: LocalDate) => person.leftOn === null || day < person.leftOn;
    if (archived) {
      if (confirmedIn === null) {
        // A year lies between the two, so that no month's end finds neither.
        const month = random.int(1, 11);
        const day = String(random.int(1, 28)).padStart(2, "0");
        person.confirmedOn = [`${addMonths(first, month - 12)}-${day}`, `${addMonths(first, month)}-${day}`];
        const [, again] = person.confirmedOn;
        if (again && !stays(again)) person.confirmedOn.pop();
      } else if (confirmedIn === 0) {
        const again = `${addMonths(first, 11)}-${String(random.int(1, 28)).padStart(2, "0")}`;
        if (stays(again)) person.confirmedOn.push(again);
      }
      return;
    }
    if (!random.chance(0.2)) {
      if (random.chance(0.3)) person.phone = "";
      return;
    }
    // Complete, and nobody has looked through it for more than a year.
    person.completeSince = person.activeFrom;
    const long = lastDay(addMonths(first, -13));
    if (person.activeFrom < long && random.chance(0.6)) person.confirmedOn = [long];
  }

  /** A day before the first month told, with time for two looks through the archive. */
  private before(): LocalDate {
    const [first] = this.calendar.periods;
    const from = Date.parse(this.plan.openedOn);
    const to = Date.parse(firstDay(addMonths(first ?? this.calendar.period(0), -14)));
    return new Date(from + Math.floor(this.random.next() * Math.max(0, to - from)))
      .toISOString()
      .slice(0, 10);
  }

  /** A day of a month that has come, and on which the station stands. */
  private day(month: number): LocalDate {
    const period = this.calendar.period(month);
    const most = month === CURRENT ? Number(this.calendar.today.slice(8)) : 28;
    const day = `${period}-${String(this.random.int(1, most)).padStart(2, "0")}`;
    return later(day, this.plan.openedOn);
  }
}

function holds(living: Living, sort: Sort): boolean {
  return counts(sort, living.served) || counts(sort, living.entitled);
}

const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);
