import { SUBJECT_KINDS } from "@muster/domain/evidence";
import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
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
import { bytea, cText, tenantColumns } from "./tenant";

/**
 * A photo or document that shows something of a station. The bytes lie in the place of files under `file_key`; the
 * row says what they are and what they belong to. Never deleted: what is removed is no longer shown.
 */
export const evidence = pgTable(
  "evidence",
  {
    ...tenantColumns,
    id: uuid("id").notNull(),
    stationId: bigint("station_id", { mode: "number" }).notNull(),
    subjectKind: cText("subject_kind").notNull().$type<(typeof SUBJECT_KINDS)[number]>(),
    /** The number or id of the subject; of a station its number. */
    subjectId: cText("subject_id").notNull(),
    kind: cText("kind").notNull().$type<"image" | "pdf">(),
    title: text("title").notNull(),
    fileKey: cText("file_key").notNull(),
    /** Bytes as they are kept: an image has been drawn again. */
    size: integer("size").notNull(),
    /** Of the bytes as they are kept: the same file sent twice is one piece of evidence. */
    sha256: bytea("sha256").notNull(),
    width: integer("width"),
    height: integer("height"),
    /** Who brought it: the name as it was then. */
    takenBy: text("taken_by").notNull(),
    takenById: uuid("taken_by_id").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    /** The last day on which it is good. */
    expiresOn: date("expires_on"),
    removedAt: timestamp("removed_at", { withTimezone: true }),
    removedBy: text("removed_by"),
    removedReason: text("removed_reason"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.id] }),
    ...atStation("evidence", t),
    // Serves: the list of a subject; a retried upload finds the piece that its first attempt left.
    uniqueIndex("evidence_subject")
      .on(t.cityId, t.subjectKind, t.subjectId, t.sha256)
      .where(sql`removed_at is null`),
    // Serves: what expires soon at a station and at those below it.
    index("evidence_expiry")
      .on(t.cityId, t.stationId, t.expiresOn)
      .where(sql`removed_at is null and expires_on is not null`),
    check(
      "evidence_subject_kind",
      sql`${t.subjectKind} in (${sql.raw(SUBJECT_KINDS.map((kind) => `'${kind}'`).join(", "))})`,
    ),
    check("evidence_kind", sql`${t.kind} in ('image', 'pdf')`),
    check("evidence_removal", sql`(${t.removedAt} is null) = (${t.removedBy} is null)`),
  ],
);
