import type { FiguresByCode } from "@muster/domain/indicator";
import { addDays, addMonths, daysFrom, firstDay, type LocalDate, lastDay } from "@muster/domain/period";
import { answeredBy, type Channel, type ContactEvent, EVENTS, type Occasion } from "@muster/domain/visit";
import type { Keyring } from "@muster/secrets/keyring";
import { sealWords } from "../../queries/visits/row";
import { visit, visitDuty, visitNotice, visitPerson } from "../../schema/visit";
import type { ScopedTx } from "../../scope";
import { rowsOf, type TableRows } from "../bulk";
import { accountId } from "./accounts";
import { type Calendar, CURRENT } from "./calendar";
import { LIUHE } from "./cities";
import type { DemoPerson } from "./people";
import type { StationPlan } from "./plan";
import { Random } from "./random";

/*
 * The visits of a demo city, made from what its stations report: C01 to C04 of every month follow from them, and C05
 * from the notices that stand open and past their day at its end. The city's rules on regular contacts and festivals
 * begin with the open month and the one after it, so that nothing else is overdue in what was reported.
 */

type Rows = {
  visits: (typeof visit.$inferInsert)[];
  people: (typeof visitPerson.$inferInsert)[];
  notices: (typeof visitNotice.$inferInsert)[];
  duties: (typeof visitDuty.$inferInsert)[];
};

/** One person on one visit. */
interface Meeting {
  person: DemoPerson;
  on: LocalDate;
  occasion: Occasion;
  gift: number;
}

/** Something that happened to somebody, until it is answered. */
interface Open {
  row: typeof visitNotice.$inferInsert;
  person: DemoPerson;
  event: ContactEvent;
}

/** Days within which the service's own rules ask for a visit. */
const WITHIN: Record<ContactEvent, number> = { hospital: 7, death: 3, hardship: 7 };
const ENDED = ["本人在外地，已电话慰问", "已由镇站慰问", "家属婉谢，已电话问候"];
const FOUND = [
  "身体尚好，生活安定。",
  "腿脚不便，提醒按时服药。",
  "子女在外，平时邻居照应。",
  "对优待政策基本了解，无其他要求。",
  "精神很好，聊起服役经历。",
  "冬季取暖已备好。",
];
/** As many people are seen on one round. */
const ROUND = 4;

/**
 * Rules on regular contacts hold from the open month on, those that would be due within it from the next one; what
 * is asked after an event has held all along.
 */
export async function phaseRulesIn(tx: ScopedTx, calendar: Calendar): Promise<void> {
  const current = calendar.period(CURRENT);
  await tx.sql`
    update contact_rule set valid_from =
      case when every = 'P1W' or every like 'festival%' then ${addMonths(current, 1)} else ${current} end
    where city_id = ${tx.scope.cityId} and every not like 'event%'`;
}

/** The rows of a city's register of visits. `workers` are the heads of the rosters, by station. */
export function visitRows(
  keys: Keyring,
  cityId: number,
  figures: ReadonlyMap<StationPlan, readonly FiguresByCode[]>,
  archives: ReadonlyMap<StationPlan, readonly DemoPerson[]>,
  workers: ReadonlyMap<number, { id: string; name: string }>,
  calendar: Calendar,
): TableRows[] {
  const rows: Rows = { visits: [], people: [], notices: [], duties: [] };
  const below = new Map<StationPlan, DemoPerson[]>();
  for (const [plan, people] of archives) {
    if (!plan.parent) continue;
    below.set(plan.parent, [...(below.get(plan.parent) ?? []), ...people]);
  }
  for (const [plan, months] of figures) {
    const own = archives.get(plan) ?? [];
    const worker = workers.get(plan.id) ?? { id: accountId(plan.head.username), name: plan.head.name };
    new StationVisits(keys, cityId, plan, own, below.get(plan) ?? [], worker, calendar, rows).tell(months);
  }
  return [
    rowsOf(visit, rows.visits),
    rowsOf(visitPerson, rows.people),
    rowsOf(visitNotice, rows.notices),
    rowsOf(visitDuty, rows.duties),
  ];
}

class StationVisits {
  private readonly random: Random;
  private open: Open[] = [];

  constructor(
    private readonly keys: Keyring,
    private readonly cityId: number,
    private readonly plan: StationPlan,
    private readonly own: readonly DemoPerson[],
    private readonly below: readonly DemoPerson[],
    private readonly worker: { id: string; name: string },
    private readonly calendar: Calendar,
    private readonly rows: Rows,
  ) {
    this.random = new Random(`visits ${plan.key}`);
  }

  tell(months: readonly FiguresByCode[]): void {
    for (let month = this.plan.opensIn; month <= CURRENT; month++) this.month(month, months[month] ?? {});
    // Who waits for a visit has somebody who looks after them.
    for (const { person } of this.open) {
      this.rows.duties.push({
        ...{ cityId: this.cityId, path: this.plan.path, stationId: this.plan.id, recordId: person.id },
        ...{ workerId: this.worker.id, worker: this.worker.name, since: this.calendar.firstDay(CURRENT) },
      });
    }
  }

  private month(month: number, figures: FiguresByCode): void {
    const period = this.calendar.period(month);
    const [first, last] = [firstDay(period), month === CURRENT ? this.calendar.today : lastDay(period)];
    const { C01 = 0, C02 = 0, C03 = 0, C04 = 0, C05 = 0 } = figures;
    if (month === this.plan.opensIn) this.begin(first, last);
    const answered = this.settle(C05 ?? 0, Math.min((C01 ?? 0) - (C03 ?? 0), C02 ?? 0), first, last);
    this.visit(
      { times: C01 ?? 0, people: C02 ?? 0, festival: C03 ?? 0, fen: C04 ?? 0 },
      answered,
      first,
      last,
    );
    this.happen((C05 ?? 0) - this.open.length, month, first, last);
    if (month === CURRENT && this.plan.parent?.key === LIUHE && this.plan.number <= 12) this.upcoming();
  }

  /** A round of calls with which the register begins; calls count in no figure. */
  private begin(first: LocalDate, last: LocalDate): void {
    const [someone] = this.present([...this.own, ...this.below], first, last);
    if (!someone) return;
    const on = this.dayFor(someone, first, last);
    this.enter([{ person: someone, on, occasion: "routine", gift: 0 }], "phone");
  }

  /** Answers or ends notices until no more than `target` stand open; says who is to be visited for which. */
  private settle(target: number, most: number, first: LocalDate, last: LocalDate): Open[] {
    for (const notice of this.open.filter(({ person }) => person.leftOn !== null && person.leftOn <= last)) {
      this.end(notice, notice.person.leftOn ?? last, "已离册");
    }
    const surplus = this.open.length - target;
    const turn = target > 0 && surplus === 0 && this.open.length > 1 && this.random.chance(0.5) ? 1 : 0;
    const out = this.open.slice(0, Math.max(0, surplus) + turn);
    const answered = out
      .slice(0, Math.max(0, most))
      .filter(({ person }) => this.dayFor(person, first, last) !== "");
    for (const notice of out) {
      if (answered.includes(notice)) continue;
      const begun = notice.row.happenedOn > first ? notice.row.happenedOn : first;
      this.end(notice, this.day(begun, last), this.random.pick(ENDED));
    }
    this.open = this.open.filter((notice) => !answered.includes(notice));
    return answered;
  }

  private end(notice: Open, on: LocalDate, reason: string): void {
    Object.assign(notice.row, { endedOn: on, endedBy: this.worker.name, endedReason: reason });
    this.open = this.open.filter((each) => each !== notice);
  }

  private visit(
    { times, people, festival, fen }: { times: number; people: number; festival: number; fen: number },
    answered: readonly Open[],
    first: LocalDate,
    last: LocalDate,
  ): void {
    if (times === 0) return;
    const due = answered.map(({ person }) => person);
    const others = this.random
      .shuffled(this.present(this.own, first, last))
      .concat(this.random.shuffled(this.present(this.below, first, last)))
      .filter((person) => !due.includes(person));
    const seen = [...due, ...others].slice(0, people);
    if (seen.length < people) throw new RangeError(`${this.plan.key} has nobody to visit`);
    // Everyone once, some of them again; answers to notices are no festival visits.
    const list = Array.from({ length: times }, (_, i) => seen[i % seen.length] as DemoPerson);
    const gifts = this.gifts(times, festival, fen);
    const meetings = list.map((person, i): Meeting => {
      const notice = answered[i];
      const festive = i >= times - festival;
      const begun = notice && notice.row.happenedOn > first ? notice.row.happenedOn : first;
      return {
        person,
        on: this.dayFor(person, begun, last),
        occasion: notice ? notice.event : festive ? "festival" : "routine",
        gift: gifts[i] ?? 0,
      };
    });
    for (const round of this.rounds(meetings)) {
      const id = this.enter(round, "visit");
      const [only] = round;
      const notice = answered.find(({ person, event }) => only?.person === person && only.occasion === event);
      if (notice && only) Object.assign(notice.row, { metOn: only.on, metBy: id });
    }
  }

  /** What each is given, in fen: the same at a festival, something for a few others. */
  private gifts(times: number, festival: number, fen: number): number[] {
    const gifts = Array.from({ length: times }, () => 0);
    const each = festival === 0 ? 0 : Math.floor(fen / festival / 10_000) * 10_000;
    let rest = fen;
    for (let i = times - festival; i < times; i++) {
      gifts[i] = each;
      rest -= each;
    }
    const ordinary = times - festival;
    for (let i = 0; rest > 0; i++) {
      const given = Math.min(rest, 20_000);
      const at = ordinary > 0 ? i % ordinary : i % times;
      gifts[at] = (gifts[at] ?? 0) + given;
      rest -= given;
    }
    return gifts;
  }

  /** Meetings of one kind on one day make one visit; an answer to a notice is a visit of its own. */
  private *rounds(meetings: readonly Meeting[]): Generator<Meeting[]> {
    const waiting = new Map<string, Meeting[]>();
    for (const meeting of meetings) {
      const { occasion, gift, person } = meeting;
      if (occasion !== "festival") {
        yield [meeting];
        continue;
      }
      const key = `${gift} ${person.activeFrom > meeting.on}`;
      const round = waiting.get(key) ?? [];
      const [head] = round;
      const on = head?.on ?? meeting.on;
      const there = person.activeFrom <= on && (person.leftOn === null || person.leftOn > on);
      if (round.some((each) => each.person === person) || !there) {
        yield [meeting];
        continue;
      }
      round.push({ ...meeting, on });
      if (round.length === ROUND) {
        waiting.delete(key);
        yield round;
      } else waiting.set(key, round);
    }
    yield* waiting.values();
  }

  /** Something happens to as many people as are missing, long enough before the month's end to be past its day. */
  private happen(missing: number, month: number, first: LocalDate, last: LocalDate): void {
    if (missing <= 0) return;
    const waiting = new Set(this.open.map(({ person }) => person));
    const began = month === this.plan.opensIn ? first : "";
    const chosen = this.random
      .shuffled(
        this.own.filter((person) => !waiting.has(person) && (person.leftOn === null || person.leftOn > last)),
      )
      .flatMap((person) => {
        const event = this.random.pick(EVENTS);
        const days = WITHIN[event];
        const earliest = [addDays(first, -days), person.activeFrom, began].sort().at(-1) ?? first;
        const latest = addDays(last, -days);
        return earliest > latest ? [] : [{ person, event, on: this.day(earliest, latest) }];
      })
      .slice(0, missing);
    for (const { person, event, on } of chosen) this.note(person, event, on);
  }

  /** Where the month is still open: something that happened yesterday, and is not late. */
  private upcoming(): void {
    const { today } = this.calendar;
    const waiting = new Set(this.open.map(({ person }) => person));
    const yesterday = addDays(today, -1);
    const person = this.own.find(
      (each) => !waiting.has(each) && each.activeFrom <= yesterday && each.leftOn === null,
    );
    if (person) this.note(person, "hospital", yesterday);
  }

  private note(person: DemoPerson, event: ContactEvent, on: LocalDate): void {
    const at = this.at(on);
    const row: Open["row"] = {
      ...{ cityId: this.cityId, path: this.plan.path, stationId: this.plan.id, recordId: person.id },
      ...{ id: this.random.id(at), event, happenedOn: on, dueOn: answeredBy(on, WITHIN[event]) },
      ...{ notedAt: at, notedBy: this.worker.name },
      // Every row has the same keys: so bulk inserts want it.
      ...{ metOn: null, metBy: null, endedOn: null, endedBy: null, endedReason: null },
    };
    this.rows.notices.push(row);
    this.open.push({ row, person, event });
  }

  private enter(round: readonly Meeting[], channel: Channel): string {
    const [{ on, occasion, gift } = { on: "", occasion: "routine" as Occasion, gift: 0 }] = round;
    const at = this.at(on);
    const id = this.random.id(at);
    const place = { cityId: this.cityId, path: this.plan.path, stationId: this.plan.id };
    const words = { place: channel === "visit" ? "家中" : "", found: this.random.pick(FOUND), followUp: "" };
    this.rows.visits.push({
      ...{ ...place, id, heldOn: on, channel, occasion, gift, people: round.length },
      ...{ workerId: this.worker.id, worker: this.worker.name },
      content: this.random.chance(0.3) ? sealWords(this.keys, this.cityId, id, words) : null,
      ...{ enteredAt: at, enteredBy: this.worker.name },
    });
    for (const { person } of round) {
      this.rows.people.push({
        ...place,
        visitId: id,
        recordId: person.id,
        heldOn: on,
        channel,
        occasion,
        gift,
      });
    }
    return id;
  }

  /** Those who are in the archive on some day of a stretch. */
  private present(people: readonly DemoPerson[], first: LocalDate, last: LocalDate): DemoPerson[] {
    return people.filter((p) => p.activeFrom <= last && (p.leftOn === null || p.leftOn > first));
  }

  /** A day of a stretch on which somebody is there; empty for none. */
  private dayFor(person: DemoPerson, first: LocalDate, last: LocalDate): LocalDate {
    const from = person.activeFrom > first ? person.activeFrom : first;
    const to = person.leftOn !== null && person.leftOn <= last ? addDays(person.leftOn, -1) : last;
    return from > to ? "" : this.day(from, to);
  }

  private day(first: LocalDate, last: LocalDate): LocalDate {
    return addDays(first, this.random.int(0, Math.max(0, daysFrom(first, last))));
  }

  private at(on: LocalDate): Date {
    const at = new Date(`${on}T${String(this.random.int(9, 16)).padStart(2, "0")}:30:00+08:00`);
    const now = new Date(`${this.calendar.today}T08:00:00+08:00`);
    return at > now ? now : at;
  }
}
