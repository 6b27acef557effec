import type { Role } from "@muster/domain/actor";
import type { Period } from "@muster/domain/period";
import type { Kind, Level } from "@muster/domain/station";
import type { Status } from "@muster/domain/workflow";
import type { Pool } from "../client";
import { recomputeRollups } from "../queries/rollups";
import { createStation } from "../queries/stations/edit";
import { findStation, type StationRow } from "../queries/stations/row";
import { type Caller, type ScopedTx, systemCaller, withScope } from "../scope";
import { createCity, nextCityId } from "../seed/city";

/** A city of a test, with its stations by name. */
export interface TestCity {
  cityId: number;
  rootId: number;
  now: Date;
  /** Runs in the whole city's scope and commits. */
  inCity<T>(fn: (tx: ScopedTx) => Promise<T>): Promise<T>;
  /** Runs in the scope of a station as it stands now and commits. */
  inScopeOf<T>(stationId: number, fn: (tx: ScopedTx) => Promise<T>): Promise<T>;
  station(id: number): Promise<StationRow>;
  /** Adds a station opened long ago, and answers its number. */
  add(parentId: number, level: Level, name: string, kind?: Kind): Promise<number>;
}

let codes = 0;

/** Twelve digits that no other station of this process has. */
export function freshCode(): string {
  codes += 1;
  return String(990_000_000_000 + codes);
}

/** A city of its own with its catalogue and no month open. */
export async function layCity(app: Pool, now: Date, validFrom = "2024-01" as Period): Promise<TestCity> {
  const cityId = await nextCityId(app);
  const inCity = <T>(fn: (tx: ScopedTx) => Promise<T>) =>
    withScope(app, systemCaller(cityId, now, "test"), { readOnly: false }, fn);
  const { rootStationId: rootId } = await inCity((tx) =>
    createCity(tx, { code: freshCode(), name: `测试市${cityId}`, openedOn: "2010-01-01", validFrom }),
  );
  const station = async (id: number) => {
    const row = await inCity((tx) => findStation(tx, id));
    if (!row) throw new Error(`no station ${id}`);
    return row;
  };
  const city: TestCity = {
    cityId,
    rootId,
    now,
    inCity,
    station,
    async inScopeOf(stationId, fn) {
      return withScope(app, callerAt(await station(stationId), cityId, now), { readOnly: false }, fn);
    },
    async add(parentId, level, name, kind = "station") {
      const outcome = await inCity((tx) =>
        createStation(tx, {
          parentId,
          level,
          kind,
          name,
          code: freshCode(),
          openedOn: "2012-05-01",
          required: true,
          address: "",
          phone: "",
        }),
      );
      if (!outcome.ok) throw new Error(`${name}: ${outcome.refusal}`);
      return outcome.value.id;
    },
  };
  return city;
}

/** Somebody with a role at a station. */
export function callerAt(station: StationRow, cityId: number, now: Date, role?: Role): Caller {
  const base = systemCaller(cityId, now, "test");
  const usual: Role =
    station.level === "city" ? "city_admin" : station.level === "village" ? "village_head" : "head";
  return {
    ...base,
    ip: "127.0.0.1",
    actor: {
      ...base.actor,
      name: `${station.name}站长`,
      role: role ?? usual,
      path: station.path,
      stationId: station.id,
      stationName: station.name,
      level: station.level,
      kind: station.kind,
    },
  };
}

/** Puts a report into a state without the steps that lead there, and the roll-ups with it. */
export async function putReport(
  city: TestCity,
  stationId: number,
  period: Period,
  { status, figures }: { status: Status; figures: number[] },
): Promise<void> {
  await city.inCity(async (tx) => {
    const filed = status === "draft" ? null : city.now.toISOString();
    await tx.sql`
      update monthly_report set status = ${status}, figures = ${figures}::bigint[], first_filed_at = ${filed},
        on_time = ${filed ? true : null}, version = version + 1
      where city_id = ${tx.scope.cityId} and station_id = ${stationId} and period = ${period}`;
    await recomputeRollups(tx, [period]);
  });
}
