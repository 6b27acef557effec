import type { AssessmentState, Stage } from "@muster/domain/assessment";
import type { Level } from "@muster/domain/station";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { standardSetVersion } from "./standard";
import { station } from "./station";
import { cText, scopePolicy, tenantColumns } from "./tenant";

/**
 * One assessment of a station: round 1 is the year's, further ones are on demand. It is judged for ever by the
 * version of the standards and the level it began with, so that neither new thresholds nor a reorganisation change
 * a past result.
 */
export const assessment = pgTable(
  "assessment",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    year: smallint("year").notNull(),
    round: smallint("round").notNull(),
    setNumber: integer("set_number").notNull(),
    level: cText("level").notNull().$type<Level>(),
    status: cText("status").notNull().$type<AssessmentState>(),
    version: integer("version").notNull().default(1),
    submittedAt: timestamp("submitted_at", { withTimezone: true }),
    submittedBy: text("submitted_by"),
    returnReason: text("return_reason"),
    checkedAt: timestamp("checked_at", { withTimezone: true }),
    checkedBy: text("checked_by"),
    /** The day from which the check's verdict answers, and what it says. */
    checkedOn: date("checked_on"),
    checkedFiveHaves: boolean("checked_five_haves"),
    spotCheckedAt: timestamp("spot_checked_at", { withTimezone: true }),
    spotCheckedBy: text("spot_checked_by"),
    spotCheckedOn: date("spot_checked_on"),
    spotFiveHaves: boolean("spot_five_haves"),
    /** The verdict as it stands after the latest step, so that lists need not judge again. */
    points: doublePrecision("points"),
    fiveHaves: boolean("five_haves"),
    grade: cText("grade"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.year, t.round] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "assessment_station_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.setNumber],
      foreignColumns: [standardSetVersion.cityId, standardSetVersion.setNumber],
      name: "assessment_set_fk",
    }),
    // Serves: the lists of a year in scope, and the row-level policy.
    index("assessment_path").on(t.cityId, t.path),
    // Serves: whether a version is in use.
    index("assessment_set").on(t.cityId, t.setNumber),
    check(
      "assessment_status",
      sql`${t.status} in ('draft', 'self_submitted', 'returned', 'checked', 'spot_checked')`,
    ),
    check("assessment_round", sql`${t.round} between 1 and 99`),
    check("assessment_checked", sql`(${t.checkedOn} is null) = (${t.checkedFiveHaves} is null)`),
    check("assessment_spot_checked", sql`(${t.spotCheckedOn} is null) = (${t.spotFiveHaves} is null)`),
    scopePolicy("assessment"),
  ],
);

/** What one side said of one item, kept apart from what the others said. */
export const assessmentValue = pgTable(
  "assessment_value",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    year: smallint("year").notNull(),
    round: smallint("round").notNull(),
    code: cText("code").notNull(),
    stage: cText("stage").notNull().$type<Stage>(),
    value: doublePrecision("value"),
    notApplicable: boolean("not_applicable").notNull().default(false),
    remark: text("remark").notNull().default(""),
    /** What the records said at that moment; null where none did. */
    measured: doublePrecision("measured"),
    at: timestamp("at", { withTimezone: true }).notNull(),
    byName: text("by_name").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.year, t.round, t.code, t.stage] }),
    foreignKey({
      columns: [t.cityId, t.stationId, t.year, t.round],
      foreignColumns: [assessment.cityId, assessment.stationId, assessment.year, assessment.round],
      name: "assessment_value_assessment_fk",
    }),
    // Serves: the row-level policy.
    index("assessment_value_path").on(t.cityId, t.path),
    check("assessment_value_stage", sql`${t.stage} in ('self', 'check', 'spot')`),
    scopePolicy("assessment_value"),
  ],
);
