import {
  APPLICANTS,
  type CaseAction,
  type CaseState,
  dueOf,
  firstState,
  publicUntil,
  REFUSAL_REASONS,
  type RefusalReason,
} from "@muster/domain/assistance";
import type { FiguresByCode } from "@muster/domain/indicator";
import { addDays, daysFrom, type LocalDate, lastDay } from "@muster/domain/period";
import { ageOn } from "@muster/domain/person";
import type { Keyring } from "@muster/secrets/keyring";
import { sealDetails, sealRemark } from "../../queries/assistance/row";
import {
  assistanceBudget,
  assistanceCase,
  assistanceEvent,
  assistanceMaterial,
} from "../../schema/assistance";
import { rowsOf, type TableRows } from "../bulk";
import { type CatalogueAssistance, loadAssistance } from "../catalogue";
import { type Account, accountId } from "./accounts";
import { type Calendar, CURRENT } from "./calendar";
import { activeIn, type DemoPerson } from "./people";
import type { StationPlan } from "./plan";
import { Random } from "./random";

/*
 * The cases of assistance of a demo city, made from what its stations report: applications are E01 of each month, cases
 * paid E02 and E03, the money E04. Who applied in the closed months was paid, refused or withdrew; of those who apply
 * in the last two months some stand at every step. A station without people in its archive has no cases.
 */

interface Rows {
  cases: (typeof assistanceCase.$inferInsert)[];
  materials: (typeof assistanceMaterial.$inferInsert)[];
  events: (typeof assistanceEvent.$inferInsert)[];
}

/** One step of a case as it is told. */
interface Told {
  action: "apply" | CaseAction;
  to: CaseState;
  on: LocalDate;
  by: Actor;
  text?: string;
  amount?: number;
}

interface Actor {
  id: string;
  name: string;
  station: string;
}

/** An application of a month that nobody has been paid for yet. */
interface Application {
  month: number;
}

const ONE_OFF = ["one_off", "one_off", "one_off", "old_injury", "unemployment", "disaster", "other"];
const REASONS: Record<string, readonly string[]> = {
  one_off: ["家中主要劳力患病，医药费支出大，日常生活困难。", "独居，房屋漏雨急需修缮，积蓄不足。"],
  old_injury: ["旧伤复发住院，自付费用较高。", "腿部旧伤复发，需长期康复治疗。"],
  unemployment: ["下岗两年未就业，孩子在读大学。"],
  disaster: ["暴雨进水，家电粮食受损。", "厨房失火，家具烧毁。"],
  other: ["配偶重残，需专人照料，收入减少。"],
  major_illness: ["因心脏手术住院，自付部分负担重。", "确诊肿瘤，化疗费用高。", "脑梗住院，后续康复费用大。"],
  emergency: ["突发脑溢血送医，押金无着。", "交通事故住院，家中无现金。"],
};
/** Where those who apply in the open month stand, in turn, so that every step has somebody. */
const STANDING: readonly CaseState[] = [
  ...(["verify", "review", "second_check", "publicity", "approval", "verify", "payment", "advance"] as const),
  ...(["publicity", "review"] as const),
];
/** What became of those whom nobody paid, in turn. */
/** What a town writes to an applicant, by the reason. */
const REFUSED: Record<RefusalReason, string> = {
  not_served: "经查，申请人未建立服务对象档案，不属于本项帮扶范围。",
  means_above: "经核算，家庭人均收入超过标准。",
  not_the_cause: "所述情况不在本项帮扶规定的情形之内。",
  helped_already: "本年度已就同一事由享受帮扶。",
  papers_missing: "所缺材料逾期未补，困难情况无法核实。",
  untrue: "入户核查情况与申请所述不符。",
  other: "已转请其他部门按规定办理。",
};
const ENDED: readonly CaseState[] = ["refused", "withdrawn", "refused", "upheld", "appeal"];
const HUNDRED_YUAN = 10_000;

/** The rows of a city's cases and budgets. */
export function caseRows(
  keys: Keyring,
  cityId: number,
  stations: readonly StationPlan[],
  accounts: readonly Account[],
  figures: ReadonlyMap<StationPlan, readonly FiguresByCode[]>,
  archives: ReadonlyMap<StationPlan, readonly DemoPerson[]>,
  calendar: Calendar,
): TableRows[] {
  const rows: Rows = { cases: [], materials: [], events: [] };
  const teller = new Teller(keys, cityId, stations, accounts, calendar, rows);
  for (const [plan, months] of figures) {
    const people = archives.get(plan) ?? [];
    if (people.length > 0) teller.tell(plan, months, people);
  }
  return [
    rowsOf(assistanceCase, rows.cases),
    rowsOf(assistanceMaterial, rows.materials),
    rowsOf(assistanceEvent, rows.events),
    rowsOf(assistanceBudget, budgetRows(cityId, stations, rows.cases, calendar)),
  ];
}

class Teller {
  private readonly kinds = new Map(loadAssistance().map((kind) => [kind.code, kind]));
  private readonly names: ReadonlyMap<string, string>;
  private readonly root: StationPlan;
  private standing = 0;
  private ended = 0;
  private followed = 0;

  constructor(
    private readonly keys: Keyring,
    private readonly cityId: number,
    stations: readonly StationPlan[],
    accounts: readonly Account[],
    private readonly calendar: Calendar,
    private readonly rows: Rows,
  ) {
    const [root] = stations;
    if (!root) throw new RangeError("a city without stations");
    this.root = root;
    this.names = new Map(accounts.map(({ username, name }) => [username, name]));
  }

  tell(plan: StationPlan, months: readonly FiguresByCode[], people: readonly DemoPerson[]): void {
    const random = new Random(`cases ${plan.key}`);
    const waiting: Application[] = [];
    const told: { month: number; paidIn: number | null; code: string; paid: number | null }[] = [];
    for (let month = plan.opensIn; month <= CURRENT; month++) {
      const of = (code: string) => months[month]?.[code] ?? 0;
      for (let i = 0; i < of("E01"); i++) waiting.push({ month });
      const codes = [
        ...Array.from({ length: of("E02") }, () => random.pick(ONE_OFF)),
        ...Array.from({ length: of("E03") }, () => "major_illness"),
      ];
      const sums = share(random, of("E04"), codes);
      codes.forEach((code, i) => {
        // Whoever has waited longest is paid first.
        const application = waiting.shift();
        if (!application) throw new RangeError(`${plan.key} pays more than was applied for`);
        told.push({ month: application.month, paidIn: month, code, paid: sums[i] ?? 0 });
      });
    }
    for (const { month } of waiting)
      told.push({ month, paidIn: null, code: random.pick(ONE_OFF), paid: null });
    const numbers = new Map<string, number>();
    const dated = told
      .map((one) => ({ ...one, on: this.dayIn(random, one.month, 1, one.paidIn === one.month ? 7 : 20) }))
      .sort((a, b) => (a.on < b.on ? -1 : 1));
    for (const one of dated) {
      const year = one.on.slice(0, 4);
      const number = (numbers.get(year) ?? 0) + 1;
      numbers.set(year, number);
      this.write(random, plan, people, { ...one, number });
    }
  }

  /** A day of a month between two of its days, never one that has not come. */
  private dayIn(random: Random, month: number, from: number, to: number): LocalDate {
    const first = this.calendar.firstDay(month);
    const last = lastDay(this.calendar.period(month));
    const latest = earlier(last, this.calendar.today);
    const day = addDays(first, random.int(from, to) - 1);
    return earlier(day, latest);
  }

  private actor(username: string, station: string): Actor {
    return { id: accountId(username), name: this.names.get(username) ?? "市局分管领导", station };
  }

  private write(
    random: Random,
    plan: StationPlan,
    people: readonly DemoPerson[],
    one: {
      month: number;
      paidIn: number | null;
      code: string;
      paid: number | null;
      on: LocalDate;
      number: number;
    },
  ): void {
    const { cityId, calendar, keys } = this;
    const paidOn = one.paidIn === null ? null : this.paidDay(random, one.paidIn, one.on);
    const state = this.stateOf(one.month, paidOn);
    const code = state === "advance" ? "emergency" : one.code;
    const kind = this.kindOf(code);
    const person = this.personOf(random, people, one.on, paidOn ?? calendar.today);
    const steps = this.stepsOf(random, plan, kind, state, one.on, paidOn, one.paid);
    const last = steps.at(-1);
    if (!last) throw new RangeError("a case without a story");
    const id = random.id(instant(one.on, 0, calendar.today));
    const key = { cityId, path: plan.path, stationId: plan.id };
    const passed = steps.find(({ action }) => action === "pass");
    const granted = steps.find(({ action }) => action === "approve")?.amount ?? null;
    const cleared = steps.find(({ action }) => action === "clear");
    const until = passed && publicUntil(passed.on, kind.publicityDays);
    const refused = steps.some(({ action }) => action === "refuse");
    const size = random.int(1, 5);
    const row: (typeof this.rows.cases)[number] = {
      ...key,
      id,
      year: Number(one.on.slice(0, 4)),
      number: one.number,
      recordId: person.id,
      personId: person.personId,
      age: ageOn(person.bornOn, one.on),
      category: heldOn(person, one.on),
      typeCode: code,
      typeFrom: "2019-03",
      countsIn: kind.countsIn,
      appliedOn: one.on,
      appliedBy: random.pick(APPLICANTS),
      details: sealDetails(keys, cityId, id, {
        reason: random.pick(REASONS[code] ?? REASONS.other ?? [""]),
        household: {
          size,
          income: random.int(4, 16) * size * HUNDRED_YUAN,
          pension: random.chance(0.4) ? random.int(3, 9) * HUNDRED_YUAN : 0,
        },
      }),
      asked:
        one.paid === null ? random.int(10, 40) * HUNDRED_YUAN : one.paid + random.int(0, 5) * HUNDRED_YUAN,
      approved: granted,
      paid: paidOn === null ? null : one.paid,
      paidOn,
      publicFrom: passed && kind.publicityDays > 0 ? passed.on : null,
      publicUntil:
        until && kind.publicityDays > 0
          ? cleared && cleared.on <= until
            ? dayBefore(cleared.on, passed.on)
            : until
          : null,
      state,
      stateSince: last.on,
      dueOn: dueOf(state, last.on, kind),
      refusal: refused ? random.pick(REFUSAL_REASONS) : null,
      requestKey: random.id(instant(one.on, 1, calendar.today)),
      version: steps.length,
    };
    this.rows.cases.push(row);
    const missing = state === "verify" || state === "advance" ? random.int(0, 1) : 0;
    kind.materials.forEach((material, sort) => {
      const follows = state === "advance" || sort < missing;
      this.rows.materials.push({
        ...key,
        caseId: id,
        code: material.code,
        sort,
        receivedOn: follows ? null : one.on,
        dueOn: follows ? addDays(calendar.today, 10) : null,
      });
    });
    steps.forEach((step, place) => {
      const eventId = random.id(instant(step.on, place, calendar.today));
      const before = steps[place - 1];
      this.rows.events.push({
        ...key,
        caseId: id,
        id: eventId,
        action: step.action,
        fromState: before?.to ?? null,
        toState: step.to,
        onDay: step.on,
        waited: before ? Math.max(0, daysFrom(before.on, step.on)) : 0,
        at: instant(step.on, place, calendar.today),
        byId: step.by.id,
        byName: step.by.name,
        byStationName: step.by.station,
        amount: step.amount ?? null,
        remark: sealRemark(keys, cityId, {
          caseId: id,
          id: eventId,
          remark: (step.action === "refuse" && row.refusal ? REFUSED[row.refusal] : step.text) ?? "",
        }),
      });
    });
  }

  private kindOf(code: string): CatalogueAssistance {
    const kind = this.kinds.get(code);
    if (!kind) throw new RangeError(`no assistance ${code}`);
    return kind;
  }

  private paidDay(random: Random, month: number, applied: LocalDate): LocalDate {
    const day = this.dayIn(random, month, 22, 27);
    return later(day, applied);
  }

  /** Where a case stands today. */
  private stateOf(month: number, paidOn: LocalDate | null): CaseState {
    if (paidOn !== null) {
      if (daysFrom(paidOn, this.calendar.today) > 40) return "closed";
      this.followed += 1;
      return this.followed % 3 === 0 ? "closed" : "follow_up";
    }
    if (month >= CURRENT - 1) return STANDING[this.standing++ % STANDING.length] ?? "verify";
    return ENDED[this.ended++ % ENDED.length] ?? "refused";
  }

  private personOf(
    random: Random,
    people: readonly DemoPerson[],
    from: LocalDate,
    to: LocalDate,
  ): DemoPerson {
    const fit = activeIn(people, from, to);
    return random.pick(fit.length > 0 ? fit : people);
  }

  /** The story of a case up to where it stands. */
  private stepsOf(
    random: Random,
    plan: StationPlan,
    kind: CatalogueAssistance,
    state: CaseState,
    on: LocalDate,
    paidOn: LocalDate | null,
    paid: number | null,
  ): Told[] {
    const town = plan.level === "village" ? plan.parent : null;
    const own = this.actor(plan.head.username, plan.name);
    const second = town
      ? this.actor(`${town.key}.clerk`, town.name)
      : this.actor(`${plan.key}.clerk`, plan.name);
    // Of a town's own case the city is the station above, and somebody else there approves.
    const reviewer = town
      ? this.actor(town.head.username, town.name)
      : this.actor(this.root.head.username, this.root.name);
    const approver = town
      ? this.actor(this.root.head.username, this.root.name)
      : { id: accountId(`${this.root.key}.deputy`), name: "市局分管领导", station: this.root.name };
    const clerk = town ? second : reviewer;
    const { today } = this.calendar;
    const end = paidOn ?? addDays(on, 24);
    const whole = Math.max(0, daysFrom(on, earlier(end, today)));
    const at = (part: number) => {
      return earlier(addDays(on, Math.round(whole * part)), today);
    };
    const begin: Told = { action: "apply", to: firstState(kind), on, by: own };
    if (kind.payFirst) return [begin];
    const granted = paid ?? random.int(10, 30) * HUNDRED_YUAN;
    const chain: Told[] = [
      begin,
      { action: "verify", to: "second_check", on: at(0.1), by: own, text: "入户查看，情况属实。" },
      { action: "verify", to: "review", on: at(0.2), by: second, text: "已核对材料并电话回访邻里，属实。" },
      {
        action: "pass",
        to: kind.publicityDays > 0 ? "publicity" : "approval",
        on: at(0.3),
        by: reviewer,
        text: "材料齐全，同意上报。",
      },
      { action: "clear", to: "approval", on: at(0.7), by: clerk },
      { action: "approve", to: "payment", on: at(0.85), by: approver, amount: granted },
      { action: "pay", to: "follow_up", on: paidOn ?? at(1), by: clerk, amount: granted, text: "银行转账" },
      {
        action: "follow_up",
        to: "closed",
        on: earlier(addDays(paidOn ?? today, 12), today),
        by: own,
        text: "款项已到账，生活困难有所缓解。",
      },
    ];
    const refusal: Told = {
      action: "refuse",
      to: "refused",
      on: at(0.4),
      by: reviewer,
    };
    const appeal: Told = {
      action: "appeal",
      to: "appeal",
      on: at(0.6),
      by: own,
      text: "对不予通过的理由有异议，请复查。",
    };
    switch (state) {
      case "withdrawn":
        return [
          ...chain.slice(0, 2),
          { action: "withdraw", to: "withdrawn", on: at(0.3), by: own, text: "本人不再申请。" },
        ];
      case "refused":
        return [...chain.slice(0, 3), refusal];
      case "appeal":
        return [...chain.slice(0, 3), refusal, { ...appeal, on: later(addDays(today, -2), at(0.4)) }];
      case "upheld":
        return [
          ...chain.slice(0, 3),
          refusal,
          appeal,
          {
            action: "uphold",
            to: "upheld",
            on: at(1),
            by: { id: accountId(`${this.root.key}.deputy`), name: "市局分管领导", station: this.root.name },
            text: "复核后仍不符合条件。",
          },
        ];
      default: {
        const stop = chain.findIndex(({ to }) => to === state);
        return chain.slice(0, stop + 1);
      }
    }
  }
}

/** A month's money over its cases, each within what such a case usually gets; the whole to the fen. */
function share(random: Random, total: number, codes: readonly string[]): number[] {
  const bounds = codes.map((code) =>
    code === "major_illness" ? { least: 30, most: 180 } : { least: 10, most: 40 },
  );
  const sums = bounds.map(({ least }) => least);
  let rest = Math.round(total / HUNDRED_YUAN) - sums.reduce((all, each) => all + each, 0);
  for (const [i, { least, most }] of bounds.entries()) {
    const later = bounds.slice(i + 1).reduce((all, each) => all + each.most - each.least, 0);
    const more = random.int(Math.max(0, rest - later), Math.min(rest, most - least));
    sums[i] = least + more;
    rest -= more;
  }
  return sums.map((each) => each * HUNDRED_YUAN);
}

/** The first of the categories somebody held on a day. */
function heldOn(person: DemoPerson, day: LocalDate): string | null {
  const codes = person.categories
    .filter(({ from, to }) => from <= day && (to === null || to > day))
    .map(({ code }) => code)
    .sort();
  return codes[0] ?? null;
}

/** The last day of a publicity that ended before another one, never before it began. */
function dayBefore(day: LocalDate, from: LocalDate): LocalDate {
  return later(addDays(day, -1), from);
}

function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return [a, b].sort()[0] ?? a;
}

function later(a: LocalDate, b: LocalDate): LocalDate {
  return [a, b].sort()[1] ?? a;
}

/** An instant of a day, the later the higher its place; of today in its first minute. */
function instant(day: LocalDate, place: number, today: LocalDate): Date {
  const time =
    day === today
      ? `00:00:${String(place * 3 + 1).padStart(2, "0")}`
      : `${String(9 + Math.min(place, 8)).padStart(2, "0")}:40:00`;
  return new Date(`${day}T${time}+08:00`);
}

/** Budgets of the city and its towns for this year and the last: somewhat more than was spent. */
function budgetRows(
  cityId: number,
  stations: readonly StationPlan[],
  cases: readonly (typeof assistanceCase.$inferInsert)[],
  calendar: Calendar,
): (typeof assistanceBudget.$inferInsert)[] {
  const thisYear = Number(calendar.today.slice(0, 4));
  return [thisYear - 1, thisYear].flatMap((year) =>
    stations
      .filter(({ level }) => level !== "village")
      .map((plan) => {
        const spent = cases
          .filter(({ paidOn, path }) => paidOn?.startsWith(String(year)) && path.startsWith(plan.path))
          .reduce((sum, { paid }) => sum + (paid ?? 0), 0);
        // Whole ten thousands of yuan, a third more than was spent, two at least.
        const amount = Math.max(2, Math.ceil((spent * 4) / 3 / 1_000_000)) * 1_000_000;
        return {
          cityId,
          path: plan.path,
          stationId: plan.id,
          year,
          amount,
          setBy: stations[0]?.head.name ?? "",
          setAt: new Date(`${year}-01-04T09:00:00+08:00`),
          version: 1,
        };
      }),
  );
}
