import {
  bigint,
  boolean,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { authPolicy, cText, publishedPolicy, scopePolicy, tenantColumns } from "./tenant";

/** A root tenant. Its own row is the first of its tenant rows, at path `/`. */
export const city = pgTable(
  "city",
  {
    ...tenantColumns,
    code: cText("code").notNull(),
    name: text("name").notNull(),
    rootStationId: bigint("root_station_id", { mode: "number" }).notNull(),
    /** Rises with every change of indicators, checks or deadlines, so that servers know when to reload. */
    catalogueVersion: integer("catalogue_version").notNull().default(1),
    demo: boolean("demo").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId] }),
    // Serves: creating a city (a code is taken once).
    uniqueIndex("city_code").on(t.code),
    scopePolicy("city"),
    publishedPolicy("city"),
    authPolicy("city", "select"),
  ],
);
