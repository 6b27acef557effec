import { CATEGORY_GROUPS, SEXES, WAYS_IN, WAYS_OUT } from "@muster/domain/person";
import { SECTION_NAMES } from "@muster/domain/person-sections";
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
import { station } from "./station";
import { bytea, cText, ownerPolicy, publishedPolicy, scopePolicy, tenantColumns } from "./tenant";

const listOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/** The categories of people a city serves: its own content, which begins with the service's first list. */
export const beneficiaryCategory = pgTable(
  "beneficiary_category",
  {
    ...tenantColumns,
    code: cText("code").notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    group: cText("category_group").notNull().$type<(typeof CATEGORY_GROUPS)[number]>(),
    sort: integer("sort").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.code] }),
    check("beneficiary_category_group", sql`${t.group} in (${listOf(CATEGORY_GROUPS)})`),
    scopePolicy("beneficiary_category"),
    publishedPolicy("beneficiary_category"),
  ],
);

/**
 * Somebody in the archive of a station, from a day on and until they died or left. Who moves to another station of the
 * city gets a record there with the same `personId`: what a station counted stays its own.
 * Sealed columns open only with the keys of packages/secrets; their indexes find exact values and nothing else.
 */
export const person = pgTable(
  "person",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    /** The human being: the same in all their records in the city. */
    personId: uuid("person_id").notNull(),
    name: cText("name").notNull(),
    /** Of the name, in lower case without tones and blanks. */
    pinyin: cText("pinyin").notNull(),
    initials: cText("initials").notNull(),
    sex: cText("sex").notNull().$type<(typeof SEXES)[number]>(),
    bornOn: date("born_on").notNull(),
    idNumber: bytea("id_number"),
    idIndex: bytea("id_index"),
    tailIndex: bytea("tail_index"),
    phone: bytea("phone"),
    phoneIndex: bytea("phone_index"),
    livingAlone: boolean("living_alone").notNull().default(false),
    emptyNest: boolean("empty_nest").notNull().default(false),
    /** Needs care in daily life; of the health section, whose rest is sealed. */
    careNeed: boolean("care_need").notNull().default(false),
    /** Helped as somebody in hardship. */
    hardship: boolean("hardship").notNull().default(false),
    /** Codes of the categories that have no end yet, in their order: what person_category says, kept beside each person. */
    categories: text("categories").array().notNull().default([]),
    /** The plaque of honour hangs at the door. */
    plaque: boolean("plaque").notNull().default(false),
    /** Since when they have a preferential card; its number is sealed. */
    cardSince: date("card_since"),
    /** Whole per cent. */
    completeness: smallint("completeness").notNull().default(0),
    /** Since when nothing has been missing; null while something is. */
    completeSince: date("complete_since"),
    /** When somebody last looked through the archive and found it right. */
    confirmedOn: date("confirmed_on"),
    activeFrom: date("active_from").notNull(),
    wayIn: cText("way_in").notNull().$type<(typeof WAYS_IN)[number]>(),
    /** First day on which they are no longer in this archive; null while they are. */
    leftOn: date("left_on"),
    wayOut: cText("way_out").$type<(typeof WAYS_OUT)[number]>(),
    leftNote: text("left_note").notNull().default(""),
    /** The last day on which a leaving was taken back, and why. */
    reinstatedOn: date("reinstated_on"),
    reinstateNote: text("reinstate_note").notNull().default(""),
    /** The record of which this was a second one. */
    mergedInto: uuid("merged_into"),
    /** The day of entry: an archive answers for months from then on. */
    registeredOn: date("registered_on").notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "person_station_fk",
    }),
    // Serves: one archive per human being in a city, and the search by the whole number.
    uniqueIndex("person_id_number").on(t.cityId, t.idIndex).where(sql`left_on is null`),
    // Serves: the list in the order of names, page by page, and the search by pinyin. What most lists are filtered by
    // stands at the end here and in those below, so that they are counted from the index alone.
    index("person_pinyin").on(
      ...[t.cityId, t.pinyin, t.id, t.activeFrom, t.leftOn, t.path],
      ...[t.categories, t.bornOn, t.completeness, t.confirmedOn],
    ),
    // Serves: the search by initials.
    index("person_initials").on(t.cityId, t.initials),
    // Serves: the search by name.
    index("person_name").on(t.cityId, t.name, t.pinyin, t.id, t.activeFrom, t.leftOn, t.path, t.categories),
    // Serves: the search by the last four signs of the number.
    index("person_tail").on(t.cityId, t.tailIndex),
    // Serves: the search by telephone.
    index("person_phone").on(t.cityId, t.phoneIndex),
    // Serves: the records of one human being.
    index("person_person").on(t.cityId, t.personId),
    // Serves: the figures of a station and its own list.
    index("person_station").on(t.cityId, t.stationId, t.pinyin, t.id),
    // Serve: the lists by age, of those who live alone or are left alone, and of those who are gone, in their order.
    index("person_born").on(t.cityId, t.bornOn),
    index("person_living_alone")
      .on(t.cityId, t.pinyin, t.id, t.bornOn, t.activeFrom, t.leftOn, t.path, t.categories)
      .where(sql`living_alone`),
    index("person_empty_nest")
      .on(t.cityId, t.pinyin, t.id, t.bornOn, t.activeFrom, t.leftOn, t.path, t.categories)
      .where(sql`empty_nest`),
    index("person_gone").on(t.cityId, t.pinyin, t.id).where(sql`left_on is not null`),
    // Serves: the row-level policy, and how many are in the archives of a subtree, from the index alone.
    index("person_path").on(t.cityId, t.path, t.activeFrom, t.leftOn),
    check("person_sex", sql`${t.sex} in (${listOf(SEXES)})`),
    check("person_way_in", sql`${t.wayIn} in (${listOf(WAYS_IN)})`),
    check("person_way_out", sql`${t.wayOut} in (${listOf(WAYS_OUT)})`),
    check("person_left", sql`(${t.leftOn} is null) = (${t.wayOut} is null)`),
    check("person_dates", sql`${t.leftOn} is null or ${t.leftOn} >= ${t.activeFrom}`),
    check("person_completeness", sql`${t.completeness} between 0 and 100`),
    check("person_indexes", sql`(${t.idNumber} is null) = (${t.idIndex} is null)`),
    scopePolicy("person"),
    ownerPolicy("person"),
  ],
);

/** What every table about a record of the archive has. */
const record = {
  ...tenantColumns,
  stationId: bigint("station_id", { mode: "number" }).notNull(),
  recordId: uuid("record_id").notNull(),
};

/** A category that somebody holds from a day on, and the paper that says so. */
export const personCategory = pgTable(
  "person_category",
  {
    ...record,
    id: uuid("id").notNull(),
    code: cText("code").notNull(),
    validFrom: date("valid_from").notNull(),
    /** First day on which it no longer holds; null while it does. */
    validTo: date("valid_to"),
    document: text("document").notNull().default(""),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "person_category_person_fk",
    }),
    foreignKey({
      columns: [t.cityId, t.code],
      foreignColumns: [beneficiaryCategory.cityId, beneficiaryCategory.code],
      name: "person_category_code_fk",
    }),
    // Serves: the categories of a record; nobody holds one twice at a time.
    uniqueIndex("person_category_current").on(t.cityId, t.recordId, t.code).where(sql`valid_to is null`),
    // Serve: the figures and the list by category, from the index alone. The path comes first of what is asked by a
    // range: with the code before it PostgreSQL 18 would look for every code there might be.
    index("person_category_record").on(t.cityId, t.recordId, t.path, t.code, t.validFrom, t.validTo),
    index("person_category_held").on(t.cityId, t.code, t.recordId, t.validFrom, t.validTo, t.path),
    // Serves: the row-level policy.
    index("person_category_path").on(t.cityId, t.path),
    check("person_category_dates", sql`${t.validTo} is null or ${t.validTo} >= ${t.validFrom}`),
    scopePolicy("person_category"),
  ],
);

/** One section of an archive, sealed as a whole. */
export const personSection = pgTable(
  "person_section",
  {
    ...record,
    section: cText("section").notNull().$type<(typeof SECTION_NAMES)[number]>(),
    content: bytea("content").notNull(),
    /** How many of the needed entries there are. */
    filled: smallint("filled").notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
    updatedBy: text("updated_by").notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.recordId, t.section] }),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "person_section_person_fk",
    }),
    // Serves: the row-level policy.
    index("person_section_path").on(t.cityId, t.path),
    check("person_section_name", sql`${t.section} in (${listOf(SECTION_NAMES)})`),
    scopePolicy("person_section"),
  ],
);

/** That an archive was looked through and found right: once a year at least. */
export const personConfirmation = pgTable(
  "person_confirmation",
  {
    ...record,
    id: uuid("id").notNull(),
    confirmedOn: date("confirmed_on").notNull(),
    /** Nothing was missing on that day. */
    complete: boolean("complete").notNull(),
    byName: text("by_name").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "person_confirmation_person_fk",
    }),
    // Serves: the figure of archives that are complete and confirmed.
    uniqueIndex("person_confirmation_day").on(t.cityId, t.recordId, t.confirmedOn),
    // Serves: the row-level policy.
    index("person_confirmation_path").on(t.cityId, t.path),
    scopePolicy("person_confirmation"),
  ],
);

/**
 * A station asks for somebody who is in the archive of another one. It stands at the lowest station above both, which
 * decides; neither of the two sees it, so that asking tells nobody where a person is.
 */
export const personTransfer = pgTable(
  "person_transfer",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    /** Who decides. */
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    recordId: uuid("record_id").notNull(),
    fromStationId: bigint("from_station_id", { mode: "number" }).notNull(),
    toStationId: bigint("to_station_id", { mode: "number" }).notNull(),
    reason: text("reason").notNull(),
    askedAt: timestamp("asked_at", { withTimezone: true }).notNull(),
    askedBy: text("asked_by").notNull(),
    status: cText("status").notNull().$type<"open" | "accepted" | "refused">().default("open"),
    decidedAt: timestamp("decided_at", { withTimezone: true }),
    decidedBy: text("decided_by"),
    decision: text("decision").notNull().default(""),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "person_transfer_station_fk",
    }),
    // Serves: one open request per record and asking station; what waits at a station.
    uniqueIndex("person_transfer_open").on(t.cityId, t.recordId, t.toStationId).where(sql`status = 'open'`),
    // Serves: the row-level policy, and what waits in a subtree.
    index("person_transfer_path").on(t.cityId, t.path),
    check("person_transfer_status", sql`${t.status} in ('open', 'accepted', 'refused')`),
    scopePolicy("person_transfer"),
    ownerPolicy("person_transfer"),
  ],
);
