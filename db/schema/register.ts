import type { RegisterName } from "@muster/domain/register";
import {
  bigint,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { station } from "./station";
import { cText, scopePolicy, tenantColumns } from "./tenant";

/** A list of a register as somebody likes to see it: its filters and columns under a name of theirs. */
export const savedView = pgTable(
  "saved_view",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    userId: uuid("user_id").notNull(),
    register: cText("register").notNull().$type<RegisterName>(),
    name: text("name").notNull(),
    /** The address's query: filters and columns, never words that were searched for. */
    query: text("query").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: "saved_view_station_fk",
    }),
    // Serves: the views of a person above a list; a name is given once.
    uniqueIndex("saved_view_name").on(t.cityId, t.userId, t.stationId, t.register, t.name),
    // Serves: the row-level policy.
    index("saved_view_path").on(t.cityId, t.path),
    scopePolicy("saved_view"),
  ],
);
