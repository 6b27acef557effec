import type { LocalDate } from "@muster/domain/period";
import { addDays, periodOf } from "@muster/domain/period";
import { DUE_SOON_DAYS, MOURNING_DAYS } from "@muster/domain/visit";
import type { ScopedTx } from "../../scope";
import { typedName } from "../people/names";
import { conditionOf } from "../registers/statement";
import { today } from "../stations/row";
import { DUE_TABLES } from "./due-sql";

/** Somebody who can be chosen for a visit. */
export interface Choice {
  id: string;
  name: string;
  pinyin: string;
  initials: string;
  bornOn: LocalDate;
  /** Something is due to them within a week. */
  due: boolean;
  /** Has died lately: to be chosen for the visit of condolence. */
  died: boolean;
}

/** So many are shown at once; beyond that one searches. */
export const MOST_CHOICES = 300;

/**
 * People to choose from for a visit of a station: its own, who is due first, then those of the stations below it, and
 * those who died lately; all of them, or those whose name, pinyin or initials hold what was typed. `keep` are always
 * among them: who was chosen already. For a `plan` only the station's own who are in its archive: whom it may put on.
 */
export async function peopleToPick(
  tx: ScopedTx,
  {
    stationId,
    q = "",
    keep = [],
    plan = false,
  }: { stationId: number; q?: string; keep?: readonly string[]; plan?: boolean },
): Promise<{ people: Choice[]; more: boolean }> {
  const { cityId } = tx.scope;
  const day = today(tx);
  const typed = typedName(q);
  const rows = await tx.sql<(Choice & { kept: boolean })[]>`
    with place as (select ${stationId}::bigint as id), ${conditionOf(tx, DUE_TABLES, periodOf(day))},
    soon as (select distinct due.id from due where due.due_on <= ${addDays(day, DUE_SOON_DAYS)})
    select p.id, p.name, p.pinyin, p.initials, p.born_on as "bornOn", soon.id is not null as due,
      p.left_on is not null as died,
      p.id = any(${keep as string[]}::text[]::uuid[]) as kept
    from person p join station s on s.city_id = ${cityId} and s.id = ${stationId}
    left join soon on soon.id = p.id
    where p.city_id = ${cityId} and p.path >= s.path and p.path < s.path || chr(1114111)
      and (not ${plan} or (p.station_id = ${stationId} and p.left_on is null))
      and (p.left_on is null or (p.way_out = 'died' and p.left_on > ${addDays(day, -MOURNING_DAYS)}))
      and (${typed} = '' or position(${typed} in p.name) > 0 or p.pinyin ^@ ${typed} or p.initials ^@ ${typed}
        or p.id = any(${keep as string[]}::text[]::uuid[]))
    order by kept desc, p.station_id = ${stationId} desc, due desc, p.pinyin, p.id
    limit ${MOST_CHOICES + 1}`;
  return {
    people: rows.slice(0, MOST_CHOICES).map(({ kept: _, ...choice }) => choice),
    more: rows.length > MOST_CHOICES,
  };
}
