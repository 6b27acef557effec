import {
  LIMIT_BOUNDS,
  PETITION_CHANNELS,
  PETITION_STATES,
  type PetitionAction,
  type PetitionChannel,
  type PetitionState,
} from "@muster/domain/petition";
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
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { atStation } from "./at-station";
import { person } from "./person";
import { consultationTopic, reception } from "./reception";
import { bytea, cText, publishedPolicy, scopePolicy, tenantColumns } from "./tenant";

const stationId = () => bigint("station_id", { mode: "number" }).notNull();
const listOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));
const { least, most } = LIMIT_BOUNDS;
const bounds = sql.raw(`between ${least} and ${most}`);

/** The time limits of petitions from a day on: content of a city. The fields are those of domain's PetitionLimits. */
export const petitionLimit = pgTable(
  "petition_limit",
  {
    ...tenantColumns,
    validFrom: date("valid_from").notNull(),
    decide: integer("decide_days").notNull(),
    handle: integer("handle_days").notNull(),
    extend: integer("extend_days").notNull(),
    ask: integer("ask_days").notNull(),
    review: integer("review_days").notNull(),
    final: integer("final_days").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.validFrom] }),
    check(
      "petition_limit_days",
      sql`${t.decide} ${bounds} and ${t.handle} ${bounds} and ${t.extend} ${bounds} and ${t.ask} ${bounds}
        and ${t.review} ${bounds} and ${t.final} ${bounds}`,
    ),
    scopePolicy("petition_limit"),
    publishedPolicy("petition_limit"),
  ],
);

/** A petition at the station that handles it. */
export const petition = pgTable(
  "petition",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: stationId(),
    /** Numbered by station and year: 柳河镇〔2026〕第3号. */
    year: smallint("year").notNull(),
    number: integer("number").notNull(),
    channel: cText("channel").notNull().$type<PetitionChannel>(),
    topic: cText("topic").notNull(),
    subject: text("subject").notNull(),
    body: text("body").notNull(),
    /** How many petition together; their representatives are petition_petitioner. */
    people: integer("people").notNull(),
    /** A dispute of long standing (积案). */
    backlog: boolean("backlog").notNull(),
    /** Who leads the case: an account with a role at the station, with the name of then. */
    leaderId: uuid("leader_id"),
    leaderName: text("leader_name"),
    /** The entry of the counter log it came out of. */
    receptionId: uuid("reception_id"),
    state: cText("state").notNull().$type<PetitionState>(),
    receivedOn: date("received_on").notNull(),
    /** The day it was entered: from then on the register answers for the station. */
    registeredOn: date("registered_on").notNull(),
    acceptedOn: date("accepted_on"),
    /** Days for handling that the authority which assigned it has set; null where the city's limits hold. */
    ownDays: integer("own_days"),
    extendedDays: integer("extended_days").notNull().default(0),
    extendedOn: date("extended_on"),
    /** More time that somebody asked for and nobody has decided yet. */
    timeAskedDays: integer("time_asked_days"),
    timeAskedById: uuid("time_asked_by_id"),
    /** The day of the reply, or of the withdrawal of one that was accepted: what the figures call closed. */
    closedOn: date("closed_on"),
    reviewAskedOn: date("review_asked_on"),
    reviewAnsweredOn: date("review_answered_on"),
    finalAskedOn: date("final_asked_on"),
    finalAnsweredOn: date("final_answered_on"),
    requestKey: uuid("request_key").notNull(),
    byName: text("by_name").notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    ...atStation("petition", t),
    foreignKey({
      columns: [t.cityId, t.topic],
      foreignColumns: [consultationTopic.cityId, consultationTopic.code],
      name: "petition_topic_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.receptionId],
      foreignColumns: [reception.cityId, reception.id],
      name: "petition_reception_fk",
    }),
    // Serves: a number is given once.
    uniqueIndex("petition_number").on(t.cityId, t.stationId, t.year, t.number),
    // Serves: one petition for a form, however often it is sent.
    uniqueIndex("petition_request").on(t.cityId, t.stationId, t.requestKey),
    // Serves: an entry of the counter log becomes one petition.
    uniqueIndex("petition_reception").on(t.cityId, t.receptionId).where(sql`reception_id is not null`),
    // Serves: the ledger, the latest first.
    index("petition_received").on(t.cityId, t.receivedOn, t.id),
    // Serves: the ledger of one station, and the month's figures.
    index("petition_station").on(t.cityId, t.stationId, t.receivedOn, t.id),
    // Serves: what stands open in a scope, with its clock.
    index("petition_running")
      .on(t.cityId, t.path)
      .where(sql`state in ('registered', 'accepted', 'in_review', 'in_final')`),
    check("petition_state", sql`${t.state} in (${listOf(PETITION_STATES)})`),
    check("petition_channel", sql`${t.channel} in (${listOf(PETITION_CHANNELS)})`),
    check("petition_people", sql`${t.people} between 1 and 9999`),
    check(
      "petition_accepted",
      sql`${t.state} not in ('accepted', 'replied', 'in_review', 'reviewed', 'in_final', 'final')
        or ${t.acceptedOn} is not null`,
    ),
    check(
      "petition_closed",
      sql`(${t.closedOn} is not null) = (${t.acceptedOn} is not null and ${t.state} <> 'accepted')`,
    ),
    check(
      "petition_dates",
      sql`(${t.acceptedOn} is null or ${t.acceptedOn} >= ${t.receivedOn})
        and (${t.closedOn} is null or ${t.closedOn} >= ${t.acceptedOn})`,
    ),
    check("petition_extended", sql`(${t.extendedDays} > 0) = (${t.extendedOn} is not null)`),
    check("petition_own_days", sql`${t.ownDays} is null or ${t.ownDays} ${bounds}`),
    check("petition_time_asked", sql`(${t.timeAskedDays} is null) = (${t.timeAskedById} is null)`),
    check("petition_leader", sql`(${t.leaderId} is null) = (${t.leaderName} is null)`),
  ],
);

/** Who petitions, or speaks for those who do. Somebody of the archive, or name, telephone and address sealed. */
export const petitionPetitioner = pgTable(
  "petition_petitioner",
  {
    ...tenantColumns,
    stationId: stationId(),
    petitionId: uuid("petition_id").notNull(),
    /** The first one receives the papers. */
    place: smallint("place").notNull(),
    recordId: uuid("record_id"),
    name: bytea("name").notNull(),
    phone: bytea("phone"),
    address: bytea("address"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.petitionId, t.place] }),
    ...atStation("petition_petitioner", t),
    foreignKey({
      columns: [t.cityId, t.petitionId],
      foreignColumns: [petition.cityId, petition.id],
      name: "petition_petitioner_petition_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "petition_petitioner_person_fk",
    }),
    // Serves: the page of somebody of the archive.
    index("petition_petitioner_record").on(t.cityId, t.recordId).where(sql`record_id is not null`),
  ],
);

/** What happened to a petition: append-only. */
export const petitionEvent = pgTable(
  "petition_event",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: stationId(),
    petitionId: uuid("petition_id").notNull(),
    action: cText("action").notNull().$type<"register" | PetitionAction>(),
    fromState: cText("from_state").$type<PetitionState>(),
    toState: cText("to_state").notNull().$type<PetitionState>(),
    /** The day it happened, in the city's time. */
    onDay: date("on_day").notNull(),
    /** Days asked for or granted. */
    days: integer("days"),
    at: timestamp("at", { withTimezone: true }).notNull(),
    byId: uuid("by_id").notNull(),
    byName: text("by_name").notNull(),
    byStationName: text("by_station_name").notNull(),
    body: text("body").notNull().default(""),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.petitionId, t.id] }),
    ...atStation("petition_event", t),
    foreignKey({
      columns: [t.cityId, t.petitionId],
      foreignColumns: [petition.cityId, petition.id],
      name: "petition_event_petition_fk",
    }),
  ],
);
