import type { FiguresByCode } from "@muster/domain/indicator";
import { addDays, daysFrom, type LocalDate } from "@muster/domain/period";
import { searchable } from "@muster/domain/reception";
import type { Keyring } from "@muster/secrets/keyring";
import { sealPetitioner } from "../../queries/reception/sealed";
import { petition, petitionEvent, petitionPetitioner } from "../../schema/petition";
import { knowledge, reception } from "../../schema/reception";
import { rowsOf, type TableRows } from "../bulk";
import { accountId } from "./accounts";
import { type Calendar, CLOSED_MONTHS, CURRENT } from "./calendar";
import { ERRANDS, MATTERS, QUESTIONS } from "./counter-texts";
import { petitionLives } from "./petition-lives";
import type { StationPlan } from "./plan";
import { Random } from "./random";

/** Somebody of the archive who may come to a counter. */
export interface Visitor {
  id: string;
  stationId: number;
  name: string;
  activeFrom: LocalDate;
  leftOn: LocalDate | null;
}

type Entry = typeof reception.$inferInsert;

/**
 * A year and more of counter logs and petitions, made from what the stations reported: counted again they give the
 * reported figures of every month. One entry before the window says that the log was kept from the beginning.
 */
export function counterRows(
  keys: Keyring,
  cityId: number,
  stations: readonly StationPlan[],
  figures: ReadonlyMap<StationPlan, readonly FiguresByCode[]>,
  calendar: Calendar,
  visitors: readonly Visitor[],
): TableRows[] {
  const known = new Map<number, Visitor[]>();
  for (const visitor of visitors)
    known.set(visitor.stationId, [...(known.get(visitor.stationId) ?? []), visitor]);
  const writer = new Writer(keys, cityId, calendar, known);
  for (const plan of stations.slice(1)) writer.station(plan, figures.get(plan) ?? [], stations);
  writer.answers(stations);
  return [
    rowsOf(reception, writer.entries),
    rowsOf(knowledge, writer.published),
    rowsOf(petition, writer.petitions),
    rowsOf(petitionPetitioner, writer.petitioners),
    rowsOf(petitionEvent, writer.events),
  ];
}

class Writer {
  readonly entries: Entry[] = [];
  readonly published: (typeof knowledge.$inferInsert)[] = [];
  readonly petitions: (typeof petition.$inferInsert)[] = [];
  readonly petitioners: (typeof petitionPetitioner.$inferInsert)[] = [];
  readonly events: (typeof petitionEvent.$inferInsert)[] = [];

  constructor(
    private readonly keys: Keyring,
    private readonly cityId: number,
    private readonly calendar: Calendar,
    private readonly visitors: ReadonlyMap<number, readonly Visitor[]>,
  ) {}

  /** An instant of a day, the later the higher its place; of today in its first minute. */
  private at(day: LocalDate, place: number): Date {
    const time =
      day === this.calendar.today
        ? `00:00:${String(Math.min(place, 19) * 3 + 1).padStart(2, "0")}`
        : `${String(9 + Math.min(place, 8)).padStart(2, "0")}:20:00`;
    return new Date(`${day}T${time}+08:00`);
  }

  station(plan: StationPlan, months: readonly FiguresByCode[], stations: readonly StationPlan[]): void {
    const random = new Random(`counter ${plan.key}`);
    const near =
      plan.level === "town"
        ? stations.filter(({ parent }) => parent === plan).flatMap(({ id }) => this.visitors.get(id) ?? [])
        : (this.visitors.get(plan.id) ?? []);
    const own = near.length > 0 ? near : (this.visitors.get(plan.id) ?? []);
    this.beginning(plan, random);
    for (let month = plan.opensIn; month <= CURRENT; month++) {
      const D01 = months[month]?.D01 ?? 0;
      const D02 = months[month]?.D02 ?? 0;
      const both = Math.min(D01, Math.round(D02 * 0.5));
      for (let i = 0; i < both; i++)
        this.question(plan, this.day(plan, month, random), "walk_in", own, random);
      for (let i = both; i < D01; i++) this.errand(plan, this.day(plan, month, random), own, random);
      for (let i = both; i < D02; i++)
        this.question(
          plan,
          this.day(plan, month, random),
          random.chance(0.8) ? "phone" : "online",
          own,
          random,
        );
    }
    if (plan.parent && random.chance(plan.level === "town" ? 0.5 : 0.06)) this.waiting(plan, random);
    this.ledger(plan, months, own, random);
  }

  /** A day of a month that has passed; of the current one before today. */
  private day(plan: StationPlan, month: number, random: Random): LocalDate {
    const { calendar } = this;
    const first = month === plan.opensIn && plan.opensIn > 0 ? plan.openedOn : calendar.firstDay(month);
    const last = month < CURRENT ? addDays(calendar.firstDay(month + 1), -1) : addDays(calendar.today, -1);
    return addDays(first, random.int(0, Math.max(0, daysFrom(first, last))));
  }

  /** A call on the day before the window, or on the first day of a station that opened in it: it counts nowhere. */
  private beginning(plan: StationPlan, random: Random): void {
    const day = plan.opensIn > 0 ? plan.openedOn : addDays(this.calendar.firstDay(0), -1);
    this.entry(plan, random, {
      day,
      channel: "phone",
      purpose: "errand",
      topic: "99",
      question: "来电核对站点地址和办公时间",
    });
  }

  private question(
    plan: StationPlan,
    day: LocalDate,
    channel: "walk_in" | "phone" | "online",
    own: readonly Visitor[],
    random: Random,
  ): void {
    const [topic, question, answer] = random.pick(QUESTIONS);
    const recordId = this.visitor(own, day, random, channel === "walk_in" ? 0.75 : 0.4)?.id ?? null;
    this.entry(plan, random, { day, channel, purpose: "question", topic, question, answer, recordId });
  }

  private errand(plan: StationPlan, day: LocalDate, own: readonly Visitor[], random: Random): void {
    const [topic, question] = random.pick(ERRANDS);
    const recordId = this.visitor(own, day, random, 0.8)?.id ?? null;
    const purpose = topic === "99" ? "grievance" : "errand";
    this.entry(plan, random, { day, channel: "walk_in", purpose, topic, question, recordId });
  }

  private visitor(own: readonly Visitor[], day: LocalDate, random: Random, share: number): Visitor | null {
    if (own.length === 0 || !random.chance(share)) return null;
    const one = random.pick(own);
    return one.activeFrom <= day && (one.leftOn === null || one.leftOn > day) ? one : null;
  }

  /** What is not settled today: something to do, or a question that went up. */
  private waiting(plan: StationPlan, random: Random): void {
    const { parent } = plan;
    if (!parent) return;
    const { today } = this.calendar;
    const day = addDays(today, -random.int(0, 5));
    const [topic, question] = random.pick(QUESTIONS);
    const common = {
      day: plan.openedOn > day ? today : day,
      channel: "phone",
      purpose: "question",
      topic,
      question,
    } as const;
    const roll = random.next();
    if (roll < 0.4)
      this.entry(plan, random, { ...common, state: "to_do", dueOn: addDays(today, random.int(-1, 6)) });
    else
      this.entry(plan, random, {
        ...common,
        state: roll < 0.8 ? "passed_up" : "replied",
        askedStationId: parent.id,
        askedStationName: parent.name,
        passedAt: this.at(common.day, 2),
        passedBy: plan.head.name,
        ...(roll < 0.8
          ? {}
          : {
              reply: "请按优抚政策汇编第二章答复，材料由镇站统一受理。",
              repliedAt: this.at(today, 1),
              repliedBy: parent.head.name,
            }),
      });
  }

  private entry(
    plan: StationPlan,
    random: Random,
    said: Pick<Entry, "day" | "channel" | "purpose" | "topic" | "question"> & Partial<Entry>,
  ): void {
    const at = this.at(said.day, 0);
    const state = said.state ?? "answered";
    const settled = state === "answered";
    this.entries.push({
      cityId: this.cityId,
      path: plan.path,
      id: random.id(at),
      stationId: plan.id,
      recordId: null,
      answer: "",
      state,
      dueOn: null,
      askedStationId: null,
      askedStationName: null,
      passedAt: null,
      passedBy: null,
      reply: "",
      repliedAt: null,
      repliedBy: null,
      answeredOn: settled ? said.day : null,
      answeredBy: settled ? plan.head.name : null,
      requestKey: random.id(at),
      byId: accountId(plan.head.username),
      byName: plan.head.name,
      createdAt: at,
      version: 1,
      ...said,
    });
  }

  private ledger(
    plan: StationPlan,
    months: readonly FiguresByCode[],
    own: readonly Visitor[],
    random: Random,
  ): void {
    const numbers = new Map<number, number>();
    const lives = petitionLives(months, plan.opensIn, this.calendar, random);
    const key = { cityId: this.cityId, path: plan.path, stationId: plan.id };
    const by = { byId: accountId(plan.head.username), byName: plan.head.name, byStationName: plan.name };
    for (const life of [...lives].sort((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1))) {
      const { receivedOn, acceptedOn, closedOn, extendedOn, extendedDays } = life;
      const [topic, subject, body, reply] = random.pick(MATTERS);
      const year = Number(receivedOn.slice(0, 4));
      const number = (numbers.get(year) ?? 0) + 1;
      numbers.set(year, number);
      const id = random.id(this.at(receivedOn, 0));
      const over = closedOn !== null && daysFrom(closedOn, this.calendar.today) > 40;
      const state = closedOn === null ? "accepted" : over ? "archived" : "replied";
      const steps: [
        action: (typeof petitionEvent.$inferInsert)["action"],
        to: (typeof petitionEvent.$inferInsert)["toState"],
        on: LocalDate,
        body: string,
        days?: number,
        above?: boolean,
      ][] = [
        ["register", "registered", receivedOn, ""],
        ["accept", "accepted", acceptedOn, ""],
      ];
      if (extendedOn !== null) {
        steps.push([
          "ask_time",
          "accepted",
          extendedOn,
          "涉及多个部门，情况复杂，需继续协调。",
          extendedDays,
        ]);
        steps.push(["grant_time", "accepted", extendedOn, "", extendedDays, true]);
      }
      if (closedOn !== null) steps.push(["reply", "replied", closedOn, reply]);
      if (over && closedOn !== null)
        steps.push(["archive", "archived", addDays(closedOn, 35), "材料齐全，期满未申请复查，归档。"]);
      let from: (typeof petitionEvent.$inferInsert)["toState"] | null = null;
      steps.forEach(([action, to, onDay, words, days, above], place) => {
        const judge = plan.parent?.head ?? plan.head;
        const at = this.at(onDay, place);
        this.events.push({
          ...key,
          id: random.id(at),
          petitionId: id,
          action,
          fromState: from,
          toState: to,
          onDay,
          days: days ?? null,
          at,
          ...(above
            ? {
                byId: accountId(judge.username),
                byName: judge.name,
                byStationName: plan.parent?.name ?? plan.name,
              }
            : by),
          body: words,
        });
        from = to;
      });
      const known = this.visitor(own, receivedOn, random, 0.9);
      const sealed = sealPetitioner(this.keys, this.cityId, id, {
        place: 0,
        recordId: known?.id ?? null,
        name: known?.name ?? "李建国",
        phone: "",
        address: "",
      });
      this.petitioners.push({ ...key, ...sealed });
      this.petitions.push({
        ...key,
        id,
        year,
        number,
        channel:
          life.ownDays === null ? random.pick(["walk_in", "letter", "online", "phone"] as const) : "assigned",
        topic,
        subject,
        body,
        people: random.chance(0.08) ? random.int(2, 12) : 1,
        backlog: life.backlog,
        leaderId: accountId(plan.head.username),
        leaderName: plan.head.name,
        state,
        receivedOn,
        registeredOn: receivedOn,
        acceptedOn,
        ownDays: life.ownDays,
        extendedDays,
        extendedOn,
        closedOn,
        requestKey: random.id(this.at(receivedOn, 1)),
        byName: plan.head.name,
        version: steps.length,
      });
    }
  }

  /** What the city and some towns have published: each question of the year once. */
  answers(stations: readonly StationPlan[]): void {
    const publishers = stations.filter(({ level, kind }) => level !== "village" && kind === "station");
    const random = new Random(`knowledge ${stations[0]?.key ?? ""}`);
    QUESTIONS.forEach(([topic, question, answer], i) => {
      const by = i % 3 === 0 ? publishers[0] : publishers[1 + (i % Math.max(1, publishers.length - 1))];
      if (!by) return;
      const publishedOn = addDays(this.calendar.firstDay(i % CLOSED_MONTHS), random.int(0, 27));
      this.published.push({
        cityId: this.cityId,
        path: by.path,
        id: random.id(this.at(publishedOn, 0)),
        stationId: by.id,
        stationName: by.name,
        topic,
        question,
        answer,
        search: searchable(`${question}${answer}`),
        publishedOn,
        publishedBy: by.head.name,
      });
    });
  }
}
