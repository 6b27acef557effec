import { fileURLToPath } from "node:url";
import { type FileStore, openStore, placeFrom } from "@muster/files/store";
import { openKeyring } from "@muster/secrets/key-place";
import { type Keyring, Unreadable } from "@muster/secrets/keyring";
import { Pool } from "./client";
import { faultsOfAssessments } from "./doctor/assessments";
import { faultsOfAssistance } from "./doctor/assistance";
import { faultsOfCatalogue } from "./doctor/catalogue";
import { recountOf } from "./doctor/derived";
import { faultsOfFiles } from "./doctor/files";
import { faultsOfHierarchy } from "./doctor/hierarchy";
import { faultsOfInspections } from "./doctor/inspections";
import { faultsOfPeople } from "./doctor/people";
import { faultsOfPetitions } from "./doctor/petitions";
import { faultsOfRollups, fixRollups, monthsOf } from "./doctor/rollups";
import { faultsOfStaff } from "./doctor/staff";
import { faultsOfStandings, fixStandings } from "./doctor/standings";
import { faultsOfTenancy } from "./doctor/tenancy";
import { faultsOfVisits } from "./doctor/visits";
import { migrationsCurrent } from "./migrate";
import { tryKeys } from "./queries/sealed";
import { authUrlFrom } from "./roles";
import { systemCaller, withAuth, withScope } from "./scope";
import { faultsOfServingRole } from "./serving-role";

export interface DoctorOptions {
  appUrl: string;
  authUrl: string;
  /** Recomputes the roll-ups that differ from their reports, and the standings that differ from their records. */
  fixRollups?: boolean;
  /** False leaves out the recount of derived figures, the longest part: some seconds for a city. */
  recount?: boolean;
  /** The place of files, to be compared with the rows that name them; not looked at without it. */
  files?: FileStore;
  /** The keys of personal data, tried on what is sealed; not asked for without them. */
  keys?: Keyring;
  now?: Date;
}

/** What the doctor found, and what it looked at. */
export interface Findings {
  /** Sentences; empty when all is well. */
  faults: string[];
  /** Sentences on what was put right. */
  fixed: string[];
  /** Sentences on reports whose records have changed since: no faults, but amendments to be proposed. */
  proposals: string[];
  /** Derived figures of reports that were counted again from their records. */
  derived: number;
  cities: number;
  months: number;
}

/**
 * Examines a database: roles and policies, and for every city the tree of stations, the catalogue, every stored
 * roll-up against its reports, every derived figure of a report and every standing against its records. Changes no row, unless asked to recompute those; of files it removes those that an
 * upload left without a row more than a day ago. Throws when the database cannot be
 * reached.
 */
export async function examine(options: DoctorOptions): Promise<Findings> {
  const { appUrl, authUrl, now = new Date() } = options;
  const pools = { name: "muster-doctor", size: 1, statementTimeout: 0 };
  const app = new Pool({ ...pools, url: appUrl });
  const auth = new Pool({ ...pools, url: authUrl });
  try {
    const findings: Findings = {
      faults: await faultsOfDatabase(app, auth),
      fixed: [],
      proposals: [],
      derived: 0,
      cities: 0,
      months: 0,
    };
    if (findings.faults.some((fault) => fault.startsWith(NOT_MIGRATED))) return findings;
    const cities = await withAuth(
      auth,
      now,
      ({ sql }) => sql<{ id: number; name: string }[]>`
      select city_id as id, name from city order by city_id`,
    );
    for (const city of cities) await examineCity(app, city, { ...options, now }, findings);
    if (options.files) {
      const { faults, fixed } = await faultsOfFiles(app, options.files, cities, now);
      findings.faults.push(...faults);
      findings.fixed.push(...fixed);
    }
    findings.faults.push(...(await faultsOfAccounts(auth, now)));
    return findings;
  } finally {
    await Promise.all([app.end(), auth.end()]);
  }
}

const NOT_MIGRATED = "The database lacks migrations";

async function faultsOfDatabase(app: Pool, auth: Pool): Promise<string[]> {
  const current = await app.statement(({ sql }) => migrationsCurrent(sql));
  if (!current) return [`${NOT_MIGRATED} of this version.`];
  return [
    ...(await app.statement(({ sql }) => faultsOfServingRole(sql))),
    ...(await auth.statement(({ sql }) => faultsOfServingRole(sql))),
    ...(await app.statement(({ sql }) => faultsOfTenancy(sql))),
  ];
}

async function examineCity(
  app: Pool,
  city: { id: number; name: string },
  { fixRollups: fix = false, recount = true, keys, now }: DoctorOptions & { now: Date },
  findings: Findings,
): Promise<void> {
  const caller = systemCaller(city.id, now, "doctor");
  const { months, faults } = await withScope(app, caller, { readOnly: true }, async (tx) => ({
    months: await monthsOf(tx),
    faults: [
      ...(await faultsOfHierarchy(tx)),
      ...(await faultsOfCatalogue(tx)),
      ...(await faultsOfStaff(tx)),
      ...(await faultsOfAssessments(tx)),
      ...(await faultsOfInspections(tx)),
      ...(await faultsOfPetitions(tx)),
      ...(await faultsOfPeople(tx)),
      ...(await faultsOfVisits(tx)),
      ...(await faultsOfAssistance(tx)),
    ],
  }));
  if (keys) {
    await withScope(app, caller, { readOnly: true }, (tx) => tryKeys(tx, keys)).catch((error: unknown) => {
      if (!(error instanceof Unreadable)) throw error;
      faults.push(`The keys at hand do not open the archive: ${error.message}.`);
    });
  }
  // A month a transaction: a long one would hold old rows of the whole database.
  for (const month of months) {
    const wrong = await withScope(app, caller, { readOnly: true }, (tx) => faultsOfRollups(tx, month));
    if (fix && wrong.length > 0) {
      await fixRollups(app, caller, month);
      findings.fixed.push(`${city.name}: recomputed the roll-ups of ${month}.`);
    } else {
      faults.push(...wrong);
    }
  }
  for (const month of recount ? months : []) {
    const counted = await withScope(app, caller, { readOnly: true }, (tx) => recountOf(tx, month));
    faults.push(...counted.faults);
    findings.proposals.push(...counted.proposals.map((proposal) => `${city.name}: ${proposal}`));
    findings.derived += counted.figures;
  }
  const unlike = await withScope(app, caller, { readOnly: true }, faultsOfStandings);
  if (fix && unlike.length > 0) {
    await fixStandings(app, caller);
    findings.fixed.push(`${city.name}: recomputed ${unlike.length} standings.`);
  } else {
    faults.push(...unlike);
  }
  findings.faults.push(...faults.map((fault) => `${city.name}: ${fault}`));
  findings.cities += 1;
  findings.months += months.length;
}

/** Roles of people who have no account: nobody can act in them, and nobody can end them by name. */
async function faultsOfAccounts(auth: Pool, now: Date): Promise<string[]> {
  const rows = await withAuth(
    auth,
    now,
    ({ sql }) => sql<{ username: string; name: string }[]>`
    select m.username, m.name from membership m left join app_user u on u.id = m.user_id
    where u.id is null order by m.username`,
  );
  const astray = await withAuth(
    auth,
    now,
    ({ sql }) => sql<{ username: string; name: string }[]>`
    select distinct m.username, m.name from membership m join app_user u on u.id = m.user_id
    where m.suspended <> (u.status = 'disabled') order by m.username`,
  );
  return [
    ...rows.map(({ username, name }) => `${username} (${name}) has a role and no account.`),
    ...astray.map(({ username }) => `A role of ${username} does not say whether the account is deactivated.`),
  ];
}

/** More of one kind say nothing new. */
const SHOWN = 50;

async function main(): Promise<void> {
  const { DATABASE_URL, AUTH_DATABASE_URL } = process.env;
  if (!DATABASE_URL) throw new Error("DATABASE_URL is not set.");
  const unknown = process.argv.slice(2).filter((arg) => arg !== "--fix-rollups");
  if (unknown.length > 0)
    throw new Error(`Usage: npm run doctor -- [--fix-rollups], not ${unknown.join(" ")}`);
  const { faults, fixed, proposals, derived, cities, months } = await examine({
    appUrl: DATABASE_URL,
    authUrl: authUrlFrom(DATABASE_URL, AUTH_DATABASE_URL),
    fixRollups: process.argv.includes("--fix-rollups"),
    files: openStore(placeFrom(process.env)),
    keys: openKeyring(process.env),
  });
  for (const line of fixed) console.log(line);
  for (const fault of faults.slice(0, SHOWN)) console.error(`✗ ${fault}`);
  if (faults.length > SHOWN) console.error(`... and ${faults.length - SHOWN} more`);
  for (const proposal of proposals.slice(0, SHOWN)) console.log(`→ ${proposal}`);
  if (proposals.length > SHOWN) console.log(`... and ${proposals.length - SHOWN} more`);
  const what = `${cities} cities, ${months} months, ${derived} derived figures counted again`;
  if (faults.length === 0) console.log(`✓ 一切正常 Nothing is wrong (${what}).`);
  else console.error(`发现 ${faults.length} 个问题 ${faults.length} faults found (${what}).`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
