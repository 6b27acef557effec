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
        Object.fromEntries(
          Object.entries(row).map(([property, value]) => [columns.get(property), inJson(value)]),
        ),
      );
    await sql`
      insert into ${sql(tableName)} (${sql(names)})
      select ${sql(names)} from json_populate_recordset(null::${sql(tableName)}, ${JSON.stringify(objects)}::text::json)`;
  }
}

/** The same for batches that take long to make: the next one is made while the database writes the one before. */
export async function insertWhileMaking(
  connection: Pick<Connection, "sql">,
  batches: Iterable<readonly TableRows[]>,
): Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  for (const tables of batches) {
    await writing;
    writing = insertEach(connection, tables);
    // It fails at the next await, not where nobody listens.
    writing.catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
  }
  await writing;
}

async function insertEach(connection: Pick<Connection, "sql">, tables: readonly TableRows[]): Promise<void> {
  for (const rows of tables) await insertAll(connection, rows);
}

/** Bytes as PostgreSQL reads them from a text. */
function inJson(value: unknown): unknown {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : value;
}
