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
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { authPolicy, cText, dateSpans, ownerPolicy, scopePolicy, tenantColumns } from "./tenant";

/** Station numbers are unique over all cities, so that an address never means two stations. */
export const stationNumber = pgSequence("station_number", { startWith: 1001 });
export const cityNumber = pgSequence("city_number", { startWith: 11 });

/** One line of a station's ancestry, kept on the station because a village may not read its town's row. */
export interface Ancestor {
  id: number;
  name: string;
  level: string;
}

/** A tenant: a station of the hierarchy as it stands today. How it came to stand so is in station_event. */
export const station = pgTable(
  "station",
  {
    ...tenantColumns,
    id: bigint("id", { mode: "number" }).notNull(),
    code: cText("code").notNull(),
    name: text("name").notNull(),
    level: cText("level").notNull().$type<"city" | "district" | "town" | "village">(),
    kind: cText("kind").notNull().default("station").$type<"station" | "cadre_home" | "service_point">(),
    parentId: bigint("parent_id", { mode: "number" }),
    /** From the city down to the parent. */
    ancestors: jsonb("ancestors").notNull().$type<Ancestor[]>().default([]),
    /** Its establishment is required: it is expected to report while it is open. */
    required: boolean("required").notNull().default(true),
    openedOn: date("opened_on").notNull(),
    /** First day on which it no longer stands; null while open. */
    closedOn: date("closed_on"),
    /** When it was closed before and stood again: asked of any past day, while `closedOn` speaks of today. */
    closedSpans: dateSpans("closed_spans").notNull().default("{}"),
    /** The station it was merged into. */
    mergedInto: bigint("merged_into", { mode: "number" }),
    address: text("address").notNull().default(""),
    phone: text("phone").notNull().default(""),
    /** Name, code, pinyin and initials in lower case, for search. */
    search: text("search").notNull(),
    sort: integer("sort").notNull().default(0),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    // Serves: import and lookup by statistical code; a code is taken once in a city.
    uniqueIndex("station_code").on(t.cityId, t.code),
    // Serves: every list in scope, and the row-level policy.
    index("station_path").on(t.cityId, t.path, t.id, t.version),
    foreignKey({
      columns: [t.cityId, t.parentId],
      foreignColumns: [t.cityId, t.id],
      name: "station_parent_fk",
    }),
    // Serve: dashboards that count the open stations of a large city, from the index alone, and its towns.
    index("station_open")
      .on(t.cityId, t.path, t.id, t.level, t.kind, t.required)
      .where(sql`closed_on is null`),
    index("station_open_towns").on(t.cityId, t.path).where(sql`closed_on is null and level = 'town'`),
    // Serves: the children of a station.
    index("station_parent").on(t.cityId, t.parentId),
    check("station_level", sql`${t.level} in ('city', 'district', 'town', 'village')`),
    check("station_kind", sql`${t.kind} in ('station', 'cadre_home', 'service_point')`),
    check("station_dates", sql`${t.closedOn} is null or ${t.closedOn} >= ${t.openedOn}`),
    scopePolicy("station"),
    authPolicy("station", "select"),
    // Serves: the station that decides on a transfer, which the asking one does not see.
    ownerPolicy("station"),
  ],
);

/** Openings, closings, renames, moves, merges: append-only, dated by the day they take effect. */
export const stationEvent = pgTable(
  "station_event",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    kind: cText("kind").notNull().$type<"open" | "close" | "reopen" | "rename" | "move" | "merge" | "edit">(),
    effectiveOn: date("effective_on").notNull(),
    details: jsonb("details").notNull().$type<Record<string, unknown>>().default({}),
    at: timestamp("at", { withTimezone: true }).notNull(),
    byName: text("by_name").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "station_event_station_fk",
    }),
    // Serves: the row-level policy on lists of events.
    index("station_event_path").on(t.cityId, t.path),
    check(
      "station_event_kind",
      sql`${t.kind} in ('open', 'close', 'reopen', 'rename', 'move', 'merge', 'edit')`,
    ),
    scopePolicy("station_event"),
  ],
);

/**
 * Facts of a station from a day on: the figures that follow from the station itself are asked at any past
 * month end. A later row replaces an earlier one from its own day.
 */
export const stationFacts = pgTable(
  "station_facts",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    validFrom: date("valid_from").notNull(),
    fullTime: integer("full_time").notNull().default(0),
    partTime: integer("part_time").notNull().default(0),
    approvedPosts: integer("approved_posts").notNull().default(0),
    /** The station head is branch secretary and a veteran (兵支书). */
    veteranSecretary: boolean("veteran_secretary").notNull().default(false),
    /** The last verified assessment passed all five dimensions. */
    fiveHaves: boolean("five_haves").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.validFrom] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "station_facts_station_fk",
    }),
    // Serves: the row-level policy.
    index("station_facts_path").on(t.cityId, t.path),
    scopePolicy("station_facts"),
  ],
);

/** Premises and money of a station, each row as it holds from a day on until the next. */
export const stationPremises = pgTable(
  "station_premises",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    validFrom: date("valid_from").notNull(),
    /** Floor area in square metres. */
    area: integer("area").notNull(),
    /** Functional rooms or corners. */
    rooms: integer("rooms").notNull(),
    /** Working funds of a year, in yuan. */
    yearlyFunds: bigint("yearly_funds", { mode: "number" }).notNull(),
    /** Day on which income and spending were last put up for everyone to see. */
    disclosedOn: date("disclosed_on"),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId, t.validFrom] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "station_premises_station_fk",
    }),
    // Serves: the row-level policy.
    index("station_premises_path").on(t.cityId, t.path),
    scopePolicy("station_premises"),
  ],
);
