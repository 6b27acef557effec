import { getTableColumns, getTableName } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Connection } from "../client";

/** Rows of one statement: about a megabyte of JSON. */
const CHUNK = 2_000;

/** Rows for one table. Every row has the same keys; columns without one take their defaults. */
export interface TableRows {
  table: PgTable;
  rows: readonly object[];
}

/** Rows that fit their table. */
export function rowsOf<T extends PgTable>(table: T, rows: readonly T["$inferInsert"][]): TableRows {
  return { table, rows };
}

/** Inserts many rows with one parameter a statement: a JSON array that PostgreSQL takes apart. */
export async function insertAll({ sql }: Pick<Connection, "sql">, { table, rows }: TableRows): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const known = getTableColumns(table);
  const tableName: string = getTableName(table);
  const columns = new Map(
    Object.keys(first).map((property) => {
      const column = known[property];
      if (!column) throw new RangeError(`${tableName} has no column for ${property}`);
      return [property, column.name];
    }),
  );
  const names = [...columns.values()];
  for (let from = 0; from < rows.length; from += CHUNK) {
    const objects = rows
      .slice(from, from + CHUNK)
      .map((row) =>
        Object.fromEntries(Object.entries(row).map(([property, value]) => [columns.get(property), value])),
      );
    await sql`
      insert into ${sql(tableName)} (${sql(names)})
      select ${sql(names)} from json_populate_recordset(null::${sql(tableName)}, ${JSON.stringify(objects)}::text::json)`;
  }
}
