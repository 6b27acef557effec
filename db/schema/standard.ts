import type { Dimension, ItemKind } from "@muster/domain/standard";
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { cText, publishedPolicy, scopePolicy, tenantColumns } from "./tenant";

/**
 * Versions of a city's standards. A draft is edited; a published version holds from its day until the next one's
 * and is never changed again, because assessments are judged by it.
 */
export const standardSetVersion = pgTable(
  "standard_set_version",
  {
    ...tenantColumns,
    setNumber: integer("set_number").notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    status: cText("status").notNull().$type<"draft" | "published">(),
    /** First day it is judged by; a draft has none. */
    validFrom: date("valid_from"),
    copiedFrom: integer("copied_from"),
    publishedAt: timestamp("published_at", { withTimezone: true }),
    publishedBy: text("published_by"),
    /** Rises with every edit of the draft. */
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.setNumber] }),
    // Serves: the version in force on a day; one version begins on a day.
    uniqueIndex("standard_set_version_from").on(t.cityId, t.validFrom).where(sql`status = 'published'`),
    check("standard_set_version_status", sql`${t.status} in ('draft', 'published')`),
    check(
      "standard_set_version_published",
      sql`${t.status} = 'draft' or (${t.validFrom} is not null and ${t.publishedAt} is not null)`,
    ),
    scopePolicy("standard_set_version"),
    publishedPolicy("standard_set_version"),
  ],
);

/** Items of a version. The fields are those of domain's StandardItem. */
export const standardItem = pgTable(
  "standard_item",
  {
    ...tenantColumns,
    setNumber: integer("set_number").notNull(),
    code: cText("code").notNull(),
    dimension: cText("dimension").notNull().$type<Dimension>(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    kind: cText("kind").notNull().$type<ItemKind>(),
    atCity: cText("at_city"),
    atDistrict: cText("at_district"),
    atTown: cText("at_town"),
    atVillage: cText("at_village"),
    points: integer("points").notNull(),
    mandatory: boolean("mandatory").notNull().default(false),
    source: cText("source"),
    sort: integer("sort").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.setNumber, t.code] }),
    foreignKey({
      columns: [t.cityId, t.setNumber],
      foreignColumns: [standardSetVersion.cityId, standardSetVersion.setNumber],
      name: "standard_item_set_fk",
    }),
    check("standard_item_points", sql`${t.points} between 0 and 100`),
    check("standard_item_kind", sql`${t.kind} in ('boolean', 'number', 'percent', 'evidence')`),
    scopePolicy("standard_item"),
    publishedPolicy("standard_item"),
  ],
);

/** Grades of a version, by points. */
export const standardGrade = pgTable(
  "standard_grade",
  {
    ...tenantColumns,
    setNumber: integer("set_number").notNull(),
    code: cText("code").notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    minPoints: integer("min_points").notNull(),
    needsFiveHaves: boolean("needs_five_haves").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.cityId, t.setNumber, t.code] }),
    foreignKey({
      columns: [t.cityId, t.setNumber],
      foreignColumns: [standardSetVersion.cityId, standardSetVersion.setNumber],
      name: "standard_grade_set_fk",
    }),
    scopePolicy("standard_grade"),
    publishedPolicy("standard_grade"),
  ],
);
