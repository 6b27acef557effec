import type { AuthTx } from "../../scope";

/** How many administrators in office each city has; cities without any are left out. */
export async function administratorCounts(tx: AuthTx): Promise<Map<number, number>> {
  const rows = await tx.sql<{ cityId: number; count: number }[]>`
    select m.city_id as "cityId", count(*)::int as count
    from membership m join app_user u on u.id = m.user_id and u.status = 'active'
    where m.role = 'city_admin' and m.ended_at is null
    group by m.city_id`;
  return new Map(rows.map(({ cityId, count }) => [cityId, count]));
}
