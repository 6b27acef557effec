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
} from "drizzle-orm/pg-core";
import { station } from "./station";
import { cText, scopePolicy, tenantColumns } from "./tenant";

/**
 * How a station stands today by its own records: the verified assessment in force and the roster. Written in the
 * transaction that changes a record (db/queries/standings) and recomputed by the doctor; nobody edits it. Without it
 * a city's dashboard would judge a hundred thousand values and count three registers on every visit. Null says that
 * there is no such record.
 */
export const stationStanding = pgTable(
  "station_standing",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    /** Of the assessment in force. */
    year: smallint("year"),
    round: smallint("round"),
    setNumber: integer("set_number"),
    level: cText("level").$type<Level>(),
    verifiedOn: date("verified_on"),
    fiveHaves: boolean("five_haves"),
    /** The day from which every verified verdict has failed; null while the station meets the Five Haves. */
    failingSince: date("failing_since"),
    points: doublePrecision("points"),
    grade: cText("grade"),
    /** Dimensions that do not pass. */
    lacking: text("lacking").array(),
    /** Mandatory items that do not pass. */
    failing: text("failing").array(),
    /** Every item that was not passed. */
    missed: text("missed").array(),
    /** Items that do not apply. */
    exempt: text("exempt").array(),
    /** Of the roster, as it stands since its last change. */
    serving: integer("serving"),
    fullTime: integer("full_time"),
    partTime: integer("part_time"),
    concurrent: integer("concurrent"),
    veterans: integer("veterans"),
    /** The head is secretary of the Party branch and a veteran (兵支书). */
    secretary: boolean("secretary"),
    /** Of those serving, who attended a training in this year. */
    trained: integer("trained"),
    trainedYear: smallint("trained_year"),
    /** Posts by the latest approval. */
    posts: integer("posts"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "station_standing_station_fk",
    }),
    // Serves: the dashboards of a subtree, and the row-level policy.
    index("station_standing_path").on(t.cityId, t.path),
    // Serves: the stations of a large city that have failed longest.
    index("station_standing_failing").on(t.cityId, t.failingSince, t.stationId).where(sql`not five_haves`),
    // Serve: dashboards that count the verdicts, what was missed, and the rosters of a large city, from the index alone
    // and in the order of station_open.
    index("station_standing_verdict")
      .on(t.cityId, t.path, t.fiveHaves, t.setNumber, t.grade, t.lacking)
      .where(sql`five_haves is not null`),
    index("station_standing_missed")
      .on(t.cityId, t.path, t.missed, t.exempt)
      .where(sql`missed <> '{}' or exempt <> '{}'`),
    index("station_standing_roster_counts")
      .on(
        ...[t.cityId, t.path, t.serving, t.fullTime, t.partTime, t.concurrent, t.secretary],
        ...[t.trained, t.trainedYear, t.posts],
      )
      .where(sql`serving is not null or posts is not null`),
    check("station_standing_verified", sql`(${t.verifiedOn} is null) = (${t.fiveHaves} is null)`),
    check("station_standing_roster", sql`(${t.serving} is null) = (${t.fullTime} is null)`),
    scopePolicy("station_standing"),
  ],
);

/**
 * Every verified verdict of a station with the days on which it was in force, judged from what was said as the standing is
 * and written with it: how stations stood at the end of a month that has passed. A verdict that another one followed on
 * its own day was never in force at a day's end.
 */
export const stationVerdict = pgTable(
  "station_verdict",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    year: smallint("year").notNull(),
    round: smallint("round").notNull(),
    stage: cText("stage").notNull().$type<"check" | "spot">(),
    setNumber: integer("set_number").notNull(),
    level: cText("level").notNull().$type<Level>(),
    verifiedOn: date("verified_on").notNull(),
    /** The day of the verdict after it; null for the one in force. */
    replacedOn: date("replaced_on"),
    fiveHaves: boolean("five_haves").notNull(),
    lacking: text("lacking").array().notNull(),
    missed: text("missed").array().notNull(),
    exempt: text("exempt").array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.year, t.round, t.stage] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "station_verdict_station_fk",
    }),
    // Serve: the row-level policy, and from the index alone how the stations of a large city stood month by month.
    index("station_verdict_dimensions").on(
      ...[t.cityId, t.path, t.verifiedOn, t.replacedOn],
      ...[t.setNumber, t.level, t.fiveHaves, t.lacking],
    ),
    index("station_verdict_items")
      .on(t.cityId, t.path, t.verifiedOn, t.replacedOn, t.missed, t.exempt)
      .where(sql`missed <> '{}' or exempt <> '{}'`),
    check("station_verdict_stage", sql`${t.stage} in ('check', 'spot')`),
    check("station_verdict_days", sql`${t.replacedOn} >= ${t.verifiedOn}`),
    scopePolicy("station_verdict"),
  ],
);

/** What of a station changes: how it stands by its records, its findings, or its cases of assistance and budgets. */
export type Marked = "standing" | "findings" | "cases";

/**
 * How often something of a station has changed that dashboards keep what they read of: its standing, its findings,
 * its cases of assistance and budgets. Written in the transaction of the change (db/queries/change-marks); a station of which nothing
 * has changed has none. A few thousand numbers say whether a city of fifty thousand cases is as it was.
 */
export const changeMark = pgTable(
  "change_mark",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    register: cText("register").notNull().$type<Marked>(),
    changes: bigint("changes", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.register] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "change_mark_station_fk",
    }),
    // Serves: the marks of a subtree from the index alone, and the row-level policy.
    index("change_mark_path").on(t.cityId, t.register, t.path, t.stationId, t.changes),
    scopePolicy("change_mark"),
  ],
);
