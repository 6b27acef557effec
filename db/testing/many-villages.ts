import { createHash, randomBytes } from "node:crypto";
import { localDate, type Period, period, periodOf } from "@muster/domain/period";
import { Pool } from "../client";
import { openMonth } from "../queries/months";
import { newId, systemCaller, withAuth, withScope } from "../scope";
import { createCity, nextCityId } from "../seed/city";
import type { TestDatabase } from "./database";

/** A village whose head holds a token of the API. */
export interface VillageWithToken {
  id: number;
  path: string;
  token: string;
}

/** A city with many villages in towns of a hundred, its current month open, and a token for every village head. */
export interface ManyVillages {
  cityId: number;
  period: Period;
  villages: VillageWithToken[];
}

/** Builds it with set-based statements; codes and names are numbers. */
export async function manyVillages(database: TestDatabase, count: number, now: Date): Promise<ManyVillages> {
  const app = new Pool({ url: database.appUrl, size: 1 });
  const auth = new Pool({ url: database.authUrl, size: 1 });
  const current = periodOf(localDate(now));
  try {
    const cityId = await nextCityId(app);
    const at = now.toISOString();
    const villages = await withScope(app, systemCaller(cityId, now), { readOnly: false }, async (tx) => {
      const { rootStationId } = await createCity(tx, {
        code: "990200000000",
        name: "测试市",
        openedOn: "2024-01-01",
        validFrom: period("2024-01"),
        deadlines: { submitFromDay: 1 },
      });
      const towns = await tx.sql<{ id: number }[]>`
        insert into station (city_id, path, id, code, name, level, parent_id, opened_on, search)
        select ${cityId}, '/' || n.id || '/', n.id, 'T' || n.id, n.id || '镇', 'town', ${rootStationId}, '2024-01-01', ''
        from (select nextval('station_number') as id from generate_series(1, ${Math.ceil(count / 100)})) n
        returning id`;
      const made = await tx.sql<{ id: number; path: string }[]>`
        insert into station (city_id, path, id, code, name, level, parent_id, opened_on, search)
        select ${cityId}, '/' || n.town || '/' || n.id || '/', n.id, 'V' || n.id, n.id || '村', 'village', n.town, '2024-01-01', ''
        from (select nextval('station_number') as id, (${towns.map((t) => t.id)}::bigint[])[1 + (i - 1) / 100] as town
          from generate_series(1, ${count}) i) n
        returning id, path`;
      await openMonth(tx, current);
      return made.map((v) => ({ ...v, token: `muster_pat_${randomBytes(32).toString("base64url")}` }));
    });
    await withAuth(auth, now, async (tx) => {
      const rows = villages.map((v) => ({
        ...v,
        user: newId(),
        membership: newId(),
        hash: createHash("sha256").update(v.token).digest("hex"),
      }));
      const list = JSON.stringify(rows);
      await tx.sql`
        insert into app_user (id, username, name, password_hash, password_changed_at, created_at)
        select (r->>'user')::uuid, 'village-' || (r->>'id'), '站长', 'none', ${at}, ${at}
        from jsonb_array_elements(${list}::jsonb) r`;
      await tx.sql`
        insert into membership (city_id, path, id, user_id, username, name, station_id, role, since)
        select ${cityId}, r->>'path', (r->>'membership')::uuid, (r->>'user')::uuid, 'village-' || (r->>'id'), '站长',
          (r->>'id')::bigint, 'village_head', ${at}
        from jsonb_array_elements(${list}::jsonb) r`;
      await tx.sql`
        insert into api_token (id, token_hash, user_id, city_id, membership_id, name, created_at, expires_at)
        select gen_random_uuid(), decode(r->>'hash', 'hex'), (r->>'user')::uuid, ${cityId}, (r->>'membership')::uuid,
          'test', ${at}, now() + interval '10 days'
        from jsonb_array_elements(${list}::jsonb) r`;
    });
    return { cityId, period: current, villages };
  } finally {
    await Promise.all([app.end(), auth.end()]);
  }
}
