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
 * Creates the roles that are missing, and lets the login act as muster_owner in its database. The
 * app's and the auth's passwords are those of their URLs. Throws with the SQL to run when roles are
 * missing and the login may not create them, or when a URL names another role than ours.
 */
export async function ensureRoles(sql: Sql, urls: { appUrl: string; authUrl?: string }): Promise<void> {
  const app = loginOf(urls.appUrl, "muster_app", "DATABASE_URL");
  const auth = loginOf(authUrlFrom(urls.appUrl, urls.authUrl), "muster_auth", "AUTH_DATABASE_URL");
  const missing = [
    createRole("muster_owner", "nologin"),
    createRole("muster_app", login(app)),
    createRole("muster_auth", login(auth)),
  ];
  const existing = await sql<{ rolname: string }[]>`select rolname from pg_roles`;
  const statements = missing.filter(({ role }) => !existing.some(({ rolname }) => rolname === role));
  const me = await currentLogin(sql);
  if (statements.length > 0 && !me.mayCreate) {
    throw new Error(
      `The role ${me.name} may not create roles. As an administrator run:\n${statements.map(({ shown }) => shown).join("\n")}\ngrant muster_owner to ${me.name};`,
    );
  }
  for (const { run } of statements) await sql.unsafe(run);
  if (me.mayCreate) await letActAsOwner(sql, me);
}

interface Login {
  name: string;
  superuser: boolean;
  mayCreate: boolean;
  database: string;
}

async function currentLogin(sql: Sql): Promise<Login> {
  const [me] = await sql<Login[]>`
    select rolname as name, rolsuper as superuser, rolsuper or rolcreaterole as "mayCreate",
      current_database() as database
    from pg_roles where rolname = current_user`;
  if (!me) throw new Error("PostgreSQL does not know the role of this connection.");
  return me;
}

/** muster_owner may be a role without a database of its own: the login grants it what migrations need. */
async function letActAsOwner(sql: Sql, me: Login): Promise<void> {
  if (!me.superuser && me.name !== "muster_owner") {
    const [member] = await sql<{ is: boolean }[]>`select pg_has_role('muster_owner', 'member') as is`;
    if (!member?.is) await sql`grant muster_owner to ${sql(me.name)}`;
  }
  const [may] = await sql<{ inDatabase: boolean; inSchema: boolean }[]>`
    select has_database_privilege('muster_owner', current_database(), 'create') as "inDatabase",
      has_schema_privilege('muster_owner', 'public', 'create') as "inSchema"`;
  if (!may?.inDatabase) await sql`grant create on database ${sql(me.database)} to muster_owner`;
  if (!may?.inSchema) await sql`grant create on schema public to muster_owner`;
}

function createRole(role: MusterRole, login: { run: string; shown: string } | "nologin") {
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
