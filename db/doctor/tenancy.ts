import type { Sql } from "../client";

/** What is wrong with the row-level security of the tables, in sentences. */
export async function faultsOfTenancy(sql: Sql): Promise<string[]> {
  const tables = await sql<
    {
      name: string;
      tenant: boolean;
      enabled: boolean;
      forced: boolean;
      policies: number;
      /** Policies for the application that do not hold a row against its city. */
      open: string[] | null;
    }[]
  >`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'city_id' and not a.attisdropped)
        as tenant,
      (select count(*)::int from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname) as policies,
      (select array_agg(p.policyname::text) from pg_policies p
        where p.schemaname = 'public' and p.tablename = c.relname and not p.roles = '{muster_auth}'
          and coalesce(p.qual, p.with_check, '') !~ 'app\\.city_id') as open
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') order by c.relname`;
  const faults: string[] = [];
  if (tables.length === 0) faults.push("There are no tables: run the migrations.");
  for (const { name, tenant, enabled, forced, policies, open } of tables) {
    if (!enabled) faults.push(`Row-level security is switched off on the table ${name}.`);
    if (!forced) faults.push(`Row-level security is not forced on the owner of the table ${name}.`);
    if (policies === 0) faults.push(`The table ${name} has no row-level policy.`);
    for (const policy of tenant ? (open ?? []) : []) {
      faults.push(`The policy ${policy} of the table ${name} does not ask for the city.`);
    }
  }
  const views = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('v', 'm')
      and not coalesce(c.reloptions @> array['security_invoker=true'], false)`;
  for (const { name } of views) faults.push(`The view ${name} reads with its owner's rights.`);
  return faults;
}
