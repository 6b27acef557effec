import { type ItemValue, judge, type Stage, type Values } from "@muster/domain/assessment";
import { addDays, addMonths, type LocalDate, localDate } from "@muster/domain/period";
import {
  itemsFor,
  type StandardItem,
  type StandardSet,
  type Threshold,
  thresholdAt,
} from "@muster/domain/standard";
import type { assessment, assessmentValue } from "../../schema/assessment";
import type { stationPremises } from "../../schema/station";
import { type Calendar, CURRENT } from "./calendar";
import { LIUHE } from "./cities";
import type { StationPlan } from "./plan";
import { Random } from "./random";
import { CHECKED_IN, changedIn, fateOf, lackedOf, lackOf, lookedAtAgain } from "./verdicts";

type Row = typeof assessment.$inferInsert;
type ValueRow = typeof assessmentValue.$inferInsert;
type PremisesRow = typeof stationPremises.$inferInsert;

/** Boards of the town station of the source document. */
const LIUHE_BOARDS = 16;

/**
 * This year's assessments of a city's stations, as the station's facts have them: who meets the Five Haves passes
 * every mandatory item, who does not fails one or two. Some wait for the check, some have not begun. In the first
 * days of a January they are last year's. Where this year's is on its way, the one of the year before is in force.
 */
export function assessmentRows(
  cityId: number,
  stations: readonly StationPlan[],
  calendar: Calendar,
  set: StandardSet,
): { assessments: Row[]; values: ValueRow[]; premises: PremisesRow[] } {
  const assessments: Row[] = [];
  const values: ValueRow[] = [];
  const premises: PremisesRow[] = [];
  const root = stations[0];
  /**
   * The verified one of the year before. A station that has come to meet the Five Haves since, or has lost one of them,
   * was looked at again in that month, unless this year's check saw it; what is in force where this year's is on its
   * way says what `said` says.
   */
  const tellYearBefore = (
    plan: StationPlan,
    now: Pick<Row, "cityId" | "path" | "stationId" | "year" | "round">,
    said: Record<string, ItemValue>,
    verified: boolean,
  ) => {
    const key = { ...now, year: now.year - 1 };
    const parent = plan.parent?.head.name ?? "";
    const random = new Random(`year before ${plan.key}`);
    const day = String(random.int(5, 22)).padStart(2, "0");
    const at = new Date(`${addMonths(calendar.period(CHECKED_IN), -12)}-${day}T10:40:00+08:00`);
    const month = changedIn(plan);
    const again =
      month !== null && month < (verified ? CHECKED_IN : CURRENT + 1)
        ? lookedAtAgain(plan, month, calendar)
        : null;
    const then = verified || month !== null ? asBefore(plan, said, set, random) : said;
    const first = judge(set, plan.level, then as Values);
    const last = again ? judge(set, plan.level, said as Values) : first;
    assessments.push({
      ...key,
      setNumber: 1,
      level: plan.level,
      status: again ? "spot_checked" : "checked",
      version: again ? 3 : 2,
      submittedAt: at,
      submittedBy: plan.head.name,
      returnReason: null,
      checkedAt: at,
      checkedBy: parent,
      checkedOn: localDate(at),
      checkedFiveHaves: first.fiveHaves,
      spotCheckedAt: again,
      spotCheckedBy: again && (root?.head.name ?? ""),
      spotCheckedOn: again && localDate(again),
      spotFiveHaves: again && last.fiveHaves,
      points: last.points,
      fiveHaves: last.fiveHaves,
      grade: last.grade,
    });
    for (const [code, value] of Object.entries(then)) {
      const told = { ...key, code, ...value, measured: null, at };
      values.push({ ...told, stage: "self", byName: plan.head.name });
      values.push({ ...told, stage: "check", byName: parent });
      const now = said[code];
      if (again && now && now.value !== value.value) {
        const remark = now.remark || "现场查看";
        values.push({
          ...key,
          code,
          ...now,
          remark,
          measured: null,
          at: again,
          stage: "spot",
          byName: root?.head.name ?? "",
        });
      }
    }
  };
  for (const plan of stations.slice(1)) {
    const random = new Random(`assessment ${plan.key}`);
    const fate = fateOf(plan, random);
    if (!root) continue;
    const on = `${calendar.period(CHECKED_IN)}-05`;
    const at = (days: number, hour: number) =>
      new Date(`${addDays(on, days)}T${String(hour).padStart(2, "0")}:20:00+08:00`);
    const submittedAt = at(random.int(0, 4), random.int(8, 17));
    const checkedAt = at(random.int(6, 11), random.int(8, 17));
    const spotAt = at(random.int(14, 20), random.int(9, 16));
    const key = {
      cityId,
      path: plan.path,
      stationId: plan.id,
      year: Number(calendar.period(CHECKED_IN).slice(0, 4)),
      round: 1,
    };
    const said = answersOf(plan, set, random);
    premises.push(premisesRow(cityId, plan, said, calendar));
    if (fate === "none") {
      if (plan.opensIn === 0) tellYearBefore(plan, key, said, false);
      continue;
    }
    const parent = plan.parent?.head.name ?? root.head.name;
    const own = fate === "draft" ? Object.fromEntries(Object.entries(said).slice(0, 12)) : said;
    const checked = fate === "checked" || fate === "spot_checked";
    const verdict = judge(set, plan.level, said as Values);
    const day = (instant: Date): LocalDate => localDate(instant);
    assessments.push({
      ...key,
      setNumber: 1,
      level: plan.level,
      status: fate,
      version: { draft: 2, self_submitted: 1, returned: 2, checked: 2, spot_checked: 3 }[fate],
      submittedAt: fate === "draft" ? null : submittedAt,
      submittedBy: fate === "draft" ? null : plan.head.name,
      returnReason: fate === "returned" ? "服务场所面积请按实测填写，并补充说明。" : null,
      checkedAt: checked ? checkedAt : null,
      checkedBy: checked ? parent : null,
      checkedOn: checked ? day(checkedAt) : null,
      checkedFiveHaves: checked ? verdict.fiveHaves : null,
      spotCheckedAt: fate === "spot_checked" ? spotAt : null,
      spotCheckedBy: fate === "spot_checked" ? root.head.name : null,
      spotCheckedOn: fate === "spot_checked" ? day(spotAt) : null,
      spotFiveHaves: fate === "spot_checked" ? verdict.fiveHaves : null,
      points: fate === "draft" ? null : verdict.points,
      fiveHaves: fate === "draft" ? null : verdict.fiveHaves,
      grade: fate === "draft" ? null : verdict.grade,
    });
    const tell = (stage: Stage, told: Record<string, ItemValue>, instant: Date, byName: string) => {
      for (const [code, { value, notApplicable, remark }] of Object.entries(told)) {
        values.push({
          ...key,
          code,
          stage,
          value,
          notApplicable,
          remark,
          measured: null,
          at: instant,
          byName,
        });
      }
    };
    tell("self", own, submittedAt, plan.head.name);
    if (checked) tell("check", said, checkedAt, parent);
    if (fate === "spot_checked") tell("spot", spotSample(said), spotAt, root.head.name);
    if (plan.opensIn === 0) tellYearBefore(plan, key, said, checked);
  }
  return { assessments, values, premises };
}

/**
 * The answers of a year ago: what was missing then, one in nine of the other items that no dimension needs, and what
 * has been lost since was still there.
 */
function asBefore(
  plan: StationPlan,
  said: Record<string, ItemValue>,
  set: StandardSet,
  random: Random,
): Record<string, ItemValue> {
  const { level, spec } = plan;
  const gap = lackedOf(plan);
  const lost = plan.facts[0]?.fiveHaves ? lackOf(plan) : null;
  const before = { ...said };
  for (const item of itemsFor(set, level)) {
    const now = said[item.code];
    if (item.code === lost) before[item.code] = answerOf(plan, item, true, random);
    // In Liuhe the rules have been posted everywhere all along.
    const kept = item.mandatory || (item.code === "G3" && spec?.pinyin === LIUHE);
    const failed = item.code === gap || (!kept && random.chance(0.11));
    if (!failed || !now || now.notApplicable) continue;
    before[item.code] = {
      ...now,
      value: failing(thresholdAt(item, level)),
      remark: REMARKS[item.code] ?? "",
    };
  }
  return before;
}

/** A value that does not do. */
function failing(threshold: Threshold | null): number {
  if (threshold === null || threshold.comparison === "yes") return 0;
  return threshold.comparison === "<=" ? threshold.value + 1 : Math.max(0, Math.floor(threshold.value * 0.8));
}

function answersOf(plan: StationPlan, set: StandardSet, random: Random): Record<string, ItemValue> {
  const lacking = lackOf(plan);
  const answers: Record<string, ItemValue> = {};
  for (const item of itemsFor(set, plan.level)) {
    const passes = item.mandatory
      ? item.code !== lacking
      : random.chance(item.dimension === "bonus" ? 0.7 : 0.93);
    answers[item.code] = answerOf(plan, item, passes, random);
  }
  return answers;
}

/** Service points of a cadre home have no staff or posts of their own. */
const OF_THE_HOME = ["E1", "E2", "E3", "S1", "S2", "S3", "S6"];

function answerOf(plan: StationPlan, item: StandardItem, passes: boolean, random: Random): ItemValue {
  const said = (value: number, remark = ""): ItemValue => ({ value, notApplicable: false, remark });
  if (plan.kind === "service_point" && OF_THE_HOME.includes(item.code)) {
    return { value: null, notApplicable: true, remark: "人员由军休所统一配备" };
  }
  const facts = plan.facts[CURRENT];
  const { code } = item;
  if (code === "S2") return said(facts?.fullTime ?? 0);
  if (code === "E2") return said(facts?.approvedPosts ?? 0);
  if (code === "S1") {
    const people = plan.level === "town" ? (plan.spec?.people ?? 0) : plan.people;
    return said(Math.ceil((100 * people) / Math.max(1, facts?.fullTime ?? 0)) / 100);
  }
  if (code === "G3" && plan.spec?.pinyin === LIUHE) {
    return said(plan.level === "town" ? LIUHE_BOARDS : random.int(5, 8));
  }
  const threshold = thresholdAt(item, plan.level);
  if (threshold === null || threshold.comparison === "yes")
    return passes ? said(1) : said(0, REMARKS[code] ?? "");
  if (!passes) return said(failing(threshold));
  const { value } = threshold;
  if (threshold.comparison === "<=") return said(value);
  const most = item.kind === "percent" ? 100 : Math.ceil(value * 1.6);
  return said(random.int(value, Math.max(value, most)));
}

const REMARKS: Record<string, string> = {
  F1: "已报财政，尚未列入年度预算",
  E1: "批复正在办理",
  O1: "牌匾制作中",
};

/** Premises and money as the station answers for them; what its level is not asked it still has. */
function premisesRow(
  cityId: number,
  plan: StationPlan,
  said: Record<string, ItemValue>,
  calendar: Calendar,
): PremisesRow {
  const of = (code: string, otherwise: number) => said[code]?.value ?? otherwise;
  const validFrom: LocalDate = `${calendar.period(plan.opensIn)}-01`;
  const disclosedOn: LocalDate = `${calendar.period(Math.max(plan.opensIn, CHECKED_IN - 2))}-08`;
  return {
    cityId,
    path: plan.path,
    stationId: plan.id,
    validFrom,
    area: of("G1", 40),
    rooms: of("G2", 1),
    yearlyFunds: of("F2", 10_000),
    disclosedOn: of("F4", 0) === 1 ? disclosedOn : null,
  };
}

/** What the city looked at on the spot: premises, boards and papers. */
function spotSample(said: Record<string, ItemValue>): Record<string, ItemValue> {
  return Object.fromEntries(
    ["G1", "G3", "G6"].flatMap((code) => {
      const value = said[code];
      return value ? [[code, value.remark === "" ? { ...value, remark: "现场查看" } : value]] : [];
    }),
  );
}
