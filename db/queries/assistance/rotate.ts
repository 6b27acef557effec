import type { Keyring } from "@muster/secrets/keyring";
import type { ScopedTx } from "../../scope";
import { headOf } from "../people/rotate";
import { openDetails, openRemark, sealDetails, sealRemark } from "./row";

/** How many sealed values of the city's cases were not sealed with a key version. */
export async function casesSealedOtherwise(tx: ScopedTx, version: number): Promise<number> {
  const head = headOf(version);
  const [row] = await tx.sql<{ rows: number }[]>`
    select ((select count(*) from assistance_case where city_id = ${tx.scope.cityId}
        and substr(details, 1, 3) <> ${head})
      + (select count(*) from assistance_event where city_id = ${tx.scope.cityId}
        and substr(remark, 1, 3) <> ${head}))::int as rows`;
  return row?.rows ?? 0;
}

/** Seals a batch of cases and of words about them anew; answers how many rows it took. */
export async function resealCases(tx: ScopedTx, keys: Keyring, most: number): Promise<number> {
  const { cityId } = tx.scope;
  const head = headOf(keys.current);
  const cases = await tx.sql<{ id: string; details: Uint8Array }[]>`
    select id, details from assistance_case where city_id = ${cityId} and substr(details, 1, 3) <> ${head}
    order by id limit ${most} for no key update`;
  for (const row of cases) {
    await tx.sql`
      update assistance_case set details = ${sealDetails(keys, cityId, row.id, openDetails(keys, cityId, row))}
      where city_id = ${cityId} and id = ${row.id}`;
  }
  const events = await tx.sql<{ caseId: string; id: string; remark: Uint8Array | null }[]>`
    select case_id as "caseId", id, remark from assistance_event
    where city_id = ${cityId} and substr(remark, 1, 3) <> ${head}
    order by case_id, id limit ${most}`;
  for (const row of events) {
    const remark = sealRemark(keys, cityId, { ...row, remark: openRemark(keys, cityId, row) });
    await tx.sql`
      update assistance_event set remark = ${remark}
      where city_id = ${cityId} and case_id = ${row.caseId} and id = ${row.id}`;
  }
  return cases.length + events.length;
}

/** Opens one case of each key version; throws Unreadable when the keys at hand are not those it was sealed with. */
export async function tryCaseKeys(tx: ScopedTx, keys: Keyring): Promise<void> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<{ id: string; details: Uint8Array }[]>`
    select distinct on (substr(details, 1, 3)) id, details from assistance_case
    where city_id = ${cityId} order by substr(details, 1, 3), id`;
  for (const row of rows) openDetails(keys, cityId, row);
}
