import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Pool } from "./client";
import { type TestDatabase, testDatabase } from "./testing/database";

let db: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  db = await testDatabase();
  pool = new Pool({ url: db.appUrl, size: 1 });
});
afterAll(async () => {
  await pool.end();
  await db.drop();
});

const storable = fc
  .string({ unit: "grapheme" })
  .filter((text) => !text.includes("\0") && text.isWellFormed());

test("texts come back from an array as they went in, whatever is in them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(storable)), async (texts) => {
      const [row] = await pool.statement(({ sql }) => sql`select ${texts}::text[] as texts`);
      expect(row?.texts).toEqual(texts);
    }),
    { examples: [[["NULL", "", "{}", '"', "\\", "a,b", "\n", " x ", null]]] },
  );
});

test("numbers, truths and numbers of rows come back as what they are", async () => {
  const [row] = await pool.statement(
    ({ sql }) => sql`
    select ${[1, null, -9_007_199_254_740_991]}::bigint[] as long, ${[1, 2]}::int[] as short,
      array[true, null, false] as truths, ${[]}::bigint[] as none, array[1.5::float8] as halves,
      ${["018f0000-0000-7000-8000-000000000000"]}::uuid[] as ids`,
  );
  expect(row).toEqual({
    long: [1, null, -9_007_199_254_740_991],
    short: [1, 2],
    truths: [true, null, false],
    none: [],
    halves: [1.5],
    ids: ["018f0000-0000-7000-8000-000000000000"],
  });
});

test("an array of numbers finds its rows", async () => {
  const rows = await pool.statement(
    ({ sql }) => sql`
    select n from generate_series(1, 5) n where n = any(${[2, 4]}) and n::text = any(${["2", "4"]})`,
  );
  expect(rows.map((row) => row.n)).toEqual([2, 4]);
});
