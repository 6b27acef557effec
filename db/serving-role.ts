import type { Sql } from "./client";

/**
 * What is wrong with the role the application signs in with, in sentences; empty when it may serve.
 * A superuser, a role that bypasses row-level security or the owner of the tables would see past every policy.
 */
export async function faultsOfServingRole(sql: Sql): Promise<string[]> {
  const [role] = await sql<
    { name: string; superuser: boolean; bypass: boolean; owns: number; forced: boolean }[]
  >`
    select r.rolname as name, r.rolsuper as superuser, r.rolbypassrls as bypass,
      (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'member')) as owns,
      (select bool_and(c.relforcerowsecurity) from pg_class c where c.oid = to_regclass('public.monthly_report')) as forced
    from pg_roles r where r.rolname = current_user`;
  if (!role) return ["The database does not know its own role."];
  const faults: string[] = [];
  if (role.superuser) faults.push(`The role ${role.name} is a superuser and sees past row-level security.`);
  if (role.bypass) faults.push(`The role ${role.name} may bypass row-level security.`);
  if (role.owns > 0) faults.push(`The role ${role.name} owns tables, or may act as their owner.`);
  if (role.forced === false) faults.push("Row-level security is not forced: run the migrations.");
  return faults;
}
