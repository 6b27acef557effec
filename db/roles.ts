import type { Sql } from "postgres";

/** The PostgreSQL roles of Muster: see "Tenancy" in the architecture notes. */
export type MusterRole = "muster_owner" | "muster_app" | "muster_auth";

/** What each role may be; never superuser, and never past row-level security. */
export const ROLE_ATTRIBUTES: Record<MusterRole, string> = {
  muster_owner: "nosuperuser nocreatedb nocreaterole nobypassrls",
  muster_app: "nosuperuser nocreatedb nocreaterole nobypassrls",
  muster_auth: "nosuperuser nocreatedb nocreaterole nobypassrls",
};

/** A string as an SQL literal, for statements such as CREATE ROLE that take no parameters. */
export function quoteLiteral(value: string): string {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return value.includes("\\") ? `E${quoted.replaceAll("\\", "\\\\")}` : quoted;
}

/** The auth role's URL: `authUrl` when given, else the app's with the user replaced by muster_auth. */
export function authUrlFrom(appUrl: string, authUrl?: string): string {
  if (authUrl) return authUrl;
  const url = new URL(appUrl);
  url.username = "muster_auth";
  return url.href;
}

/**
 * Creates the roles that are missing, and sees that the login may act as muster_owner and that
 * muster_owner may make tables in its database. The app's and the auth's passwords are those of their
 * URLs. Throws with the SQL for an administrator where the login may not do so, and when a URL names
 * another role than ours.
 */
export async function ensureRoles(sql: Sql, urls: { appUrl: string; authUrl?: string }): Promise<void> {
  const app = loginOf(urls.appUrl, "muster_app", "DATABASE_URL");
  const auth = loginOf(authUrlFrom(urls.appUrl, urls.authUrl), "muster_auth", "AUTH_DATABASE_URL");
  const me = await currentLogin(sql);
  await createMissing(sql, me, [
    createRole("muster_owner", "nologin"),
    createRole("muster_app", login(app)),
    createRole("muster_auth", login(auth)),
  ]);
  await letActAsOwner(sql, me);
  await letOwnerMakeTables(sql, me);
}

interface Login {
  name: string;
  mayCreateRoles: boolean;
  database: string;
}

interface CreateRole {
  role: MusterRole;
  run: string;
  /** The statement without the password. */
  shown: string;
}

async function currentLogin(sql: Sql): Promise<Login> {
  const [me] = await sql<Login[]>`
    select rolname as name, rolsuper or rolcreaterole as "mayCreateRoles", current_database() as database
    from pg_roles where rolname = current_user`;
  if (!me) throw new Error("PostgreSQL does not know the role of this connection.");
  return me;
}

async function createMissing(sql: Sql, me: Login, wanted: CreateRole[]): Promise<void> {
  const existing = await sql<{ rolname: string }[]>`select rolname from pg_roles`;
  const missing = wanted.filter(({ role }) => !existing.some(({ rolname }) => rolname === role));
  if (missing.length === 0) return;
  if (!me.mayCreateRoles) {
    throw refusal(`The role ${me.name} may not create roles`, [
      ...missing.map(({ shown }) => shown),
      `grant muster_owner to ${quoteIdentifier(me.name)};`,
    ]);
  }
  for (const { run } of missing) await sql.unsafe(run);
}

async function letActAsOwner(sql: Sql, me: Login): Promise<void> {
  // Since PostgreSQL 16 the creator of a role is a member of it that may not SET ROLE to it.
  const [may] = await sql<{ act: boolean }[]>`
    select pg_has_role('muster_owner',
      case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) as act`;
  if (may?.act) return;
  const grant = `grant muster_owner to ${quoteIdentifier(me.name)};`;
  if (!me.mayCreateRoles) throw refusal(`The role ${me.name} is no member of muster_owner`, [grant]);
  await sql.unsafe(grant);
}

/** A database that muster_owner does not own gives it nothing by itself; its owner can. */
async function letOwnerMakeTables(sql: Sql, me: Login): Promise<void> {
  if (await ownerMayMakeTables(sql)) return;
  const grants = [
    `grant create on database ${quoteIdentifier(me.database)} to muster_owner;`,
    "grant usage, create on schema public to muster_owner;",
  ];
  try {
    for (const grant of grants) await sql.unsafe(grant);
  } catch (error) {
    if (!isPermissionDenied(error)) throw error;
  }
  // PostgreSQL answers a grant by someone without the right with a warning, or not at all.
  if (!(await ownerMayMakeTables(sql))) {
    throw refusal(`muster_owner may not make tables in the database ${me.database}`, grants);
  }
}

async function ownerMayMakeTables(sql: Sql): Promise<boolean> {
  const [may] = await sql<{ make: boolean }[]>`
    select has_database_privilege('muster_owner', current_database(), 'create')
      and has_schema_privilege('muster_owner', 'public', 'create') as make`;
  return may?.make === true;
}

function isPermissionDenied(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "42501";
}

function refusal(what: string, statements: string[]): Error {
  return new Error(`${what}. As an administrator of this database run:\n${statements.join("\n")}`);
}

function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function createRole(role: MusterRole, login: { run: string; shown: string } | "nologin"): CreateRole {
  const statement = (how: string) => `create role ${role} ${how} ${ROLE_ATTRIBUTES[role]};`;
  return login === "nologin"
    ? { role, run: statement(login), shown: statement(login) }
    : { role, run: statement(login.run), shown: statement(login.shown) };
}

/** Passwords go to the server, never into a message. */
function login(password: string): { run: string; shown: string } {
  return { run: `login password ${quoteLiteral(password)}`, shown: "login password '...'" };
}

function loginOf(url: string, role: MusterRole, variable: string): string {
  const { username, password } = new URL(url);
  if (decodeURIComponent(username) !== role) {
    throw new Error(`${variable} must log in as ${role}, not as ${decodeURIComponent(username)}.`);
  }
  return decodeURIComponent(password);
}
