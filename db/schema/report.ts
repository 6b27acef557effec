import type { Status } from "@muster/domain/workflow";
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
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { station } from "./station";
import {
  authPolicy,
  cText,
  figuresArray,
  ownerPolicy,
  publishedPolicy,
  scopePolicy,
  tenantColumns,
} from "./tenant";

/** What is said of one figure, by indicator code. Sparse. */
export interface FigureRemark {
  /** What the registers gave at submission, and from how many records. */
  register?: { value: number; count: number };
  /** Why the reviewer sent the figure back; gone once it is accepted. */
  returned?: string;
  /** A note of the filer. */
  note?: string;
}

/** One station's month. Rows are made when the month opens, for every station that is expected to report. */
export const monthlyReport = pgTable(
  "monthly_report",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    period: cText("period").notNull(),
    /** Path and parent in that month: a later move changes `path` (who sees it), never these. */
    reportedPath: cText("reported_path").notNull(),
    reportsTo: bigint("reports_to", { mode: "number" }).notNull(),
    level: cText("level").notNull(),
    kind: cText("kind").notNull(),
    expected: boolean("expected").notNull().default(true),
    status: cText("status").notNull().default("draft").$type<Status>(),
    /** Rises with every change; an ETag. 0 is a report never saved. */
    version: integer("version").notNull().default(0),
    /** Submissions so far. */
    round: integer("round").notNull().default(0),
    figures: figuresArray("figures").notNull().default(sql`'{}'`),
    /** The figures last accepted, while a newer version is on its way. */
    acceptedFigures: figuresArray("accepted_figures"),
    remarks: jsonb("remarks").notNull().$type<Record<string, FigureRemark>>().default({}),
    /** Reasons for soft checks, by `K16` or `K16:C01`. */
    reasons: jsonb("reasons").notNull().$type<Record<string, string>>().default({}),
    nil: boolean("nil").notNull().default(false),
    dueOn: date("due_on").notNull(),
    /** The date the reviewer set when returning it. */
    returnDueOn: date("return_due_on"),
    firstFiledAt: timestamp("first_filed_at", { withTimezone: true }),
    onTime: boolean("on_time"),
    submittedAt: timestamp("submitted_at", { withTimezone: true }),
    submittedBy: text("submitted_by"),
    /** The person who submitted it: four eyes, even for somebody with roles at both stations. */
    submittedById: uuid("submitted_by_id"),
    /** Soft checks that were answered with a reason: what a reviewer looks at first. */
    warnings: integer("warnings").notNull().default(0),
    decidedAt: timestamp("decided_at", { withTimezone: true }),
    decidedBy: text("decided_by"),
    /** The station it reports to has signed this month off. */
    signedOff: boolean("signed_off").notNull().default(false),
    unlockedUntil: date("unlocked_until"),
    unlockReason: text("unlock_reason"),
    /** Why it may be missing at sign-off. */
    excused: text("excused"),
    remindedAt: timestamp("reminded_at", { withTimezone: true }),
    updatedAt: timestamp("updated_at", { withTimezone: true }),
    updatedBy: text("updated_by"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.period] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "monthly_report_station_fk",
    }),
    // Serves: months in scope, today's-boundaries sums, and the row-level policy.
    index("monthly_report_period_path").on(t.cityId, t.period, t.path),
    // Serves: a reviewer's queue, and a dashboard's leaves by child.
    index("monthly_report_reports_to").on(t.cityId, t.reportsTo, t.period),
    check(
      "monthly_report_status",
      sql`${t.status} in ('draft', 'submitted', 'returned', 'accepted', 'locked', 'amending')`,
    ),
    scopePolicy("monthly_report"),
    ownerPolicy("monthly_report"),
  ],
);

/** Every step a report took: append-only. A submission keeps the whole version. */
export const reportEvent = pgTable(
  "report_event",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    period: cText("period").notNull(),
    action: cText("action").notNull(),
    /** The report's version and round after the step. */
    version: integer("version").notNull(),
    round: integer("round").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    byUserId: uuid("by_user_id").notNull(),
    byName: text("by_name").notNull(),
    byRole: cText("by_role").notNull(),
    /** The figures as submitted. */
    figures: figuresArray("figures"),
    /** Changed figures by code: before, after. */
    changes: jsonb("changes").$type<Record<string, [number | null, number | null]>>(),
    /** Returned figures by code with the reviewer's reason; or the reason of the step. */
    returned: jsonb("returned").$type<Record<string, string>>(),
    reason: text("reason"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.period, t.id] }),
    // Serves: the row-level policy on a subtree's events.
    index("report_event_path").on(t.cityId, t.path),
    scopePolicy("report_event"),
  ],
);

/** What stands over a subtree's month: the station's own report and everything below it, as reported. */
export const rollup = pgTable(
  "rollup",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    period: cText("period").notNull(),
    reportedPath: cText("reported_path").notNull(),
    /** Parent in that month; null for the city. */
    reportsTo: bigint("reports_to", { mode: "number" }),
    level: cText("level").notNull(),
    kind: cText("kind").notNull(),
    /** Sums of accepted figures, by slot. */
    accepted: figuresArray("accepted").notNull().default(sql`'{}'`),
    /** Accepted plus what waits for review. */
    provisional: figuresArray("provisional").notNull().default(sql`'{}'`),
    expected: integer("expected").notNull().default(0),
    filed: integer("filed").notNull().default(0),
    acceptedCount: integer("accepted_count").notNull().default(0),
    returned: integer("returned").notNull().default(0),
    missing: integer("missing").notNull().default(0),
    onTime: integer("on_time").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.period] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "rollup_station_fk",
    }),
    // Serves: rollup_apply, which walks up the path as it was in that month.
    uniqueIndex("rollup_reported_path").on(t.cityId, t.period, t.reportedPath),
    // Serves: a dashboard's children.
    index("rollup_reports_to").on(t.cityId, t.reportsTo, t.period),
    // Serves: the row-level policy on a subtree.
    index("rollup_path").on(t.cityId, t.path),
    scopePolicy("rollup"),
    ownerPolicy("rollup"),
  ],
);

/** A station's head has signed off the month of everything that reports to it. */
export const monthSignOff = pgTable(
  "month_sign_off",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    period: cText("period").notNull(),
    signedOffAt: timestamp("signed_off_at", { withTimezone: true }).notNull(),
    signedOffBy: text("signed_off_by").notNull(),
    /** Stations that may be missing, with the reason. */
    excused: jsonb("excused").notNull().$type<Record<string, string>>().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.period] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "month_sign_off_station_fk",
    }),
    // Serves: the city's list of signed-off towns.
    index("month_sign_off_period").on(t.cityId, t.period, t.path),
    scopePolicy("month_sign_off"),
  ],
);

/** The city has locked a month. Everyone in the city may know it. */
export const monthLock = pgTable(
  "month_lock",
  {
    ...tenantColumns,
    period: cText("period").notNull(),
    lockedAt: timestamp("locked_at", { withTimezone: true }).notNull(),
    lockedBy: text("locked_by").notNull(),
    /** Stations not signed off when the month was locked, with the reason. */
    excused: jsonb("excused").notNull().$type<Record<string, string>>().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.period] }),
    scopePolicy("month_lock"),
    publishedPolicy("month_lock"),
  ],
);

/** What an overseer notes on a report or one of its figures. */
export const reportRemark = pgTable(
  "report_remark",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    period: cText("period").notNull(),
    indicator: cText("indicator"),
    body: text("body").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    byName: text("by_name").notNull(),
    byRole: cText("by_role").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.period, t.id] }),
    // Serves: the row-level policy on a subtree.
    index("report_remark_path").on(t.cityId, t.path),
    scopePolicy("report_remark"),
  ],
);

/** What a message tells: of a report, or of a finding of an inspection (`params.step` says which step was taken). */
export type MessageKind = "returned" | "reminder" | "unlocked" | "accepted" | "amend" | "remark" | "finding";

/** Messages to a station: a report came back, a reminder, an unlocking, a finding. */
export const message = pgTable(
  "message",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    kind: cText("kind").notNull().$type<MessageKind>(),
    period: cText("period"),
    params: jsonb("params").notNull().$type<Record<string, string | number>>().default({}),
    at: timestamp("at", { withTimezone: true }).notNull(),
    byName: text("by_name").notNull(),
    readAt: timestamp("read_at", { withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.id] }),
    // Serves: the row-level policy on a subtree.
    index("message_path").on(t.cityId, t.path),
    // Serves: how many messages of a station nobody has read, asked with every page (findSession).
    index("message_unread").on(t.cityId, t.stationId).where(sql`read_at is null`),
    scopePolicy("message"),
    // Sessions count unread messages; the login role may read no more of them than that takes.
    authPolicy("message", "select"),
  ],
);
