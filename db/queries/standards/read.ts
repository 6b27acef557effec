import type { LocalDate } from "@muster/domain/period";
import type { Grade, StandardItem, StandardSet } from "@muster/domain/standard";
import { and, asc, desc, eq } from "drizzle-orm";
import { standardGrade, standardItem } from "../../schema/standard";
import type { ScopedTx } from "../../scope";

/** A version of a city's standards, without its items. */
export interface SetVersion {
  setNumber: number;
  name: { zh: string; en: string };
  status: "draft" | "published";
  /** First day it is judged by; null for a draft. */
  validFrom: LocalDate | null;
  /** First day of the version after it; null while it is the last one. */
  validTo: LocalDate | null;
  copiedFrom: number | null;
  publishedAt: string | null;
  publishedBy: string | null;
  version: number;
}

/** A version with what it holds. */
export interface FullSet extends SetVersion, StandardSet {}

/** All versions, drafts first, then the latest. */
export async function setVersions(tx: ScopedTx): Promise<SetVersion[]> {
  const rows = await tx.sql<SetVersion[]>`
    select set_number as "setNumber", json_build_object('zh', name_zh, 'en', name_en) as name, status,
      valid_from as "validFrom",
      case when status = 'published' then
        lead(valid_from) over (partition by status order by valid_from) end as "validTo",
      copied_from as "copiedFrom", published_at as "publishedAt", published_by as "publishedBy", version
    from standard_set_version where city_id = ${tx.scope.cityId}
    order by status = 'published', valid_from desc, set_number desc`;
  return [...rows];
}

/** A version with its items and grades, or null. */
export async function readSet(tx: ScopedTx, setNumber: number): Promise<FullSet | null> {
  const found = (await setVersions(tx)).find((each) => each.setNumber === setNumber);
  return found ? { ...found, ...(await contentOf(tx, setNumber)) } : null;
}

/** The version that is judged by on a day; null where the city has none. */
export async function setInForce(tx: ScopedTx, day: LocalDate): Promise<FullSet | null> {
  const [current] = (await setVersions(tx)).filter(
    (each) => each.status === "published" && each.validFrom !== null && each.validFrom <= day,
  );
  return current ? { ...current, ...(await contentOf(tx, current.setNumber)) } : null;
}

/** Items and grades of a version. */
export async function contentOf(tx: ScopedTx, setNumber: number): Promise<StandardSet> {
  const { cityId } = tx.scope;
  const [items, grades] = await Promise.all([
    tx.orm
      .select()
      .from(standardItem)
      .where(and(eq(standardItem.cityId, cityId), eq(standardItem.setNumber, setNumber)))
      .orderBy(asc(standardItem.sort), asc(standardItem.code)),
    tx.orm
      .select()
      .from(standardGrade)
      .where(and(eq(standardGrade.cityId, cityId), eq(standardGrade.setNumber, setNumber)))
      .orderBy(desc(standardGrade.minPoints)),
  ]);
  return {
    items: items.map(
      (row): StandardItem => ({
        code: row.code,
        dimension: row.dimension,
        name: { zh: row.nameZh, en: row.nameEn },
        kind: row.kind,
        thresholds: {
          city: row.atCity,
          district: row.atDistrict,
          town: row.atTown,
          village: row.atVillage,
        },
        points: row.points,
        mandatory: row.mandatory,
        source: row.source,
        sort: row.sort,
      }),
    ),
    grades: grades.map(
      (row): Grade => ({
        code: row.code,
        name: { zh: row.nameZh, en: row.nameEn },
        minPoints: row.minPoints,
        needsFiveHaves: row.needsFiveHaves,
      }),
    ),
  };
}

/** An item as the columns of its table. */
export function itemRow({ name, thresholds, ...item }: StandardItem) {
  return {
    ...item,
    nameZh: name.zh,
    nameEn: name.en,
    atCity: thresholds.city,
    atDistrict: thresholds.district,
    atTown: thresholds.town,
    atVillage: thresholds.village,
  };
}
