import { CARD_KINDS, CARD_STATES } from "@muster/domain/card";
import { sql } from "drizzle-orm";
import {
  bigint,
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
import { person } from "./person";
import { station } from "./station";
import { cText, ownerPolicy, scopePolicy, tenantColumns } from "./tenant";

const listOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(", "));

/**
 * A card made out for somebody in the archive. What it says comes from the archive and the station's settings at the
 * time of printing; here stands only that there is one. Its number is given by `card_numbers`.
 */
export const card = pgTable(
  "card",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    recordId: uuid("record_id").notNull(),
    kind: cText("kind").notNull().$type<(typeof CARD_KINDS)[number]>(),
    /** The serial: a number within the city and the year of issue. */
    year: smallint("year").notNull(),
    number: integer("number").notNull(),
    /** 1, and one more with each card of the kind that replaces another. */
    version: smallint("version").notNull().default(1),
    /** What the QR code leads to; random, and says nothing by itself. */
    token: cText("token").notNull(),
    issuedOn: date("issued_on").notNull(),
    issuedBy: text("issued_by").notNull(),
    validUntil: date("valid_until").notNull(),
    state: cText("state").notNull().$type<(typeof CARD_STATES)[number]>().default("issued"),
    endedOn: date("ended_on"),
    /** Of a pairing card: who of the roster is paired with them (`staffId`). */
    workerId: uuid("worker_id"),
    printedAt: timestamp("printed_at", { withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.recordId],
      foreignColumns: [person.cityId, person.id],
      name: "card_person_fk",
    }),
    // Serves: one serial once, the list with the latest first, and the next number.
    uniqueIndex("card_serial").on(t.cityId, t.year, t.number),
    // Serves: what a QR code leads to.
    uniqueIndex("card_token").on(t.cityId, t.token),
    // Serves: the cards of a record; of each kind one is in force.
    uniqueIndex("card_current").on(t.cityId, t.recordId, t.kind).where(sql`state = 'issued'`),
    // Serves: the history on the person's page.
    index("card_record").on(t.cityId, t.recordId),
    // Serves: whether a station has cards, and its pairs in a month.
    index("card_station").on(t.cityId, t.stationId, t.kind),
    // Serves: the row-level policy, and the share of people with a card.
    index("card_path").on(t.cityId, t.path),
    check("card_kind", sql`${t.kind} in (${listOf(CARD_KINDS)})`),
    check("card_state", sql`${t.state} in (${listOf(CARD_STATES)})`),
    check("card_ended", sql`(${t.state} = 'issued') = (${t.endedOn} is null)`),
    check("card_dates", sql`${t.validUntil} >= ${t.issuedOn}`),
    scopePolicy("card"),
    ownerPolicy("card"),
  ],
);

/** What the cards of a station say besides the archive. A station without a row prints the general numbers. */
export const cardSettings = pgTable(
  "card_settings",
  {
    ...tenantColumns,
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    lines: jsonb("lines").notNull().$type<Record<string, string>>(),
    duties: text("duties").notNull().default(""),
    services: text("services").notNull().default(""),
    activities: text("activities").notNull().default(""),
    version: integer("version").notNull().default(1),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
    updatedBy: text("updated_by").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.stationId] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "card_settings_station_fk",
    }),
    // Serves: the row-level policy.
    index("card_settings_path").on(t.cityId, t.path),
    scopePolicy("card_settings"),
  ],
);
