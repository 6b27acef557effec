import { FESTIVALS } from "@muster/domain/festival";
import { ASKED, CHANNELS, CONCERNS, type ContactEvent, EVENTS, EVERY, OCCASIONS } from "@muster/domain/visit";
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
import { person } from "./person";
import { bytea, cText, publishedPolicy, scopePolicy, tenantColumns } from "./tenant";

const listOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/** Who is to be contacted how often: a city's content, a row per stretch of validity, as its checks. */
export const contactRule = pgTable(
  "contact_rule",
  {
    ...tenantColumns,
    code: cText("code").notNull(),
    validFrom: cText("valid_from").notNull(),
    validTo: cText("valid_to"),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    everyone: boolean("everyone").notNull(),
    /** Codes of categories; whoever holds one of them is concerned. */
    categories: text("categories").array().notNull(),
    /** From this year of life on. */
    fromAge: integer("from_age"),
    concerns: text("concerns").array().notNull().$type<(typeof CONCERNS)[number][]>(),
    every: cText("every").notNull().$type<(typeof EVERY)[number]>(),
    asked: cText("asked").notNull().$type<(typeof ASKED)[number]>(),
    /** Of a festival: how many days before it visits begin. Of an event: within how many days. */
    days: integer("days").notNull(),
    sort: integer("sort").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.code, t.validFrom] }),
    check("contact_rule_every", sql`${t.every} in (${listOf(EVERY)})`),
    check("contact_rule_asked", sql`${t.asked} in (${listOf(ASKED)})`),
    check("contact_rule_concerns", sql`${t.concerns} <@ array[${listOf(CONCERNS)}]`),
    check("contact_rule_days", sql`${t.days} between 0 and 60`),
    scopePolicy("contact_rule"),
    publishedPolicy("contact_rule"),
  ],
);

const stationId = bigint("station_id", { mode: "number" }).notNull();

/** A festival's visits as a station plans them: one plan for each festival. */
export const visitPlan = pgTable(
  "visit_plan",
  {
    ...tenantColumns,
    stationId,
    id: uuid("id").notNull(),
    festival: cText("festival").notNull().$type<(typeof FESTIVALS)[number]>(),
    festivalOn: date("festival_on").notNull(),
    /** What everyone on it is given, in fen. */
    gift: integer("gift").notNull().default(0),
    madeAt: timestamp("made_at", { withTimezone: true }).notNull(),
    madeBy: text("made_by").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    ...atStation("visit_plan", t),
    // Serves: one plan of a station for a festival, also when two make it at once; the plans of a station.
    uniqueIndex("visit_plan_festival").on(t.cityId, t.stationId, t.festivalOn, t.festival),
    check("visit_plan_festival_name", sql`${t.festival} in (${listOf(FESTIVALS)})`),
    check("visit_plan_gift", sql`${t.gift} between 0 and 10000000`),
  ],
);

/**
 * Somebody's contact with people of a station on a day. What was found, where, and what is to follow is sealed: it
 * speaks of people's health. Never deleted: one that was entered wrongly is void and counts no more.
 */
export const visit = pgTable(
  "visit",
  {
    ...tenantColumns,
    stationId,
    /** Made by the form, so that sending it twice enters it once. */
    id: uuid("id").notNull(),
    heldOn: date("held_on").notNull(),
    channel: cText("channel").notNull().$type<(typeof CHANNELS)[number]>(),
    occasion: cText("occasion").notNull().$type<(typeof OCCASIONS)[number]>(),
    /** Whoever went: a member of the staff, or the account that entered it. */
    workerId: uuid("worker_id").notNull(),
    worker: text("worker").notNull(),
    /** Money and value of gifts for each person, in fen. */
    gift: integer("gift").notNull().default(0),
    people: integer("people").notNull(),
    content: bytea("content"),
    /** By when something is to follow; null for nothing. */
    followOn: date("follow_on"),
    followedOn: date("followed_on"),
    followedBy: text("followed_by"),
    planId: uuid("plan_id"),
    enteredAt: timestamp("entered_at", { withTimezone: true }).notNull(),
    enteredBy: text("entered_by").notNull(),
    voidOn: date("void_on"),
    voidBy: text("void_by"),
    voidReason: text("void_reason"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    ...atStation("visit", t),
    foreignKey({
      columns: [t.cityId, t.planId],
      foreignColumns: [visitPlan.cityId, visitPlan.id],
      name: "visit_plan_fk",
    }),
    // Serves: the list of a station and the day of its first visit.
    index("visit_station_day").on(t.cityId, t.stationId, t.heldOn, t.id),
    // Serves: the list of a city or a town, latest first.
    index("visit_day").on(t.cityId, t.heldOn, t.id),
    // Serves: what is still to follow.
    index("visit_follow")
      .on(t.cityId, t.stationId, t.followOn)
      .where(sql`follow_on is not null and followed_on is null and void_on is null`),
    check("visit_channel", sql`${t.channel} in (${listOf(CHANNELS)})`),
    check("visit_occasion", sql`${t.occasion} in (${listOf(OCCASIONS)})`),
    check("visit_gift", sql`${t.gift} between 0 and 10000000`),
    check("visit_people", sql`${t.people} between 1 and 60`),
    check("visit_followed", sql`(${t.followedOn} is null) = (${t.followedBy} is null)`),
    check("visit_void", sql`(${t.voidOn} is null) = (${t.voidReason} is null)`),
  ],
);

const aboutRecord = { ...tenantColumns, stationId, recordId: uuid("record_id").notNull() };

/** Somebody who was visited: figures count these rows, which therefore repeat what they ask of the visit. */
export const visitPerson = pgTable(
  "visit_person",
  {
    ...aboutRecord,
    visitId: uuid("visit_id").notNull(),
    heldOn: date("held_on").notNull(),
    channel: cText("channel").notNull().$type<(typeof CHANNELS)[number]>(),
    occasion: cText("occasion").notNull().$type<(typeof OCCASIONS)[number]>(),
    gift: integer("gift").notNull(),
    /** False once the visit is void. */
    counts: boolean("counts").notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.visitId, t.recordId] }),
    ...atStation("visit_person", t),
    foreignKey({
      columns: [t.cityId, t.visitId],
      foreignColumns: [visit.cityId, visit.id],
      name: "visit_person_visit_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "visit_person_person_fk",
    }),
    // Serves: a month's figures of a station, and its people's last contacts.
    index("visit_person_station_day").on(t.cityId, t.stationId, t.heldOn),
    // Serves: the visits of somebody.
    index("visit_person_record").on(t.cityId, t.recordId, t.heldOn),
    check("visit_person_channel", sql`${t.channel} in (${listOf(CHANNELS)})`),
    check("visit_person_occasion", sql`${t.occasion} in (${listOf(OCCASIONS)})`),
  ],
);

/** Somebody is in hospital, mourns or has fallen on hard times: to be visited by a day. */
export const visitNotice = pgTable(
  "visit_notice",
  {
    ...aboutRecord,
    id: uuid("id").notNull(),
    event: cText("event").notNull().$type<ContactEvent>(),
    happenedOn: date("happened_on").notNull(),
    dueOn: date("due_on").notNull(),
    notedAt: timestamp("noted_at", { withTimezone: true }).notNull(),
    notedBy: text("noted_by").notNull(),
    /** The day of the visit that answered it. */
    metOn: date("met_on"),
    metBy: uuid("met_by"),
    /** First day on which a visit is no longer asked for, without one. */
    endedOn: date("ended_on"),
    endedBy: text("ended_by"),
    endedReason: text("ended_reason"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    ...atStation("visit_notice", t),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "visit_notice_person_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.metBy],
      foreignColumns: [visit.cityId, visit.id],
      name: "visit_notice_visit_fk",
    }),
    // Serves: one open notice of an event per person; which of them a visit answers.
    uniqueIndex("visit_notice_open")
      .on(t.cityId, t.recordId, t.event)
      .where(sql`met_on is null and ended_on is null`),
    // Serves: what stood open at a station on a day, and the day of its first notice.
    index("visit_notice_station").on(t.cityId, t.stationId, t.happenedOn),
    check("visit_notice_event", sql`${t.event} in (${listOf(EVENTS)})`),
    check("visit_notice_due", sql`${t.dueOn} >= ${t.happenedOn}`),
    check("visit_notice_met", sql`(${t.metOn} is null) = (${t.metBy} is null)`),
    check("visit_notice_ended", sql`(${t.endedOn} is null) = (${t.endedReason} is null)`),
  ],
);

/** Whose people these are: the worker who looks after somebody. */
export const visitDuty = pgTable(
  "visit_duty",
  {
    ...aboutRecord,
    workerId: uuid("worker_id").notNull(),
    worker: text("worker").notNull(),
    since: date("since").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.recordId] }),
    ...atStation("visit_duty", t),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "visit_duty_person_fk",
    }),
  ],
);

/** Somebody on a plan: who goes to them, and the visit that was made. */
export const visitPlanPerson = pgTable(
  "visit_plan_person",
  {
    ...aboutRecord,
    planId: uuid("plan_id").notNull(),
    workerId: uuid("worker_id"),
    worker: text("worker"),
    visitId: uuid("visit_id"),
    /** Taken off the plan again; the row stays. */
    dropped: boolean("dropped").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.planId, t.recordId] }),
    ...atStation("visit_plan_person", t),
    foreignKey({
      columns: [t.cityId, t.planId],
      foreignColumns: [visitPlan.cityId, visitPlan.id],
      name: "visit_plan_person_plan_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "visit_plan_person_person_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.visitId],
      foreignColumns: [visit.cityId, visit.id],
      name: "visit_plan_person_visit_fk",
    }),
    check("visit_plan_person_worker", sql`(${t.workerId} is null) = (${t.worker} is null)`),
  ],
);
