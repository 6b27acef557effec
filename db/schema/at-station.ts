import { type AnyPgColumn, foreignKey, index } from "drizzle-orm/pg-core";
import { station } from "./station";
import { scopePolicy } from "./tenant";

/** The columns by which a row belongs to a station. */
interface AtStation {
  cityId: AnyPgColumn;
  path: AnyPgColumn;
  stationId: AnyPgColumn;
}

/**
 * What every table of a station's records has alike: its rows belong to the station, lie in the reach of those whose
 * scope covers it, and are found by that reach.
 */
export function atStation(table: string, t: AtStation) {
  return [
    foreignKey({
      columns: [t.cityId, t.stationId],
      foreignColumns: [station.cityId, station.id],
      name: `${table}_station_fk`,
    }),
    // Serves: the row-level policy.
    index(`${table}_path`).on(t.cityId, t.path),
    scopePolicy(table),
  ];
}
