import { period } from "@muster/domain/period";
import type { FileStore } from "@muster/files/store";
import type { Keyring } from "@muster/secrets/keyring";
import postgres from "postgres";
import { Pool } from "../client";
import { cityCatalogue } from "../queries/catalogue";
import { itemRow } from "../queries/standards/read";
import { standByAssessments } from "../queries/standings/compliance";
import { standByRoster } from "../queries/standings/roster";
import { appUser } from "../schema/identity";
import { standardGrade, standardItem, standardSetVersion } from "../schema/standard";
import { type ScopedTx, systemCaller, withAuth, withScope } from "../scope";
import { insertAll, insertWhileMaking, rowsOf } from "./bulk";
import { loadStandards } from "./catalogue";
import { createCity, nextCityId } from "./city";
import { type Account, accountId, accountsOf, EMPLOYED_SINCE } from "./demo/accounts";
import { Calendar } from "./demo/calendar";
import { caseRows } from "./demo/cases";
import { type CitySpec, DEMO_CITIES } from "./demo/cities";
import { cityRows, figuresOfCity } from "./demo/city-story";
import { counterRows, type Visitor } from "./demo/counter-rows";
import { peopleOfCity } from "./demo/people";
import { peopleRows } from "./demo/people-rows";
import { planStations } from "./demo/plan";
import { phaseRulesIn, visitRows } from "./demo/visits";
import { layPictures } from "./pictures";

export interface SeedOptions {
  appUrl: string;
  authUrl: string;
  ownerUrl: string;
  /** Whether to lay the two fictional cities. */
  demo: boolean;
  log: (line: string) => void;
  /** The keys that seal what stands in the archives. */
  keys: () => Keyring;
  /**
   * `brief`: what stands in the archives is laid in Liuhe, in the cadre home and in Xinghe alone, and elsewhere only who
   * is in them. For tests that lay the demo many times; half of its time goes into sealing.
   */
  archives?: "whole" | "brief";
  /** Where the demo's photos are laid; without it there are none. */
  files?: FileStore | undefined;
  /** The demo's months end with this day's; the clock by default. */
  now?: Date;
}

/** Any fixed number that nothing else in the database locks on: two starts at once seed one after the other. */
const SEED_LOCK = 73_051_952;

/**
 * `muster-demo` as the service hashes passwords (argon2id, 19 MiB, t=2, p=1). One for all demo accounts: the
 * password is public, and hashing it five hundred times would take half a minute.
 */
const DEMO_PASSWORD_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$W2YFYyEph/rjESIFBWAP4Q$1RWJ9XWkib8oixJoqtmq5zLYnlq+q/jQx4nkl/sixQg";

/**
 * Lays the content a new installation starts with. Content belongs to a city and comes with its creation, so
 * without the demo there is nothing to lay. Safe to repeat and to run twice at once: a city that is there is left
 * as it is, and each city is one transaction, so that a kill leaves nothing half.
 */
export async function seed({
  appUrl,
  authUrl,
  ownerUrl,
  demo,
  log,
  keys,
  archives = "whole",
  files,
  now = new Date(),
}: SeedOptions): Promise<void> {
  if (!demo) return;
  const lock = postgres(authUrl, { max: 1, onnotice: () => {} });
  const app = new Pool({ url: appUrl, size: 1, statementTimeout: 0, name: "muster-seed" });
  const auth = new Pool({ url: authUrl, size: 1, statementTimeout: 0, name: "muster-seed" });
  try {
    await lock`select pg_advisory_lock(${SEED_LOCK})`;
    const there = new Set((await lock<{ code: string }[]>`select code from city`).map(({ code }) => code));
    const missing = DEMO_CITIES.filter(({ code }) => !there.has(code));
    for (const city of missing) await seedCity(app, auth, city, { now, log, files, keys: keys(), archives });
    if (missing.length > 0) await gatherStatistics(ownerUrl);
  } finally {
    await Promise.all([app.end(), auth.end()]);
    // Ending the connection also ends the lock.
    await lock.end({ timeout: 5 });
  }
}

async function seedCity(
  app: Pool,
  auth: Pool,
  city: CitySpec,
  {
    now,
    log,
    files,
    keys,
    archives,
  }: Pick<SeedOptions, "log" | "files" | "archives"> & { now: Date; keys: Keyring },
): Promise<void> {
  const began = Date.now();
  const calendar = new Calendar(now);
  const cityId = await nextCityId(app);
  const caller = systemCaller(cityId, new Date(`${calendar.firstDay(0)}T09:00:00+08:00`), "demo");
  const { accounts, stations } = await withScope(app, caller, { readOnly: false }, async (tx) => {
    const { rootStationId } = await createCity(tx, {
      code: city.code,
      name: city.name,
      openedOn: "2019-03-01",
      validFrom: period("2019-03"),
      demo: true,
      deadlines: { submitFromDay: 1 },
    });
    const numbers = await stationNumbers(
      tx,
      city.towns.reduce((sum, { below }) => sum + 1 + below, 0),
    );
    const stations = planStations(city, calendar, rootStationId, numbers);
    const people = accountsOf(city, stations);
    // Accounts first: a kill before the commit leaves people without roles, whom the next start finds and reuses.
    await insertAccounts(auth, people);
    const catalogue = await cityCatalogue(tx);
    const figures = figuresOfCity(stations, calendar);
    const story = { city, cityId, stations, accounts: people, calendar, catalogue, figures };
    for (const rows of cityRows(story)) await insertAll(tx, rows);
    const told = peopleOfCity(stations, figures, calendar);
    await insertWhileMaking(tx, peopleRows(keys, cityId, told, figures, calendar, archives === "brief"));
    await phaseRulesIn(tx, calendar);
    const heads = await tx.sql<{ stationId: number; id: string; name: string }[]>`
      select distinct on (station_id) station_id as "stationId", staff_id as id, name from staff
      where city_id = ${cityId} and head and valid_to is null order by station_id, valid_from desc`;
    const workers = new Map(heads.map(({ stationId, ...worker }) => [stationId, worker]));
    for (const rows of visitRows(keys, cityId, figures, told, workers, calendar)) await insertAll(tx, rows);
    const visitors = await tx.sql<Visitor[]>`
      select id, station_id as "stationId", name, active_from as "activeFrom", left_on as "leftOn"
      from person where city_id = ${cityId} order by station_id, pinyin, id`;
    for (const rows of counterRows(keys, cityId, stations, figures, calendar, visitors))
      await insertAll(tx, rows);
    const cases = caseRows(keys, cityId, stations, people, figures, told, calendar);
    for (const rows of cases) await insertAll(tx, rows);
    await standByRoster(tx, null, calendar.today);
    await standByAssessments(tx, null);
    await draftNextStandards(tx, Number(calendar.today.slice(0, 4)) + 1);
    return { accounts: people, stations };
  });
  if (files) await layPictures(app, caller, files, stations, calendar.today);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  log(`演示城市 ${city.name} Demo city ${city.key}: ${accounts.length} accounts, ${seconds} s`);
}

/** The standards that the bureau is preparing for the next year: more room for villages, emergency plans mandatory. */
async function draftNextStandards(tx: ScopedTx, year: number): Promise<void> {
  const set = { cityId: tx.scope.cityId, path: "/", setNumber: 2 };
  const { items, grades } = loadStandards();
  await tx.orm.insert(standardSetVersion).values({
    ...set,
    nameZh: `${year}年“五有”建设标准`,
    nameEn: `Five Haves standards ${year}`,
    status: "draft",
    copiedFrom: 1,
  });
  const changed = items.map((item) => {
    if (item.code === "G1") return { ...item, thresholds: { ...item.thresholds, village: ">=40" } };
    return item.code === "G10" ? { ...item, mandatory: true } : item;
  });
  await tx.orm.insert(standardItem).values(changed.map((item) => ({ ...set, ...itemRow(item) })));
  await tx.orm
    .insert(standardGrade)
    .values(grades.map(({ name, ...grade }) => ({ ...set, ...grade, nameZh: name.zh, nameEn: name.en })));
}

/** As many station numbers as asked for, handed out one by one. */
async function stationNumbers({ sql, scope }: ScopedTx, count: number): Promise<() => number> {
  const rows = await sql<
    { id: number }[]
  >`select nextval('station_number') as id from generate_series(1, ${count})`;
  const numbers = rows.map(({ id }) => id).sort((a, b) => a - b);
  return () => {
    const next = numbers.shift();
    if (next === undefined) throw new RangeError(`city ${scope.cityId} has more stations than planned`);
    return next;
  };
}

/** The accounts of a city's people, and the platform operator's; those that are there already are kept. */
async function insertAccounts(auth: Pool, people: readonly Account[]): Promise<void> {
  const account = (id: string, username: string, name: string, operator: boolean) => ({
    id,
    username,
    name,
    operator,
    passwordHash: DEMO_PASSWORD_HASH,
    passwordChangedAt: EMPLOYED_SINCE,
    createdAt: EMPLOYED_SINCE,
  });
  await withAuth(auth, EMPLOYED_SINCE, async (tx) => {
    const known = await tx.sql<{ id: string; username: string }[]>`
      select id, username from app_user where username = any(${["operator", ...people.map((p) => p.username)]})`;
    const idOf = new Map(known.map(({ id, username }) => [username, id]));
    const stranger = people.find(({ id, username }) => (idOf.get(username) ?? id) !== id);
    if (stranger) {
      throw new Error(`The demo needs the username ${stranger.username}, which belongs to somebody else.`);
    }
    const fresh = people.filter(({ username }) => !idOf.has(username));
    const rows = fresh.map(({ id, username, name }) => account(id, username, name, false));
    // An installation that has its operator keeps it.
    if (!idOf.has("operator")) rows.push(account(accountId("operator"), "operator", "平台运维", true));
    await insertAll(tx, rowsOf(appUser, rows));
  });
}

/** The planner's statistics of what was just loaded: autovacuum would come a minute after the first visitors. */
async function gatherStatistics(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`set role muster_owner`;
    await sql`analyze`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
