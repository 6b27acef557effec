import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Pool } from "./client";
import { type TestDatabase, testDatabase } from "./testing/database";
import {
  layRows,
  leaksOf,
  ownerLeaksOf,
  PLACES,
  type TenantTable,
  tenantTables,
  tryIn,
} from "./testing/isolation-probe";

/** Accounts: they belong to a person, not to a station. Only the login role reaches them. */
const ACCOUNT_TABLES = ["api_token", "app_user", "rate_limit", "session"];

/** Keys and indexes of tenant tables that do not begin with city_id, each with its reason. */
const NOT_BY_CITY: Record<string, string> = {
  membership_user: "login knows the person before the city",
  city_code: "a city's code is taken once over all cities",
};

/** Functions that run as their owner, each with its reason. */
const DEFINER_FUNCTIONS: Record<string, string> = {
  card_numbers: "serials of cards are the city's: gives the next number, and nothing about any card",
  people_known: "one archive per person in a city: says whether a number is taken, not where or whose",
  person_transfer_ask: "the station above both decides, and the asking one must not see where a person is",
  rollup_apply: "a village's transition changes the roll-ups of its town and city, which it may not read",
};

/** What the login role may reach without a scope. */
const AUTH_POLICIES = [
  "api_token: ALL",
  "app_user: ALL",
  "audit_log: ALL",
  "city: SELECT",
  "invitation: ALL",
  "membership: ALL",
  "message: SELECT",
  "rate_limit: ALL",
  "session: ALL",
  "station: SELECT",
];

/** Logs: rows are added, never changed or removed; a move rewrites where they stand and nothing else. */
const APPEND_ONLY = ["audit_log", "report_event", "report_remark", "station_event", "petition_event"];

let db: TestDatabase;
let superSql: Sql;
let app: Pool;
let owner: Pool;
let tables: TenantTable[];

beforeAll(async () => {
  db = await testDatabase();
  superSql = postgres(db.superUrl, { max: 1, onnotice: () => {} });
  app = new Pool({ url: db.appUrl, size: 2 });
  owner = new Pool({ url: db.ownerUrl, size: 1 });
  tables = await tenantTables(superSql);
  await layRows(superSql, tables);
});

afterAll(async () => {
  await Promise.all([superSql.end(), app.end(), owner.end()]);
  await db.drop();
});

const names = async (query: PromiseLike<Iterable<object | undefined>>) =>
  [...(await query)].map((row) => String(Object.values(row ?? {})[0])).sort();

describe("the catalogue", () => {
  test("knows no table that belongs to neither a station nor an account", async () => {
    const all = await names(superSql`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`);
    expect(all).toEqual([...tables.map((t) => t.name), ...ACCOUNT_TABLES].sort());
    expect(tables.length).toBeGreaterThan(15);
  });

  test("forces row-level security on every table, the owner included", async () => {
    expect(
      await names(superSql`
        select oid::regclass from pg_class
        where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
          and relkind in ('r', 'p', 'f', 'm') and relnamespace::regnamespace::text !~ '^pg_toast'
          and not (relrowsecurity and relforcerowsecurity)`),
    ).toEqual(["drizzle.__drizzle_migrations"]);
  });

  test("lets the application change no table outside row-level security", async () => {
    expect(
      await names(superSql`
        select oid::regclass || ' ' || p from pg_class, unnest(array['insert', 'update', 'delete', 'truncate',
          'references', 'trigger']) p
        where relkind in ('r', 'p', 'v', 'm', 'f') and not relrowsecurity and relnamespace::regnamespace::text
          not in ('pg_catalog', 'information_schema', 'pg_toast')
          and has_table_privilege('muster_app', oid, p)`),
    ).toEqual([]);
  });

  test("gives every tenant table the scope's policy for reading and writing", async () => {
    const policies = await superSql<{ table: string; using: string; check: string }[]>`
      select tablename as table, qual as using, with_check as check from pg_policies
      where policyname = tablename || '_scope' and cmd = 'ALL' and roles = '{muster_app}'
        and permissive = 'PERMISSIVE'`;
    expect(policies.map((p) => p.table).sort()).toEqual(tables.map((t) => t.name));
    expect(new Set(policies.flatMap((p) => [p.using, p.check])).size).toBe(1);
  });

  test("knows no further policy for the application than scope and what a city publishes", async () => {
    const others = await superSql<{ name: string; cmd: string; qual: string }[]>`
      select tablename || ': ' || policyname as name, cmd, qual from pg_policies
      where ('muster_app' = any(roles) or 'public' = any(roles)) and policyname <> tablename || '_scope'`;
    for (const { name, cmd, qual } of others) {
      expect(name).toMatch(/^(\w+): \1_published$/);
      expect(cmd).toBe("SELECT");
      expect(qual).toBe("(city_id = (NULLIF(current_setting('app.city_id'::text, true), ''::text))::bigint)");
    }
    expect(
      await names(
        superSql`select tablename || ': ' || cmd from pg_policies where 'muster_auth' = any(roles)`,
      ),
    ).toEqual(AUTH_POLICIES);
  });

  test("puts city_id first in every key, constraint and index of a tenant table", async () => {
    const odd = await names(superSql`
      select i.relname from pg_index x
      join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
      where t.relname = any(${tables.map((t) => t.name)}) and a.attname is distinct from 'city_id'`);
    expect(odd).toEqual(Object.keys(NOT_BY_CITY).sort());
    const keyless = await names(superSql`
      select c.relname from pg_class c where c.relname = any(${tables.map((t) => t.name)})
        and not exists (select 1 from pg_index x where x.indrelid = c.oid and x.indisprimary)`);
    expect(keyless).toEqual([]);
  });

  test("refers from tenant table to tenant table by city and number, and never cascades", async () => {
    const keys = await superSql<{ name: string; columns: string[]; actions: string }[]>`
      select conname as name, confupdtype::text || confdeltype::text as actions,
        array(select attname::text from unnest(conkey) k join pg_attribute a
              on a.attrelid = conrelid and a.attnum = k) as columns
      from pg_constraint where contype = 'f'`;
    for (const { name, columns, actions } of keys) {
      expect(actions, name).toBe("aa");
      if (!/^(session|api_token)_/.test(name)) expect(columns[0], name).toBe("city_id");
    }
    expect(keys.length).toBeGreaterThan(5);
  });

  test("compares only columns by leakproof operators, in the C collation, without subqueries", async () => {
    const policies = await superSql<{ name: string; tree: string }[]>`
      select polname as name, polqual::text || ' ' || coalesce(polwithcheck::text, '') as tree from pg_policy`;
    const leakproof = new Set(await names(superSql`select oid from pg_proc where proleakproof`));
    for (const { name, tree } of policies) {
      expect(tree, name).not.toMatch(/\{(SUBLINK|SUBPLAN|AGGREF)/);
      const calls = callsOnColumns(tree);
      if (name.endsWith("_scope")) expect(calls.length, name).toBe(6);
      for (const { call, functionId, collation } of calls) {
        expect(call, name).toBe("OPEXPR");
        expect(leakproof, `${name}: function ${functionId}`).toContain(functionId);
        // 950 is "C"; 0 where the type knows no collation.
        expect(["0", "950"], `${name}: collation`).toContain(collation);
      }
    }
  });

  test("shows views with the reader's own rights and keeps nothing materialized", async () => {
    expect(
      await names(superSql`
        select relname from pg_class where relnamespace = 'public'::regnamespace and
          (relkind = 'm' or relkind = 'v' and not coalesce('security_invoker=true' = any(reloptions), false))`),
    ).toEqual([]);
  });

  test("runs as the owner only the functions it has a reason for, closed to everyone else", async () => {
    const definers = await superSql<{ name: string; config: string[] | null; open: boolean }[]>`
      select proname as name, proconfig as config, has_function_privilege('public', oid, 'execute') as open
      from pg_proc where prosecdef and pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')`;
    expect(definers.map((d) => d.name).sort()).toEqual(Object.keys(DEFINER_FUNCTIONS).sort());
    for (const { name, config, open } of definers) {
      expect(config, name).toContain("search_path=public, pg_temp");
      expect(open, name).toBe(false);
    }
  });

  test("has no triggers and no rules", async () => {
    expect(await names(superSql`select tgname from pg_trigger where not tgisinternal`)).toEqual([]);
    expect(
      await names(superSql`
        select rulename from pg_rewrite r join pg_class c on c.oid = r.ev_class
        where c.relnamespace = 'public'::regnamespace and rulename <> '_RETURN'`),
    ).toEqual([]);
  });

  test("keeps logs append-only", async () => {
    for (const table of APPEND_ONLY) {
      const columns = await names(superSql`
        select attname from pg_attribute where attrelid = ${table}::regclass and attnum > 0
          and has_column_privilege('muster_app', attrelid, attnum, 'update')`);
      expect(columns, table).toEqual(["path"]);
      const [may] = await superSql<{ remove: boolean }[]>`
        select has_table_privilege('muster_app', ${table}, 'delete, truncate') as remove`;
      expect(may?.remove, table).toBe(false);
    }
  });
});

describe("the application's role", () => {
  test("is nobody special: no superuser, no owner, no member of another role, no way past the policies", async () => {
    const [role] = await superSql`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = 'muster_app'`;
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
    });
    expect(
      await names(
        superSql`select roleid::regrole from pg_auth_members where member in ('muster_app'::regrole, 'muster_auth'::regrole)`,
      ),
    ).toEqual([]);
    expect(
      await names(superSql`
        select relname from pg_class where relowner in ('muster_app'::regrole, 'muster_auth'::regrole)
        union select proname from pg_proc where proowner in ('muster_app'::regrole, 'muster_auth'::regrole)`),
    ).toEqual([]);
    const [schema] = await superSql`select has_schema_privilege('muster_app', 'public', 'create') as creates`;
    expect(schema?.creates).toBe(false);
  });

  test("reaches no account", async () => {
    for (const table of ACCOUNT_TABLES) {
      const answer = await tryIn(app, { cityId: 501, path: "/" }, (sql) => sql`select 1 from ${sql(table)}`);
      expect(answer, table).toEqual({ refused: "42501" });
    }
  });

  test("cannot switch row-level security off or become the owner", async () => {
    const off = await tryIn(app, { cityId: 501, path: "/100/" }, async (sql) => {
      await sql`set local row_security = off`;
      return sql`select 1 from station`;
    });
    expect(off).toEqual({ refused: "42501" });
    expect(await tryIn(app, null, (sql) => sql`set local role muster_owner`)).toEqual({ refused: "42501" });
  });

  test("leaves no scope behind for the next transaction of the connection", async () => {
    const one = new Pool({ url: db.appUrl, size: 1 });
    await tryIn(one, { cityId: 501, path: "/" }, (sql) => sql`select 1 from station`);
    expect(await tryIn(one, null, (sql) => sql`select 1 from station`)).toEqual({ value: [] });
    await one.end();
  });

  test.each(["", "100/", "/100", "/x/", "/100/' or true --", "/100/\n"])(
    "is given no scope %j",
    async (path) => {
      expect(await tryIn(app, null, (sql) => sql`select set_scope(501, ${path})`)).toEqual({
        refused: "22023",
      });
    },
  );

  test("reaches exactly its scope in every tenant table", { timeout: 120_000 }, async () => {
    for (const table of tables) expect(await leaksOf(app, table)).toEqual([]);
  });

  test("adds to roll-ups only through a report in its scope", async () => {
    const apply = (station: number) => (sql: Parameters<Parameters<typeof tryIn>[2]>[0]) =>
      sql`
      select rollup_apply(${station}, ${period}, '{}', '{}', 1, 0, 0, 0, 1, 0)`;
    const [report] = await superSql`select period from monthly_report where station_id = 101`;
    const period = report?.period;
    expect(await tryIn(app, { cityId: 501, path: "/1001/" }, apply(101))).toHaveProperty("value");
    expect(await tryIn(app, { cityId: 501, path: "/100/" }, apply(101))).toEqual({ refused: "42501" });
    expect(await tryIn(app, { cityId: 502, path: "/" }, apply(101))).toEqual({ refused: "42501" });
    expect(await tryIn(app, null, apply(101))).toEqual({ refused: "42501" });
  });
});

describe("a policy that is broken", () => {
  test("is noticed, whichever it is", { timeout: 120_000 }, async () => {
    const policies = await superSql<
      { name: string; table: string; role: string; using: string; check: string | null }[]
    >`
      select policyname as name, tablename as table, roles[1]::text as role, qual as using, with_check as check
      from pg_policies where not ('muster_auth' = any(roles)) order by 1`;
    expect(policies.length).toBeGreaterThanOrEqual(tables.length);
    for (const { name, table, role, using, check } of policies) {
      const subject = tables.find((t) => t.name === table);
      if (!subject) throw new Error(`${table} is no tenant table`);
      const probe = () => (role === "muster_owner" ? ownerLeaksOf(owner, subject) : leaksOf(app, subject));
      const alter = (clause: string) => superSql.unsafe(`alter policy "${name}" on "${table}" ${clause}`);

      await alter("using (true)");
      expect(await probe(), `${name} using (true)`).not.toEqual([]);
      await alter(`using (${using})`);
      if (check && role !== "muster_owner") {
        await alter("with check (true)");
        expect(await probe(), `${name} with check (true)`).not.toEqual([]);
        await alter(`with check (${check})`);
      }
      expect(await probe(), name).toEqual([]);
    }
  });

  test("is noticed when row-level security is off altogether", async () => {
    const [station] = tables.filter((t) => t.name === "station");
    if (!station) throw new Error("no table of stations");
    await superSql`alter table station disable row level security`;
    expect((await leaksOf(app, station)).length).toBeGreaterThan(PLACES.length);
    await superSql`alter table station enable row level security`;
    expect(await leaksOf(app, station)).toEqual([]);
  });
});

/** Calls in a stored expression that take a column directly: what an index or a leaky function would see. */
function callsOnColumns(tree: string): { call: string; functionId: string; collation: string }[] {
  const calls: { call: string; functionId: string; collation: string }[] = [];
  const pattern =
    /\{(OPEXPR|FUNCEXPR|DISTINCTEXPR|NULLIFEXPR|SCALARARRAYOPEXPR) ((?:(?!\{).)*?):args \(\{(VAR|RELABELTYPE \{?:arg \{VAR)/gs;
  for (const [, call = "", head = ""] of tree.matchAll(pattern)) {
    calls.push({
      call,
      functionId: /:(?:opfuncid|funcid) (\d+)/.exec(head)?.[1] ?? "",
      collation: /:inputcollid (\d+)/.exec(head)?.[1] ?? "",
    });
  }
  return calls;
}
