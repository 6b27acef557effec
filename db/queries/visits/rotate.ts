import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";
import { headOf } from "../people/rotate";
import { openWords, sealWords, type VisitRow } from "./row";

/** How many of the city's visits were not sealed with a key version. Needs the city's scope. */
export async function visitsSealedOtherwise(tx: ScopedTx, version: number): Promise<number> {
  const [row] = await tx.sql<{ rows: number }[]>`
    select count(*)::int as rows from visit
    where city_id = ${tx.scope.cityId} and substr(content, 1, 3) <> ${headOf(version)}`;
  return row?.rows ?? 0;
}

/** Seals a batch of the city's visits anew, and answers how many it took. */
export async function resealVisits(tx: ScopedTx, keys: Keyring, most: number): Promise<number> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<Pick<VisitRow, "id" | "content">[]>`
    select id, content from visit
    where city_id = ${cityId} and substr(content, 1, 3) <> ${headOf(keys.current)}
    order by id limit ${most} for no key update`;
  for (const row of rows) {
    const sealed = sealWords(keys, cityId, row.id, openWords(keys, cityId, row));
    await tx.sql`update visit set content = ${sealed} where city_id = ${cityId} and id = ${row.id}`;
  }
  return rows.length;
}

/** Opens one value of each key version; throws Unreadable when the keys at hand are not those it was sealed with. */
export async function tryVisitKeys(tx: ScopedTx, keys: Keyring): Promise<void> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<Pick<VisitRow, "id" | "content">[]>`
    select distinct on (substr(content, 1, 3)) id, content from visit
    where city_id = ${cityId} and content is not null order by substr(content, 1, 3), id`;
  for (const row of rows) openWords(keys, cityId, row);
}
