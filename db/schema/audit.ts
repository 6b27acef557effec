import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { authPolicy, cText, scopePolicy, tenantColumns } from "./tenant";

/** Every change of state, written in the transaction that made it. Append-only. */
export const auditLog = pgTable(
  "audit_log",
  {
    ...tenantColumns,
    /** UUIDv7: in the order of time. */
    id: uuid("id").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    userId: uuid("user_id"),
    userName: text("user_name").notNull(),
    role: cText("role").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    action: cText("action").notNull(),
    subject: cText("subject").notNull(),
    subjectId: text("subject_id").notNull(),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    ip: text("ip").notNull(),
    reference: cText("reference").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    // Serves: the search, newest first, page by page; a city-wide reader's range is the whole city.
    index("audit_log_at").on(t.cityId, t.at, t.id),
    // Serves: the log of a subject.
    index("audit_log_subject").on(t.cityId, t.subject, t.subjectId),
    // Serves: the row-level policy on a subtree.
    index("audit_log_path").on(t.cityId, t.path),
    scopePolicy("audit_log"),
    authPolicy("audit_log", "all"),
  ],
);

/** Answers already given to writes with an Idempotency-Key, so that a retry gets the same one. */
export const idempotencyKey = pgTable(
  "idempotency_key",
  {
    ...tenantColumns,
    userId: uuid("user_id").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of method, path and body: the same key with another request is refused. */
    requestHash: text("request_hash").notNull(),
    status: integer("status").notNull(),
    body: jsonb("body").notNull(),
    etag: text("etag"),
    at: timestamp("at", { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.userId, t.key] }),
    // Serves: the row-level policy.
    index("idempotency_key_path").on(t.cityId, t.path),
    scopePolicy("idempotency_key"),
  ],
);
