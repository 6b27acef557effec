import type { CheckRule } from "./check";
import type { Formula, Indicator, RatioParts, Unit } from "./indicator";
import { period } from "./period";

type Options = Partial<Pick<Indicator, "formula" | "ratio" | "hidden" | "kinds">>;

let nextSlot = 0;

/** An indicator for tests; slots follow the order of making. */
export function indicator(
  code: string,
  zh: string,
  en: string,
  acrossTime: Indicator["acrossTime"],
  unit: Unit = "case",
  options: Options = {},
): Indicator {
  const kind = options.ratio ? "ratio" : options.formula ? "computed" : "figure";
  return {
    code,
    slot: kind === "ratio" ? null : nextSlot++,
    section: "people",
    name: { zh, en },
    definition: { zh, en },
    unit,
    kind,
    source: kind === "figure" ? "derived" : "computed",
    acrossTime,
    formula: options.formula ?? null,
    ratio: options.ratio ?? null,
    derivation: null,
    kinds: options.kinds ?? null,
    hidden: options.hidden ?? false,
    own: false,
    sort: 0,
    validFrom: period("2020-01"),
    validTo: null,
  };
}

const ceil500: Formula = { kind: "ceil", of: "A01", per: 500 };
const managing: Formula = { kind: "at", of: "B05", levels: ["city", "district", "town"] };
const due: Formula = { kind: "sum", of: ["G02", "G03"] };
const perWorker: RatioParts = { numerator: "A01", denominator: "B05", denominatorAbove: "B05M", times: 1 };
const rectified: RatioParts = { numerator: "G02", denominator: "G04D", times: 100 };

/** Enough of the catalogue for the checks, in its own words and codes. */
export const INDICATORS: readonly Indicator[] = [
  indicator("A01", "服务对象总数", "Beneficiaries served", "last", "person"),
  indicator("A02", "退役军人", "Veterans", "last", "person"),
  indicator("A07", "本月新增", "Added this month", "sum", "person"),
  indicator("A08", "本月减少", "Removed this month", "sum", "person"),
  indicator("B05", "专职工作人员", "Full-time staff", "last", "person"),
  indicator("B05M", "管理站专职工作人员", "Managing staff", "last", "person", {
    formula: managing,
    hidden: true,
  }),
  indicator("B06", "人均服务对象", "Beneficiaries per worker", "ratio", "person", { ratio: perWorker }),
  indicator("B09", "应配工作人员", "Staff required", "last", "person", { formula: ceil500 }),
  indicator("C01", "走访慰问", "Visits", "sum", "person-time"),
  indicator("C02", "走访对象", "People visited", "distinct", "person"),
  indicator("C04", "慰问金额", "Value of gifts", "sum", "yuan"),
  indicator("D03", "信访受理", "Petitions accepted", "sum"),
  indicator("D04", "信访办结", "Petitions closed", "sum"),
  indicator("D05", "信访在办", "Petitions open", "last"),
  indicator("E01", "帮扶申请", "Assistance applications", "sum"),
  indicator("E02", "一次性困难帮扶", "One-off hardship aid", "sum"),
  indicator("E03", "大病救助报销", "Major-illness reimbursement", "sum"),
  indicator("E04", "帮扶金额", "Assistance paid", "sum", "yuan"),
  indicator("F02", "活动场次", "Activities held", "sum", "event"),
  indicator("F03", "活动参加人次", "Activity attendance", "sum", "person-time"),
  indicator("G01", "督查问题", "Inspection findings", "sum", "item"),
  indicator("G02", "整改完成", "Findings rectified", "sum", "item"),
  indicator("G03", "超期未改", "Overdue rectifications", "last", "item"),
  indicator("G04D", "应整改问题数", "Findings due", "sum", "item", { formula: due, hidden: true }),
  indicator("G04", "整改率", "Rectification rate", "ratio", "percent", { ratio: rectified }),
];

/** A check for tests; its messages are its code. */
export function rule(
  code: string,
  left: string,
  comparison: string,
  right: string,
  options: Partial<Pick<CheckRule, "severity" | "floor">> = {},
): CheckRule {
  return {
    code,
    severity: options.severity ?? "hard",
    left,
    comparison,
    right,
    message: { zh: `校验${code}`, en: `check ${code}` },
    floor: options.floor ?? 0,
    validFrom: period("2020-01"),
    validTo: null,
  };
}
