import {
  FINDING_SEVERITIES,
  FINDING_STATES,
  type FindingAction,
  type FindingSeverity,
  type FindingState,
  INSPECTION_STATES,
  type InspectionState,
} from "@muster/domain/inspection";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { atStation } from "./at-station";
import { station } from "./station";
import { cText, scopePolicy, tenantColumns } from "./tenant";

const stationId = () => bigint("station_id", { mode: "number" }).notNull();
const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/** How stations were drawn, so that anybody can draw again and come to the same ones. */
export interface Draw {
  seed: string;
  /** Codes of the stations that were drawn from. */
  pool: string[];
  size: number;
}

/** What a circular tells every station concerned: the sums of all, and nothing about another station. */
export interface Circular {
  text: string;
  stations: number;
  visited: number;
  findings: Record<FindingSeverity, number>;
  closed: number;
  concludedOn: string;
  by: string;
}

/**
 * An inspection, at the station that runs it. The stations it concerns stand below and do not see this row: each has
 * a row of inspection_station of its own with what it needs to know.
 */
export const inspection = pgTable(
  "inspection",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    /** The station that inspects. */
    stationId: stationId(),
    /** Numbered by station and year: 柳河镇〔2026〕第3号. */
    year: smallint("year").notNull(),
    number: integer("number").notNull(),
    theme: text("theme").notNull(),
    /** On what ground and how: the paper it follows, what is looked at. */
    note: text("note").notNull().default(""),
    state: cText("state").notNull().$type<InspectionState>(),
    startsOn: date("starts_on").notNull(),
    endsOn: date("ends_on").notNull(),
    /** 飞行检查: a station learns of it when somebody has been there, or by the circular. */
    unannounced: boolean("unannounced").notNull().default(false),
    /** Null where the stations were chosen. */
    draw: jsonb("draw").$type<Draw>(),
    /** Null until it is concluded. */
    circular: jsonb("circular").$type<Circular>(),
    calledOffReason: text("called_off_reason"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    createdBy: text("created_by").notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    ...atStation("inspection", t),
    // Serves: the list of a station's inspections; a number is given once.
    uniqueIndex("inspection_number").on(t.cityId, t.stationId, t.year, t.number),
    check("inspection_state", sql`${t.state} in (${oneOf(INSPECTION_STATES)})`),
    check("inspection_dates", sql`${t.endsOn} >= ${t.startsOn}`),
    check("inspection_concluded", sql`(${t.state} = 'concluded') = (${t.circular} is not null)`),
    check("inspection_called_off", sql`(${t.state} = 'called_off') = (${t.calledOffReason} is not null)`),
  ],
);

/** What is looked at: an item of the standards, or anything in words. */
export const inspectionItem = pgTable(
  "inspection_item",
  {
    ...tenantColumns,
    stationId: stationId(),
    inspectionId: uuid("inspection_id").notNull(),
    place: smallint("place").notNull(),
    /** Code of the standards; null for an item in free words. */
    code: cText("code"),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.inspectionId, t.place] }),
    foreignKey({
      columns: [t.cityId, t.inspectionId],
      foreignColumns: [inspection.cityId, inspection.id],
      name: "inspection_item_inspection_fk",
    }),
    // Serves: the row-level policy.
    index("inspection_item_path").on(t.cityId, t.path),
    scopePolicy("inspection_item"),
  ],
);

/** Who inspects: people of the station that runs it, by account, with the name of then. */
export const inspectionInspector = pgTable(
  "inspection_inspector",
  {
    ...tenantColumns,
    stationId: stationId(),
    inspectionId: uuid("inspection_id").notNull(),
    userId: uuid("user_id").notNull(),
    name: text("name").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.inspectionId, t.userId] }),
    foreignKey({
      columns: [t.cityId, t.inspectionId],
      foreignColumns: [inspection.cityId, inspection.id],
      name: "inspection_inspector_inspection_fk",
    }),
    // Serves: the row-level policy.
    index("inspection_inspector_path").on(t.cityId, t.path),
    scopePolicy("inspection_inspector"),
  ],
);

/**
 * A station that an inspection concerns, where that station stands. It repeats what the station may know of the
 * inspection, because the inspection's own row lies above its sight.
 */
export const inspectionStation = pgTable(
  "inspection_station",
  {
    ...tenantColumns,
    /** The station concerned. */
    stationId: stationId(),
    inspectionId: uuid("inspection_id").notNull(),
    byStationId: bigint("by_station_id", { mode: "number" }).notNull(),
    byStationName: text("by_station_name").notNull(),
    year: smallint("year").notNull(),
    number: integer("number").notNull(),
    theme: text("theme").notNull(),
    startsOn: date("starts_on").notNull(),
    endsOn: date("ends_on").notNull(),
    unannounced: boolean("unannounced").notNull().default(false),
    state: cText("state").notNull().$type<InspectionState>(),
    /** The day somebody was there; null until then. */
    visitedOn: date("visited_on"),
    visitedBy: text("visited_by"),
    /** What was seen, also where nothing was found. */
    visitNote: text("visit_note").notNull().default(""),
    circular: jsonb("circular").$type<Circular>(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.inspectionId, t.stationId] }),
    foreignKey({
      columns: [t.cityId, t.inspectionId],
      foreignColumns: [inspection.cityId, inspection.id],
      name: "inspection_station_inspection_fk",
    }),
    ...atStation("inspection_station", t),
    // Serves: the inspections of a station, and since when its findings are kept here.
    index("inspection_station_station").on(t.cityId, t.stationId, t.visitedOn),
    check("inspection_station_state", sql`${t.state} in (${oneOf(INSPECTION_STATES)})`),
    check("inspection_station_visit", sql`(${t.visitedOn} is null) = (${t.visitedBy} is null)`),
  ],
);

/** Something found at a station that has to be put right, where that station stands. */
export const finding = pgTable(
  "finding",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    /** The station concerned. */
    stationId: stationId(),
    /** The station that inspects, which may stand above the sight of the one concerned. */
    byStationId: bigint("by_station_id", { mode: "number" }).notNull(),
    byStationName: text("by_station_name").notNull(),
    /** Null where it was found without an inspection. */
    inspectionId: uuid("inspection_id"),
    /** The assessment it came out of; both null where it did not. */
    assessmentYear: smallint("assessment_year"),
    assessmentRound: smallint("assessment_round"),
    /** Code of the standards; null for an item in free words. */
    itemCode: cText("item_code"),
    itemZh: text("item_zh").notNull().default(""),
    itemEn: text("item_en").notNull().default(""),
    body: text("body").notNull(),
    severity: cText("severity").notNull().$type<FindingSeverity>(),
    state: cText("state").notNull().$type<FindingState>(),
    openedOn: date("opened_on").notNull(),
    openedBy: text("opened_by").notNull(),
    openedById: uuid("opened_by_id").notNull(),
    dueOn: date("due_on").notNull(),
    answeredAt: timestamp("answered_at", { withTimezone: true }),
    answeredBy: text("answered_by"),
    /** Who answered last: somebody else has to judge it. */
    answeredById: uuid("answered_by_id"),
    /** The day it was closed or withdrawn. */
    endedOn: date("ended_on"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "finding_station_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.inspectionId],
      foreignColumns: [inspection.cityId, inspection.id],
      name: "finding_inspection_fk",
    }),
    // Serves: one unsettled finding of an assessment's item at a time, however often the button is pressed.
    uniqueIndex("finding_assessment")
      .on(t.cityId, t.stationId, t.assessmentYear, t.assessmentRound, t.itemCode)
      .where(sql`assessment_year is not null and state in ('open', 'answered', 'returned')`),
    // Serves: the month's figures of some stations.
    index("finding_station").on(t.cityId, t.stationId, t.openedOn),
    // Serves: the findings of an inspection.
    index("finding_inspection").on(t.cityId, t.inspectionId),
    // Serves: the ledger, and the row-level policy.
    index("finding_path").on(t.cityId, t.path, t.openedOn),
    check("finding_state", sql`${t.state} in (${oneOf(FINDING_STATES)})`),
    check("finding_severity", sql`${t.severity} in (${oneOf(FINDING_SEVERITIES)})`),
    check("finding_ended", sql`(${t.state} in ('closed', 'withdrawn')) = (${t.endedOn} is not null)`),
    check("finding_answered", sql`${t.state} not in ('answered', 'closed') or ${t.answeredById} is not null`),
    check(
      "finding_dates",
      sql`${t.dueOn} >= ${t.openedOn} and (${t.endedOn} is null or ${t.endedOn} >= ${t.openedOn})`,
    ),
    check("finding_assessed", sql`(${t.assessmentYear} is null) = (${t.assessmentRound} is null)`),
    scopePolicy("finding"),
  ],
);

/** What happened to a finding: append-only. */
export const findingEvent = pgTable(
  "finding_event",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: stationId(),
    findingId: uuid("finding_id").notNull(),
    action: cText("action").notNull().$type<"raise" | FindingAction>(),
    fromState: cText("from_state").$type<FindingState>(),
    toState: cText("to_state").notNull().$type<FindingState>(),
    /** By when it was to be put right from then on: what was overdue on a past day is asked of this. */
    dueOn: date("due_on").notNull(),
    /** The day it happened, in the city's time. */
    onDay: date("on_day").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    byId: uuid("by_id").notNull(),
    byName: text("by_name").notNull(),
    byStationName: text("by_station_name").notNull(),
    body: text("body").notNull().default(""),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.findingId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.findingId],
      foreignColumns: [finding.cityId, finding.id],
      name: "finding_event_finding_fk",
    }),
    // Serves: the row-level policy.
    index("finding_event_path").on(t.cityId, t.path),
    scopePolicy("finding_event"),
  ],
);
