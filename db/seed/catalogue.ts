import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type AssistanceRules, COUNTED_IN, type CountedIn, type Material } from "@muster/domain/assistance";
import type { CheckRule, Severity } from "@muster/domain/check";
import {
  type AcrossTime,
  type Formula,
  type Indicator,
  type RatioParts,
  SECTIONS,
  UNITS,
} from "@muster/domain/indicator";
import { CATEGORY_GROUPS, type CategoryGroup } from "@muster/domain/person";
import {
  DIMENSIONS,
  fitsKind,
  type Grade,
  ITEM_KINDS,
  parseThreshold,
  type StandardItem,
  type StandardSet,
} from "@muster/domain/standard";
import { KINDS, type Kind, LEVELS, type Level } from "@muster/domain/station";
import { ASKED, CONCERNS, type ContactRule, EVERY } from "@muster/domain/visit";
import { parse } from "csv-parse/sync";
import { migrationsFolder } from "../migrate";

/** An indicator of the first content; the seed gives it its stretch of validity. */
export type CatalogueIndicator = Omit<Indicator, "validFrom" | "validTo">;

/** A check of the first content; the seed gives it its stretch of validity. */
export type CatalogueCheck = Omit<CheckRule, "validFrom" | "validTo">;

export interface Catalogue {
  indicators: CatalogueIndicator[];
  checks: CatalogueCheck[];
}

type Row = Record<string, string>;

const INDICATOR_KINDS: readonly Indicator["kind"][] = ["figure", "computed", "ratio"];
const SOURCES: readonly Indicator["source"][] = ["derived", "manual", "computed"];
const ACROSS_TIME: readonly AcrossTime[] = ["sum", "last", "ratio", "distinct"];
const SEVERITIES: readonly Severity[] = ["hard", "soft"];

/**
 * Reads the service's first content: the indicators and cross-checks every new city starts with.
 * Slots stand in the file, because a slot is never changed and never reused: a new line takes the next free one.
 * Throws with the line's code when a cell does not fit.
 */
export function loadCatalogue(): Catalogue {
  const indicators = rows("indicators.csv").map(indicatorOf);
  const checks = rows("checks.csv").map(checkOf);
  return { indicators, checks };
}

/** Reads the standards every new city starts with. Throws with the line's code when a cell does not fit. */
export function loadStandards(): StandardSet {
  return { items: rows("standards.csv").map(itemOf), grades: rows("grades.csv").map(gradeOf) };
}

/** What a question may be about. */
export interface CatalogueTopic {
  code: string;
  name: { zh: string; en: string };
  sort: number;
}

/** Reads the topics of consultations every new city starts with. Throws with the line's code when a cell does not fit. */
export function loadTopics(): CatalogueTopic[] {
  return rows("topics.csv").map((row, index) => ({
    code: cell(row, "code"),
    name: { zh: cell(row, "name_zh"), en: cell(row, "name_en") },
    sort: (index + 1) * 10,
  }));
}

/** A category of the people whom a city serves. */
export interface CatalogueCategory {
  code: string;
  name: { zh: string; en: string };
  group: CategoryGroup;
  sort: number;
}

/** Reads the categories every new city starts with. Throws with the line's code when a cell does not fit. */
export function loadCategories(): CatalogueCategory[] {
  return rows("categories.csv").map((row, index) => {
    const code = cell(row, "code");
    return {
      code,
      name: { zh: cell(row, "name_zh"), en: cell(row, "name_en") },
      group: oneOf(code, CATEGORY_GROUPS, row.group),
      sort: (index + 1) * 10,
    };
  });
}

/** Reads the contact rules every new city starts with. Throws with the line's code when a cell does not fit. */
export function loadContactRules(): Omit<ContactRule, "validFrom" | "validTo">[] {
  return rows("contact-rules.csv").map((row) => {
    const code = cell(row, "code");
    const words = (text: string | undefined) => (text ? text.split(" ") : []);
    return {
      code,
      name: { zh: cell(row, "name_zh"), en: cell(row, "name_en") },
      everyone: row.everyone === "yes",
      categories: words(row.categories),
      fromAge: row.from_age ? wholeNumber(code, row.from_age) : null,
      concerns: words(row.concerns).map((word) => oneOf(code, CONCERNS, word)),
      every: oneOf(code, EVERY, row.every),
      asked: oneOf(code, ASKED, row.asked),
      days: wholeNumber(code, cell(row, "days")),
    };
  });
}

/** A kind of assistance of the first content; the seed gives it its stretch of validity. */
export interface CatalogueAssistance extends AssistanceRules {
  code: string;
  name: { zh: string; en: string };
  countsIn: CountedIn;
  sort: number;
}

/** Reads the kinds of assistance every new city starts with. Throws with the line's code when a cell does not fit. */
export function loadAssistance(): CatalogueAssistance[] {
  return rows("assistance.csv").map((row, index) => {
    const code = cell(row, "code");
    const number = (column: string) => wholeNumber(code, cell(row, column));
    return {
      code,
      name: { zh: cell(row, "name_zh"), en: cell(row, "name_en") },
      countsIn: oneOf(code, COUNTED_IN, row.counts_in),
      payFirst: row.pay_first === "yes",
      publicityDays: number("publicity_days"),
      // The file speaks of yuan, everything else of fen.
      yearlyLimit: row.yearly_limit_yuan ? number("yearly_limit_yuan") * 100 : null,
      repeatMonths: number("repeat_months"),
      days: {
        verify: number("verify_days"),
        review: number("review_days"),
        approval: number("approval_days"),
        payment: number("payment_days"),
        followUp: number("follow_up_days"),
      },
      materials: cell(row, "materials")
        .split("|")
        .map((text) => materialOf(code, text)),
      sort: (index + 1) * 10,
    };
  });
}

function materialOf(type: string, text: string): Material {
  const [code, zh, en] = text.split(":");
  if (!code || !zh || !en) throw new Error(`catalogue: ${type} asks for "${text}"`);
  return { code, zh, en };
}

function itemOf(row: Row, index: number): StandardItem {
  const code = cell(row, "code");
  const kind = oneOf(code, ITEM_KINDS, row.kind);
  const at = (level: Level): string | null => {
    const text = row[level];
    if (!text) return null;
    const threshold = parseThreshold(text);
    if (!threshold || !fitsKind(threshold, kind)) throw new Error(`catalogue: ${code} asks "${text}"`);
    return text;
  };
  return {
    code,
    dimension: oneOf(code, DIMENSIONS, row.dimension),
    name: { zh: cell(row, "name_zh"), en: cell(row, "name_en") },
    kind,
    thresholds: {
      city: at("city"),
      district: at("district"),
      town: at("town"),
      village: at("village"),
    },
    points: wholeNumber(code, cell(row, "points")),
    mandatory: row.mandatory === "yes",
    source: row.source || null,
    sort: (index + 1) * 10,
  };
}

function gradeOf(row: Row): Grade {
  const code = cell(row, "code");
  return {
    code,
    name: { zh: cell(row, "name_zh"), en: cell(row, "name_en") },
    minPoints: wholeNumber(code, cell(row, "min_points")),
    needsFiveHaves: row.needs_five_haves === "yes",
  };
}

function rows(file: string): Row[] {
  // Beside the migrations, also when this module runs from the server's build.
  const text = readFileSync(join(dirname(migrationsFolder()), "seed", "catalogue", file), "utf8");
  return parse<Row>(text, { columns: true, skip_empty_lines: true });
}

function indicatorOf(row: Row, index: number): CatalogueIndicator {
  const code = cell(row, "code");
  return {
    code,
    slot: row.slot ? wholeNumber(code, row.slot) : null,
    section: oneOf(code, SECTIONS, row.section),
    name: { zh: cell(row, "name_zh"), en: cell(row, "name_en") },
    definition: { zh: cell(row, "definition_zh"), en: cell(row, "definition_en") },
    unit: oneOf(code, UNITS, row.unit),
    kind: oneOf(code, INDICATOR_KINDS, row.kind),
    source: oneOf(code, SOURCES, row.source),
    acrossTime: oneOf(code, ACROSS_TIME, row.across_time),
    formula: row.formula ? readFormula(code, row.formula) : null,
    ratio: row.numerator ? ratioPartsOf(row) : null,
    derivation: row.derivation || null,
    kinds: row.kinds ? row.kinds.split("|").map((kind): Kind => oneOf(code, KINDS, kind)) : null,
    hidden: row.hidden === "yes",
    own: false,
    // Steps of ten leave room for a city's own indicators in between.
    sort: (index + 1) * 10,
  };
}

function checkOf(row: Row): CatalogueCheck {
  const code = cell(row, "code");
  return {
    code,
    severity: oneOf(code, SEVERITIES, row.severity),
    left: cell(row, "left"),
    comparison: cell(row, "comparison"),
    right: row.right ?? "",
    message: { zh: cell(row, "message_zh"), en: cell(row, "message_en") },
    floor: wholeNumber(code, cell(row, "floor")),
  };
}

function ratioPartsOf(row: Row): RatioParts {
  const parts: RatioParts = {
    numerator: cell(row, "numerator"),
    denominator: cell(row, "denominator"),
    times: wholeNumber(cell(row, "code"), cell(row, "times")),
  };
  return row.denominator_above ? { ...parts, denominatorAbove: row.denominator_above } : parts;
}

/** Reads `ceil(A01 / 500)`, `G02 + G03`, `B05 at city|district|town` and `B02 at village (station)`. */
function readFormula(code: string, text: string): Formula {
  const ceil = /^ceil\((\w+) \/ (\d+)\)$/.exec(text);
  if (ceil?.[1] && ceil[2]) return { kind: "ceil", of: ceil[1], per: Number(ceil[2]) };

  const at = /^(\w+) at ([\w|]+)(?: \(([\w|]+)\))?$/.exec(text);
  if (at?.[1] && at[2]) {
    const levels = at[2].split("|").map((level): Level => oneOf(code, LEVELS, level));
    const kinds = at[3]?.split("|").map((kind): Kind => oneOf(code, KINDS, kind));
    return kinds ? { kind: "at", of: at[1], levels, kinds } : { kind: "at", of: at[1], levels };
  }

  if (/^\w+( \+ \w+)+$/.test(text)) return { kind: "sum", of: text.split(" + ") };
  throw new Error(`catalogue: ${code} has the formula "${text}", which is none of ceil, at and sum`);
}

function cell(row: Row, column: string): string {
  const value = row[column];
  if (!value) throw new Error(`catalogue: ${row.code || "a line"} has no ${column}`);
  return value;
}

function wholeNumber(code: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`catalogue: ${code} has "${text}" where a whole number belongs`);
  return Number(text);
}

function oneOf<T extends string>(code: string, allowed: readonly T[], value: string | undefined): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined)
    throw new Error(`catalogue: ${code} has "${value}" where one of ${allowed.join(", ")} belongs`);
  return found;
}
