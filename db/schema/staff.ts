import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { atStation } from "./at-station";
import { station } from "./station";
import { cText, scopePolicy, tenantColumns } from "./tenant";

/** What every table of the staff register has: a station, whose path it shares. */
const stationId = () => bigint("station_id", { mode: "number" }).notNull();

/**
 * A member of a station's staff as they serve from a day on. What changes on a day (a part-time post made full time,
 * an election) ends one row and begins another with the same `staffId`, so that any past day can be asked.
 */
export const staff = pgTable(
  "staff",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: stationId(),
    /** The person at this station: the same in all their rows. */
    staffId: uuid("staff_id").notNull(),
    name: text("name").notNull(),
    post: text("post").notNull(),
    employment: cText("employment").notNull().$type<"full_time" | "part_time" | "concurrent">(),
    /** Leads the station. One at a time. */
    head: boolean("head").notNull().default(false),
    /** Secretary of the Party branch. */
    secretary: boolean("secretary").notNull().default(false),
    veteran: boolean("veteran").notNull().default(false),
    /** The number at work, as the service contact card gives it. */
    phone: text("phone").notNull().default(""),
    education: cText("education")
      .notNull()
      .default("unknown")
      .$type<"unknown" | "junior" | "senior" | "college" | "bachelor" | "master">(),
    validFrom: date("valid_from").notNull(),
    /** First day on which this no longer holds; null while it does. */
    validTo: date("valid_to"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "staff_station_fk",
    }),
    // Serves: nobody serves twice at one station at a time.
    uniqueIndex("staff_serving").on(t.cityId, t.stationId, t.staffId).where(sql`valid_to is null`),
    // Serves: the rosters of a subtree, and the row-level policy.
    index("staff_path").on(t.cityId, t.path),
    check("staff_employment", sql`${t.employment} in ('full_time', 'part_time', 'concurrent')`),
    check(
      "staff_education",
      sql`${t.education} in ('unknown', 'junior', 'senior', 'college', 'bachelor', 'master')`,
    ),
    check("staff_dates", sql`${t.validTo} is null or ${t.validTo} > ${t.validFrom}`),
    scopePolicy("staff"),
  ],
);

/** How many posts were approved for a station from a day on, and by which paper. */
export const staffPosts = pgTable(
  "staff_posts",
  {
    ...tenantColumns,
    stationId: stationId(),
    validFrom: date("valid_from").notNull(),
    posts: integer("posts").notNull(),
    /** Number or name of the approval. */
    document: text("document").notNull().default(""),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.validFrom] }),
    ...atStation("staff_posts", t),
    check("staff_posts_number", sql`${t.posts} >= 0`),
  ],
);

/** The leading group for veterans' affairs: who chairs it, stands in, belongs to it, and when. */
export const leadingGroup = pgTable(
  "leading_group",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: stationId(),
    name: text("name").notNull(),
    /** The office that puts the person there: Party secretary, deputy mayor, ... */
    office: text("office").notNull(),
    role: cText("role").notNull().$type<"chair" | "deputy" | "member">(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.id] }),
    ...atStation("leading_group", t),
    check("leading_group_role", sql`${t.role} in ('chair', 'deputy', 'member')`),
    check("leading_group_dates", sql`${t.validTo} is null or ${t.validTo} > ${t.validFrom}`),
  ],
);

/** A village that a liaison officer of the station above looks after. */
export const liaisonCover = pgTable(
  "liaison_cover",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    /** The station whose officer it is. */
    stationId: stationId(),
    staffId: uuid("staff_id").notNull(),
    /** The station below that is looked after. */
    coveredId: bigint("covered_id", { mode: "number" }).notNull(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.id] }),
    ...atStation("liaison_cover", t),
    // Serves: an officer looks after a village once at a time.
    uniqueIndex("liaison_cover_current")
      .on(t.cityId, t.stationId, t.staffId, t.coveredId)
      .where(sql`valid_to is null`),
    check("liaison_cover_dates", sql`${t.validTo} is null or ${t.validTo} >= ${t.validFrom}`),
  ],
);

/** A training that a station held for the staff of its subtree. */
export const training = pgTable(
  "training",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: stationId(),
    subject: text("subject").notNull(),
    heldOn: date("held_on").notNull(),
    /** Class hours. */
    hours: integer("hours").notNull(),
    /** Which round of it: the same training is given in batches. */
    batch: text("batch").notNull().default(""),
    /** Why it does not count; null while it does. */
    cancelledReason: text("cancelled_reason"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "training_station_fk",
    }),
    // Serves: the list of trainings, latest first, and the row-level policy.
    index("training_path").on(t.cityId, t.path, t.heldOn),
    check("training_hours", sql`${t.hours} between 1 and 500`),
    scopePolicy("training"),
  ],
);

/**
 * Who attended a training. It stands at the attendant's own station and repeats what was held: a village sees that
 * its people were trained, and does not see the town's trainings.
 */
export const trainingAttendance = pgTable(
  "training_attendance",
  {
    ...tenantColumns,
    /** The attendant's station. */
    stationId: stationId(),
    trainingId: uuid("training_id").notNull(),
    staffId: uuid("staff_id").notNull(),
    subject: text("subject").notNull(),
    heldOn: date("held_on").notNull(),
    hours: integer("hours").notNull(),
    /** False when they were taken off the list again, or the training does not count. */
    attended: boolean("attended").notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.trainingId, t.staffId] }),
    ...atStation("training_attendance", t),
    // Serves: the attendants of one training.
    index("training_attendance_training").on(t.cityId, t.trainingId),
  ],
);
