import type { AuthTx } from "../scope";

/** A root tenant, as an operator sees it: nothing of what is in it. */
export interface CitySummary {
  cityId: number;
  code: string;
  name: string;
  rootStationId: number;
  demo: boolean;
  createdAt: string;
}

/** Every city of the installation, oldest first. */
export async function listCities(tx: AuthTx): Promise<CitySummary[]> {
  const rows = await tx.sql<CitySummary[]>`
    select city_id as "cityId", code, name, root_station_id as "rootStationId", demo, created_at as "createdAt"
    from city order by city_id`;
  return [...rows];
}
