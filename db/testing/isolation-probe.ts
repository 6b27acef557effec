import type { Scope } from "@muster/domain/actor";
import { childPath, within } from "@muster/domain/station";
import type { Sql as SuperSql } from "postgres";
import type { Pool, Sql } from "../client";
import { newId } from "../scope";

/** A tenant table as the catalogue describes it: it has `city_id` and `path`. */
export interface TenantTable {
  name: string;
  columns: { name: string; type: string; required: boolean }[];
  /** Everyone in the city reads it. */
  published: boolean;
}

/** Where a laid row stands: city and path. */
export interface Place extends Scope {
  stationId: number;
}

/** Every table of the schema with `city_id` and `path`, whoever added it. */
export async function tenantTables(superSql: SuperSql): Promise<TenantTable[]> {
  return superSql<TenantTable[]>`
    select c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', t.typname, 'required', a.attnotnull)
         order by a.attnum)
       from pg_attribute a join pg_type t on t.oid = a.atttypid
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = c.relname || '_published')
        as published
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and (select count(*) from pg_attribute a
           where a.attrelid = c.oid and a.attname in ('city_id', 'path')) = 2
    order by c.relname`;
}

/**
 * Two cities with the same shape. The numbers are chosen so that a comparison of paths as bare text prefixes, or in
 * another collation, gives a wrong answer: 100 and 1001, a village whose number begins with its town's.
 */
export const PLACES: Place[] = [
  ...cityOf(501, 9001, [
    [100, [10, 1000]],
    [1001, [101]],
  ]),
  ...cityOf(502, 9002, [
    [200, [20]],
    [2001, []],
  ]),
];

function cityOf(cityId: number, root: number, towns: [number, number[]][]): Place[] {
  const below = towns.flatMap(([town, villages]) => {
    const path = childPath("/", town);
    return [
      { cityId, path, stationId: town },
      ...villages.map((v) => ({ cityId, path: childPath(path, v), stationId: v })),
    ];
  });
  return [{ cityId, path: "/", stationId: root }, ...below];
}

type Cell = string | number;
let counter = 0;

/** What the constraints of single tables ask for; everything else follows from the column's type. */
const CELLS: Record<string, Cell> = {
  "station.level": "village",
  "station.kind": "station",
  "station_event.kind": "edit",
  "monthly_report.status": "draft",
  "membership.role": "head",
  "message.kind": "reminder",
  "station_verdict.stage": "check",
  "staff.employment": "full_time",
  "staff.education": "unknown",
  "leading_group.role": "member",
  "training.hours": 4,
  "indicator.kind": "figure",
  "evidence.kind": "image",
  "evidence.subject_kind": "station",
  "check_rule.severity": "hard",
  "deadline_rule.village_day": 3,
  "deadline_rule.town_day": 6,
  "deadline_rule.lock_day": 10,
  "deadline_rule.submit_from_day": 20,
  "staffing_rule.per_worker": 500,
  "staffing_rule.village_basis": "own",
  "staffing_rule.town_basis": "subtree",
  "staffing_rule.district_basis": "subtree",
  "standard_set_version.status": "draft",
  "standard_item.kind": "boolean",
  "standard_item.points": 3,
  "assessment.level": "village",
  "assessment.status": "draft",
  "assessment.year": 2026,
  "assessment.round": 1,
  "assessment_value.year": 2026,
  "assessment_value.round": 1,
  "assessment_value.stage": "self",
  "inspection.state": "planned",
  "inspection.year": 2026,
  "inspection.starts_on": "2026-10-01",
  "inspection.ends_on": "2026-10-31",
  "inspection_station.state": "planned",
  "finding.state": "open",
  "finding.severity": "minor",
  "beneficiary_category.category_group": "veteran",
  "person.sex": "male",
  "person.way_in": "new",
  "person.completeness": 50,
  "person_section.section": "needs",
  "person_section.filled": 0,
  "person_transfer.status": "open",
  "contact_rule.every": "P1M",
  "contact_rule.asked": "visit",
  "contact_rule.days": 0,
  "visit.channel": "visit",
  "visit.occasion": "routine",
  "visit.people": 1,
  "visit_person.channel": "visit",
  "visit_person.occasion": "routine",
  "visit_notice.event": "hospital",
  "visit_plan.festival": "spring",
  "assistance_type.counts_in": "E02",
  "assistance_type.publicity_days": 7,
  "assistance_type.repeat_months": 12,
  "assistance_type.verify_days": 5,
  "assistance_type.review_days": 5,
  "assistance_type.approval_days": 5,
  "assistance_type.payment_days": 5,
  "assistance_type.follow_up_days": 5,
  "assistance_budget.year": 2026,
  "assistance_case.state": "closed",
  "assistance_case.counts_in": "E02",
  "assistance_case.applied_by": "person",
  "reception.channel": "phone",
  "reception.purpose": "question",
  "reception.state": "to_do",
  "petition.channel": "letter",
  "petition.state": "registered",
  "petition.people": 1,
  "petition.extended_days": 0,
  "petition.year": 2026,
  "petition_limit.decide_days": 15,
  "petition_limit.handle_days": 60,
  "petition_limit.extend_days": 30,
  "petition_limit.ask_days": 30,
  "petition_limit.review_days": 30,
  "petition_limit.final_days": 30,
  "card.kind": "emergency",
  "card.state": "issued",
  "card.version": 1,
  "card.year": 2026,
  "card.issued_on": "2026-10-01",
  "card.valid_until": "2029-12-31",
};

/** What other rows refer to by an id, one of each at every place. */
const IDENTIFIED = new Set([
  "inspection.id",
  "finding.id",
  "person.id",
  "visit.id",
  "visit_plan.id",
  "assistance_case.id",
  "petition.id",
]);
const idAt = ({ stationId }: Place) => `0198c000-0000-7000-8000-${String(stationId).padStart(12, "0")}`;

/** A row of a table at a place. A new table with constraints of its own gets an entry in CELLS. */
export function rowAt(table: TenantTable, place: Place): Record<string, Cell> {
  counter += 1;
  const row: Record<string, Cell> = {};
  for (const { name, type, required } of table.columns) {
    if (name === "city_id") row[name] = place.cityId;
    else if (name === "path") row[name] = place.path;
    // A version of the standards is what its items and the assessments refer to.
    else if (name === "set_number") row[name] = place.stationId;
    // What somebody holds is a category of the city.
    else if (name === "code" && table.name.endsWith("_category")) row[name] = String(place.stationId);
    else if (name === "topic" || (name === "code" && table.name === "consultation_topic"))
      row[name] = String(place.stationId);
    // In force from one day of a place each.
    else if (table.name === "petition_limit" && name === "valid_from") row[name] = dayOf(place);
    else if (name === "station_id" || (table.name === "station" && name === "id"))
      row[name] = place.stationId;
    else if (name === "reported_path") row[name] = place.path;
    else if (
      required &&
      (IDENTIFIED.has(`${table.name}.${name}`) ||
        /^(inspection|finding|record|visit|plan|case|petition)_id$/.test(name))
    )
      row[name] = idAt(place);
    else if (required || `${table.name}.${name}` === "indicator.slot") {
      row[name] = CELLS[`${table.name}.${name}`] ?? cellOf(type, counter);
    }
  }
  return row;
}

function dayOf({ stationId }: Place): string {
  return new Date(Date.UTC(2030, 0, 1 + (stationId % 3000))).toISOString().slice(0, 10);
}

function cellOf(type: string, n: number): Cell {
  switch (type) {
    case "uuid":
      return newId();
    case "int2":
    case "int4":
    case "int8":
    case "numeric":
      return n;
    case "bool":
      return "false";
    case "date":
      return "2026-10-01";
    case "timestamptz":
      return "2026-10-01T00:00:00Z";
    case "json":
    case "jsonb":
      return "{}";
    case "bytea":
      return `\\x${newId().replaceAll("-", "")}`;
    default:
      return type.startsWith("_") || type.endsWith("multirange") ? "{}" : `x${n}`;
  }
}

/** The INSERT of a row with its cells as parameters, for `unsafe`; as text, so that no driver's types interfere. */
function insertOf(table: TenantTable, row: Record<string, Cell>): { text: string; values: string[] } {
  const columns = table.columns.filter((c) => c.name in row);
  return {
    text: `insert into "${table.name}" (${columns.map((c) => `"${c.name}"`).join(", ")})
      values (${columns.map((c, i) => `$${i + 1}::text::${c.type}`).join(", ")})`,
    values: columns.map((c) => String(row[c.name])),
  };
}

/** Rows every table has one of in each place; `city` has one in each city. */
export function placesOf(table: TenantTable): Place[] {
  return table.name === "city" ? PLACES.filter((p) => p.path === "/") : PLACES;
}

/** What other tables refer to. */
const REFERRED_TO = [
  ...["station", "standard_set_version", "assessment", "inspection", "finding"],
  ...["beneficiary_category", "person", "visit_plan", "visit", "assistance_case"],
  ...["consultation_topic", "petition"],
];

/** Fills every tenant table, those that others refer to first. */
export async function layRows(superSql: SuperSql, tables: TenantTable[]): Promise<void> {
  const rank = ({ name }: TenantTable) => REFERRED_TO.indexOf(name) + 1 || REFERRED_TO.length + 1;
  for (const table of [...tables].sort((a, b) => rank(a) - rank(b))) {
    for (const place of placesOf(table)) {
      const { text, values } = insertOf(table, rowAt(table, place));
      await superSql.unsafe(text, values);
    }
  }
}

/** Runs `fn` in a scope (null: none) and takes back whatever it did. */
export async function tryIn<T>(
  pool: Pool,
  scope: Scope | null,
  fn: (sql: Sql) => Promise<T>,
): Promise<{ value: T } | { refused: string }> {
  const undo = new Error("undo");
  let value: { value: T } | undefined;
  const opening = scope ? `begin; select set_scope(${scope.cityId}, '${scope.path}')` : "begin";
  try {
    await pool.transaction(opening, async ({ sql }) => {
      value = { value: await fn(sql) };
      throw undo;
    });
  } catch (error) {
    if (error !== undo) {
      const code = (error as { code?: unknown }).code;
      if (typeof code !== "string") throw error;
      return { refused: code };
    }
  }
  if (!value) throw new Error("the transaction ended without a value");
  return value;
}

const DENIED = "42501";

const key = (rows: readonly Scope[]) =>
  rows
    .map((r) => `${r.cityId}${r.path}`)
    .sort()
    .join(" ");
const shown = (scope: Scope | null) => (scope ? `${scope.cityId} ${scope.path}` : "no scope");

function expectedRows(places: readonly Place[], scope: Scope | null, published: boolean): Place[] {
  if (!scope) return [];
  return places.filter((p) => p.cityId === scope.cityId && (published || within(scope.path, p.path)));
}

/**
 * Asks a table, as the application's role and in every scope, for everything it would give, change, take in or
 * delete, and returns a sentence for each answer that differs from what the scope should allow.
 */
export async function leaksOf(app: Pool, table: TenantTable): Promise<string[]> {
  const leaks: string[] = [];
  const places = placesOf(table);
  for (const scope of [null, ...PLACES]) {
    const say = (what: string) => leaks.push(`${table.name}, ${shown(scope)}: ${what}`);
    const reads = key(expectedRows(places, scope, table.published));
    const writes = expectedRows(places, scope, false);

    const seen = await tryIn(
      app,
      scope,
      (sql) => sql<Scope[]>`
      select city_id as "cityId", path from ${sql(table.name)}`,
    );
    if ("refused" in seen) say(`reading is refused: ${seen.refused}`);
    else if (key(seen.value) !== reads) say(`reads ${key(seen.value)} instead of ${reads}`);

    const touched = await tryIn(
      app,
      scope,
      async (sql) => (await sql`update ${sql(table.name)} set path = path`).count,
    );
    if ("value" in touched && touched.value !== writes.length)
      say(`updates ${touched.value} rows instead of ${writes.length}`);

    const deleted = await tryIn(app, scope, async (sql) => (await sql`delete from ${sql(table.name)}`).count);
    if ("value" in deleted && deleted.value !== writes.length)
      say(`deletes ${deleted.value} rows instead of ${writes.length}`);

    for (const place of places) {
      const inside = writes.includes(place);
      if (!inside && writes.length > 0) {
        const pushed = await tryIn(app, scope, async (sql) => {
          const rows = await sql`update ${sql(table.name)} set path = ${place.path}
            where ${place.cityId === scope?.cityId ? sql`true` : sql`false`}`;
          return rows.count;
        });
        if ("value" in pushed && pushed.value > 0) say(`pushes a row to ${shown(place)}`);
      }
      const { text, values } = insertOf(table, rowAt(table, place));
      const taken = await tryIn(app, scope, (sql) => sql.unsafe(text, values));
      if (!inside && !("refused" in taken && taken.refused === DENIED)) {
        say(`takes in a row of ${shown(place)}${"refused" in taken ? ` as far as ${taken.refused}` : ""}`);
      }
      if (inside && "refused" in taken && taken.refused === DENIED && !(await readOnly(app, table.name))) {
        say(`refuses a row of its own at ${shown(place)}`);
      }
    }
  }
  return leaks;
}

async function readOnly(app: Pool, table: string): Promise<boolean> {
  const answer = await tryIn(
    app,
    null,
    (sql) => sql<{ may: boolean }[]>`
    select has_table_privilege(current_user, ${table}::text, 'insert') as may`,
  );
  return "value" in answer && answer.value[0]?.may === false;
}

/** The same question to the owner, whose functions reach one city at a time. */
export async function ownerLeaksOf(owner: Pool, table: TenantTable): Promise<string[]> {
  const leaks: string[] = [];
  for (const scope of [null, { cityId: 501, path: "/100/10/" }, { cityId: 502, path: "/" }]) {
    const seen = await tryIn(
      owner,
      scope,
      (sql) => sql<Scope[]>`
      select city_id as "cityId", path from ${sql(table.name)}`,
    );
    const foreign = "value" in seen ? seen.value.filter((r) => r.cityId !== scope?.cityId) : [];
    if (foreign.length > 0) leaks.push(`${table.name}, owner in ${shown(scope)}: reads ${key(foreign)}`);
  }
  return leaks;
}
