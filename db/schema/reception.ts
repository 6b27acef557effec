import {
  RECEPTION_CHANNELS,
  RECEPTION_PURPOSES,
  RECEPTION_STATES,
  type ReceptionChannel,
  type ReceptionPurpose,
  type ReceptionState,
  UNANSWERED,
} from "@muster/domain/reception";
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

/** What questions are about: content of a city, which begins with the service's first list. */
export const consultationTopic = pgTable(
  "consultation_topic",
  {
    ...tenantColumns,
    code: cText("code").notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    sort: integer("sort").notNull(),
    /** No longer offered; what was logged under it keeps it. */
    retired: boolean("retired").notNull().default(false),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.code] }),
    scopePolicy("consultation_topic"),
    publishedPolicy("consultation_topic"),
  ],
);

/** The counter log: somebody came, called or wrote to a station. */
export const reception = pgTable(
  "reception",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    day: date("day").notNull(),
    channel: cText("channel").notNull().$type<ReceptionChannel>(),
    purpose: cText("purpose").notNull().$type<ReceptionPurpose>(),
    topic: cText("topic").notNull(),
    /** Somebody of the archive; null for anybody else. */
    recordId: uuid("record_id"),
    /** Name and telephone of somebody who is in no archive, sealed; null for who gave none. */
    visitor: bytea("visitor"),
    visitorPhone: bytea("visitor_phone"),
    question: text("question").notNull(),
    answer: text("answer").notNull().default(""),
    state: cText("state").notNull().$type<ReceptionState>(),
    /** By when it is to be done. */
    dueOn: date("due_on"),
    /** The station above that was asked, and with what result. */
    askedStationId: bigint("asked_station_id", { mode: "number" }),
    askedStationName: text("asked_station_name"),
    passedAt: timestamp("passed_at", { withTimezone: true }),
    passedBy: text("passed_by"),
    reply: text("reply").notNull().default(""),
    repliedAt: timestamp("replied_at", { withTimezone: true }),
    repliedBy: text("replied_by"),
    answeredOn: date("answered_on"),
    answeredBy: text("answered_by"),
    /** Why it was struck out. */
    struckReason: text("struck_reason"),
    /** Made by the form: a form that is sent twice makes one entry. */
    requestKey: uuid("request_key").notNull(),
    byId: uuid("by_id").notNull(),
    byName: text("by_name").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    ...atStation("reception", t),
    foreignKey({
      columns: [t.cityId, t.topic],
      foreignColumns: [consultationTopic.cityId, consultationTopic.code],
      name: "reception_topic_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "reception_person_fk",
    }),
    // Serves: one entry for a form, however often it is sent.
    uniqueIndex("reception_request").on(t.cityId, t.stationId, t.requestKey),
    // Serves: the log of a city or town, the latest day first.
    index("reception_day").on(t.cityId, t.day, t.id),
    // Serves: the log of one station, and the walk-ins of its month.
    index("reception_station").on(t.cityId, t.stationId, t.day, t.id),
    // Serves: the questions answered in a station's month.
    index("reception_answered").on(t.cityId, t.stationId, t.answeredOn).where(sql`answered_on is not null`),
    // Serves: what waits for a station's answer.
    index("reception_asked").on(t.cityId, t.askedStationId).where(sql`state = 'passed_up'`),
    // Serves: what a station still has to do.
    index("reception_open").on(t.cityId, t.stationId, t.state).where(sql`state in ('to_do', 'replied')`),
    // Serves: the list of what is still to be done, of a whole city in its order.
    index("reception_unanswered")
      .on(t.cityId, t.day, t.id)
      .where(sql`${t.state} in (${listOf(UNANSWERED)})`),
    // Serves: the page of somebody of the archive.
    index("reception_record").on(t.cityId, t.recordId, t.day).where(sql`record_id is not null`),
    check("reception_channel", sql`${t.channel} in (${listOf(RECEPTION_CHANNELS)})`),
    check("reception_purpose", sql`${t.purpose} in (${listOf(RECEPTION_PURPOSES)})`),
    check("reception_state", sql`${t.state} in (${listOf(RECEPTION_STATES)})`),
    check("reception_answered_on", sql`(${t.state} = 'answered') = (${t.answeredOn} is not null)`),
    check("reception_visitor", sql`${t.recordId} is null or ${t.visitor} is null`),
    check("reception_asked_station", sql`${t.state} <> 'passed_up' or ${t.askedStationId} is not null`),
    check("reception_struck", sql`(${t.state} = 'void') = (${t.struckReason} is not null)`),
  ],
);

/**
 * A question with its answer as a town or the city publishes it: everybody in the city finds it. It says nothing about
 * anybody; whoever publishes it words it anew.
 */
export const knowledge = pgTable(
  "knowledge",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    /** Who published it. */
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    stationName: text("station_name").notNull(),
    topic: cText("topic").notNull(),
    question: text("question").notNull(),
    answer: text("answer").notNull(),
    /** Both without blanks and punctuation, in lower case: what a search looks through. */
    search: text("search").notNull(),
    /** The entry of the log it came out of. */
    receptionId: uuid("reception_id"),
    publishedOn: date("published_on").notNull(),
    publishedBy: text("published_by").notNull(),
    withdrawnOn: date("withdrawn_on"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    ...atStation("knowledge", t),
    publishedPolicy("knowledge"),
    foreignKey({
      columns: [t.cityId, t.topic],
      foreignColumns: [consultationTopic.cityId, consultationTopic.code],
      name: "knowledge_topic_fk",
    }),
    // Serves: the knowledge base, the latest first.
    index("knowledge_published").on(t.cityId, t.publishedOn, t.id).where(sql`withdrawn_on is null`),
    // Serves: an entry of the log is published once.
    uniqueIndex("knowledge_reception")
      .on(t.cityId, t.receptionId)
      .where(sql`reception_id is not null and withdrawn_on is null`),
  ],
);
