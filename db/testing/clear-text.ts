import postgres from "postgres";

/** Tables and columns of a database in which one of some texts stands in the clear, as text, in JSON or as bytes. */
export async function columnsHolding(superUrl: string, texts: readonly string[]): Promise<string[]> {
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} });
  try {
    const columns = await sql<{ table: string; column: string; type: string }[]>`
      select c.table_name as table, c.column_name as column, c.data_type as type
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY')
      order by 1, 2`;
    const patterns = texts.map((text) => `%${text}%`);
    const found: string[] = [];
    for (const { table, column, type } of columns) {
      // Bytes in the form in which bytes of ASCII show as what they are.
      const shown = type === "bytea" ? sql`encode(${sql(column)}, 'escape')` : sql`${sql(column)}::text`;
      const [row] = await sql<{ rows: number }[]>`
        select count(*)::int as rows from ${sql(table)} where ${shown} like any(${patterns})`;
      if (row && row.rows > 0) found.push(`${table}.${column}`);
    }
    if (columns.length < 100) throw new Error("the database has not been looked through");
    return found;
  } finally {
    await sql.end();
  }
}
