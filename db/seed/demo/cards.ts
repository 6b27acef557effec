import { CARD_LINES, type CardKind, usualEnd } from "@muster/domain/card";
import type { FiguresByCode } from "@muster/domain/indicator";
import type { LocalDate } from "@muster/domain/period";
import { ageOn } from "@muster/domain/person";
import { card, cardSettings } from "../../schema/card";
import { rowsOf, type TableRows } from "../bulk";
import { accountId } from "./accounts";
import type { Calendar } from "./calendar";
import { LIUHE } from "./cities";
import type { DemoPerson } from "./people";
import type { StationPlan } from "./plan";
import { Random } from "./random";

/** The cadre home's people carry two cards, besides the pairing card of some; in Liuhe the oldest have the numbers to call. */
function kindsFor(one: DemoPerson, today: LocalDate): CardKind[] {
  if (one.leftOn !== null) return [];
  if (one.station.kind === "service_point") return ["emergency", "contact"];
  const liuhe = one.station.spec?.pinyin === LIUHE && one.station.level === "village";
  return liuhe && ageOn(one.bornOn, today) >= 75 ? ["emergency"] : [];
}

/** The month, of those told, from which on cards are issued. */
const FIRST = 3;
const dayOfCards = (calendar: Calendar, month: number): LocalDate => `${calendar.period(month)}-15`;

/**
 * Who of a service point is paired with a worker, and since when: as many at the end of each month as its reports say,
 * those who live alone or without their children first, then the oldest.
 */
function pairsOf(
  archive: readonly DemoPerson[],
  months: readonly FiguresByCode[],
  calendar: Calendar,
): ReadonlyMap<DemoPerson, LocalDate> {
  const first = dayOfCards(calendar, FIRST);
  const alone = ({ livingAlone, emptyNest }: DemoPerson) => Number(livingAlone || emptyNest);
  const waiting = archive
    .filter(({ leftOn, activeFrom }) => leftOn === null && activeFrom <= first)
    .sort((a, b) => alone(b) - alone(a) || (a.bornOn < b.bornOn ? -1 : 1));
  const pairs = new Map<DemoPerson, LocalDate>();
  for (let month = FIRST; month < months.length; month++) {
    for (const one of waiting.slice(pairs.size, months[month]?.H05 ?? 0))
      pairs.set(one, dayOfCards(calendar, month));
  }
  return pairs;
}

/** The cards of a demo city's people, issued in the fourth month told or when they came, and what stands on them. */
export function cardRows(
  cityId: number,
  archives: ReadonlyMap<StationPlan, readonly DemoPerson[]>,
  figures: ReadonlyMap<StationPlan, readonly FiguresByCode[]>,
  calendar: Calendar,
): TableRows[] {
  const cards: (typeof card.$inferInsert)[] = [];
  const settings: (typeof cardSettings.$inferInsert)[] = [];
  const numbers = new Map<number, number>();
  const first = dayOfCards(calendar, FIRST);
  for (const [plan, archive] of archives) {
    const random = new Random(`cards ${plan.key}`);
    const at = { cityId, path: plan.path, stationId: plan.id };
    const before = cards.length;
    const paired = pairsOf(archive, figures.get(plan) ?? [], calendar);
    for (const one of archive) {
      const [, came = first] = [one.activeFrom, first].sort();
      for (const [kind, issuedOn] of [
        ...kindsFor(one, calendar.today).map((kind) => [kind, came] as const),
        ...(paired.has(one) ? [["pairing", paired.get(one) ?? came] as const] : []),
      ]) {
        const issued = new Date(`${issuedOn}T10:00:00+08:00`);
        const year = Number(issuedOn.slice(0, 4));
        const number = (numbers.get(year) ?? 0) + 1;
        numbers.set(year, number);
        cards.push({
          ...at,
          id: random.id(issued),
          recordId: one.id,
          kind,
          year,
          number,
          version: 1,
          token: Buffer.from(Array.from({ length: 16 }, () => random.int(0, 255))).toString("base64url"),
          issuedOn,
          issuedBy: plan.head.name,
          validUntil: usualEnd(issuedOn),
          // A service point has no roster: its people are paired with whoever has a role there.
          workerId: kind === "pairing" ? accountId(plan.head.username) : null,
          state: "issued",
          printedAt: issued,
        });
      }
    }
    if (cards.length === before) continue;
    settings.push({
      ...at,
      lines: {
        ...CARD_LINES,
        duty: "8600 1999",
        hospital: "8600 2120",
        gas: "8600 2777",
        utilities: "8600 2888",
      },
      duties: "政策咨询、优待抚恤、走访慰问",
      services: "代办帮办、上门服务、陪同就医",
      activities: plan.kind === "station" ? "节日慰问、座谈会" : "老年大学、书画展、健身比赛、形势报告会",
      updatedAt: new Date(`${first}T09:00:00+08:00`),
      updatedBy: plan.head.name,
    });
  }
  return [rowsOf(card, cards), rowsOf(cardSettings, settings)];
}
