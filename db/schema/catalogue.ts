import type { Formula, RatioParts } from "@muster/domain/indicator";
import type { Kind } from "@muster/domain/station";
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { cText, publishedPolicy, scopePolicy, tenantColumns } from "./tenant";

/** Indicators of a city, a row per stretch of validity. The fields are those of domain's Indicator. */
export const indicator = pgTable(
  "indicator",
  {
    ...tenantColumns,
    code: cText("code").notNull(),
    validFrom: cText("valid_from").notNull(),
    validTo: cText("valid_to"),
    slot: smallint("slot"),
    section: cText("section").notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    definitionZh: text("definition_zh").notNull(),
    definitionEn: text("definition_en").notNull(),
    unit: cText("unit").notNull(),
    kind: cText("kind").notNull().$type<"figure" | "computed" | "ratio">(),
    source: cText("source").notNull().$type<"derived" | "manual" | "computed">(),
    acrossTime: cText("across_time").notNull().$type<"sum" | "last" | "ratio" | "distinct">(),
    formula: jsonb("formula").$type<Formula>(),
    ratio: jsonb("ratio").$type<RatioParts>(),
    derivation: cText("derivation"),
    kinds: jsonb("kinds").$type<Kind[]>(),
    hidden: boolean("hidden").notNull().default(false),
    own: boolean("own").notNull().default(false),
    sort: integer("sort").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.code, t.validFrom] }),
    check("indicator_kind", sql`${t.kind} in ('figure', 'computed', 'ratio')`),
    check("indicator_slot", sql`(${t.kind} = 'ratio') = (${t.slot} is null)`),
    scopePolicy("indicator"),
    publishedPolicy("indicator"),
  ],
);

/** The slot of a code, for ever: a retired indicator's slot is never given away. */
export const indicatorSlot = pgTable(
  "indicator_slot",
  {
    ...tenantColumns,
    slot: smallint("slot").notNull(),
    code: cText("code").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.slot] }),
    // Serves: adding an indicator (a code has one slot).
    uniqueIndex("indicator_slot_code").on(t.cityId, t.code),
    scopePolicy("indicator_slot"),
    publishedPolicy("indicator_slot"),
  ],
);

/** Cross-checks of a city, a row per stretch of validity. The fields are those of domain's CheckRule. */
export const checkRule = pgTable(
  "check_rule",
  {
    ...tenantColumns,
    code: cText("code").notNull(),
    validFrom: cText("valid_from").notNull(),
    validTo: cText("valid_to"),
    severity: cText("severity").notNull().$type<"hard" | "soft">(),
    left: text("left_side").notNull(),
    comparison: text("comparison").notNull(),
    right: text("right_side").notNull(),
    messageZh: text("message_zh").notNull(),
    messageEn: text("message_en").notNull(),
    floor: integer("floor").notNull().default(0),
    sort: integer("sort").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.code, t.validFrom] }),
    check("check_rule_severity", sql`${t.severity} in ('hard', 'soft')`),
    scopePolicy("check_rule"),
    publishedPolicy("check_rule"),
  ],
);

/** Due days of a city from a month on. */
export const deadlineRule = pgTable(
  "deadline_rule",
  {
    ...tenantColumns,
    validFrom: cText("valid_from").notNull(),
    villageDay: integer("village_day").notNull(),
    townDay: integer("town_day").notNull(),
    lockDay: integer("lock_day").notNull(),
    submitFromDay: integer("submit_from_day").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.validFrom] }),
    check(
      "deadline_rule_days",
      sql`${t.villageDay} between 1 and 28 and ${t.townDay} between ${t.villageDay} and 28
        and ${t.lockDay} between ${t.townDay} and 28 and ${t.submitFromDay} between 1 and 28`,
    ),
    scopePolicy("deadline_rule"),
    publishedPolicy("deadline_rule"),
  ],
);

/** How many people a full-time worker may serve, and whose, from a month on. The fields are those of domain's StaffingRule. */
export const staffingRule = pgTable(
  "staffing_rule",
  {
    ...tenantColumns,
    validFrom: cText("valid_from").notNull(),
    perWorker: integer("per_worker").notNull(),
    village: cText("village_basis").notNull().$type<"own" | "report">(),
    town: cText("town_basis").notNull().$type<"own" | "subtree" | "report">(),
    district: cText("district_basis").notNull().$type<"own" | "subtree" | "report">(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.validFrom] }),
    check("staffing_rule_per_worker", sql`${t.perWorker} between 10 and 5000`),
    check(
      "staffing_rule_basis",
      sql`${t.village} in ('own', 'report') and ${t.town} in ('own', 'subtree', 'report')
        and ${t.district} in ('own', 'subtree', 'report')`,
    ),
    scopePolicy("staffing_rule"),
    publishedPolicy("staffing_rule"),
  ],
);
