import { period } from "@muster/domain/period";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Pool } from "../../client";
import { orderOf, runImport } from "../../import";
import { type TestDatabase, testDatabase } from "../../testing/database";
import { layCity, type TestCity } from "../../testing/hierarchy";
import { openMonth } from "../months";
import { rollupFaults } from "../rollups";
import { importStations, planImport } from "./import";
import { MOST_IMPORT_ROWS, readImportFile, readImportText } from "./import-file";
import { misplacedRows } from "./paths";
import { closeStation } from "./structure";
import { listStations } from "./tree";

const NOW = new Date("2026-11-21T09:00:00+08:00");
const NOV = period("2026-11");
const HEADER = "code,name,level,parent_code";

let db: TestDatabase;
let app: Pool;
let auth: Pool;
let city: TestCity;
let code: string;

beforeAll(async () => {
  db = await testDatabase();
  app = new Pool({ url: db.appUrl, size: 4 });
  auth = new Pool({ url: db.authUrl, size: 1 });
});
afterAll(async () => {
  await Promise.all([app.end(), auth.end()]);
  await db.drop();
});
beforeEach(async () => {
  city = await layCity(app, NOW);
  code = (await city.station(city.rootId)).code;
});

/** A file with one district, two towns and three villages, with changes. */
const rowsOf = () => [
  `${code},测试市${city.cityId},city,`,
  `110101000000,东城区,district,${code}`,
  "110101001000,东华门街道,town,110101000000",
  "110101002000,景山街道,town,110101000000",
  "110101001001,多福巷社区居委会,village,110101001000",
  "110101001002,银闸社区居委会,village,110101001000",
  "110101002001,隆福寺社区居委会,village,110101002000",
];
const fileOf = (rows: string[]) => [HEADER, ...rows, ""].join("\n");
const run = (text: string, over = {}) =>
  city.inCity((tx) => importStations(tx, readImportText(text), { openedOn: "2026-11-01", ...over }));
const problemsOf = async (text: string) =>
  (await city.inCity((tx) => planImport(tx, readImportText(text)))).errors.map(({ line, problem }) => [
    line,
    problem,
  ]);
const count = async () => (await city.inCity((tx) => listStations(tx, { limit: 1 }))).total;

describe("a file", () => {
  const text = `${HEADER}\r\n"110101000000","东城区, 北京",District,"110000000000"\r\n`;
  const row = {
    line: 2,
    code: "110101000000",
    name: "东城区, 北京",
    level: "district",
    parentCode: "110000000000",
  };

  test("is read in UTF-8 with and without a mark, with CRLF and quotes", () => {
    expect(readImportFile(new TextEncoder().encode(text))).toEqual({ rows: [row], errors: [] });
    expect(readImportFile(new TextEncoder().encode(`\uFEFF${text}`))).toEqual({ rows: [row], errors: [] });
  });

  test("is read in GB18030, as Excel saves it", () => {
    // 东城区 and 北京 in GB18030.
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}\r\n"110101000000","`),
      Buffer.from([0xb6, 0xab, 0xb3, 0xc7, 0xc7, 0xf8]),
      Buffer.from(", "),
      Buffer.from([0xb1, 0xb1, 0xbe, 0xa9]),
      Buffer.from('",District,"110000000000"\r\n'),
    ]);
    expect(readImportFile(bytes)).toEqual({ rows: [row], errors: [] });
  });

  test("is refused as a whole when it cannot be one", () => {
    const problem = (bytes: Uint8Array) => readImportFile(bytes).errors.map((e) => [e.line, e.problem]);
    const of = (content: string) => problem(Buffer.from(content));
    expect(problem(Buffer.from(`\uFEFF${text}`, "utf16le"))).toEqual([[0, "encoding"]]);
    expect(problem(Uint8Array.from([0x63, 0x6f, 0xff, 0xff, 0x80]))).toEqual([[0, "encoding"]]);
    expect(of("")).toEqual([[0, "empty"]]);
    expect(of(`${HEADER}\n`)).toEqual([[0, "empty"]]);
    expect(of("a;b;c\n1;2;3\n")).toEqual([[0, "header"]]);
    expect(of(`${HEADER},code\n1,2,3,4,5\n`)).toEqual([[0, "header"]]);
    expect(of(`${HEADER}\n"110101000000,东城区,district,1\n`)).toEqual([[0, "quotes"]]);
    expect(problem(new Uint8Array(5 * 1024 * 1024 + 1))).toEqual([[0, "too_large"]]);
    const many = Array.from({ length: MOST_IMPORT_ROWS + 1 }, () => "1,2,3,4");
    expect(of([HEADER, ...many].join("\n"))).toEqual([[0, "too_many_rows"]]);
  });

  test("names each faulty row by its line", () => {
    const { rows, errors } = readImportText(
      [
        HEADER,
        "3.20302E+11,东城区,district,110000000000",
        "11010100000,东城区,district,110000000000",
        "110101000000,,district,110000000000",
        "",
        `110101000000,${"长".repeat(61)},district,110000000000`,
        "110101000000,东\u0000城,district,110000000000",
        '110101000000,"东\n城",district,110000000000',
        "110101000000,东城,county,110000000000",
        "110101000000,东城,district,",
        "110101000000,东城,district,1.1E+11",
        "110101000000,东城,district,abc",
        "110000000000,北京,city,110000000000",
        "110101000000,东城,district",
        "110101000000,东城区,district,110000000000",
      ].join("\n"),
    );
    expect(errors.map(({ line, problem }) => [line, problem])).toEqual([
      [2, "scientific_code"],
      [3, "bad_code"],
      [4, "name_missing"],
      [6, "name_long"],
      [7, "characters"],
      [8, "characters"],
      [10, "bad_level"],
      [11, "parent_missing"],
      [12, "scientific_code"],
      [13, "bad_parent_code"],
      [14, "city_with_parent"],
      [15, "columns"],
    ]);
    expect(rows.map((r) => r.line)).toEqual([16]);
  });
});

describe("an import", () => {
  test("lays the hierarchy, and the same file again changes nothing", async () => {
    await city.inCity((tx) => openMonth(tx, NOV));
    expect(await run(fileOf(rowsOf()))).toEqual({
      ok: true,
      value: { created: 6, renamed: 0, unchanged: 1, months: [NOV] },
    });
    const { lines } = await city.inCity((tx) => listStations(tx, { q: "隆福寺", limit: 5 }));
    expect(lines[0]?.ancestors.map((line) => line.name)).toEqual([
      `测试市${city.cityId}`,
      "东城区",
      "景山街道",
    ]);
    expect(await run(fileOf(rowsOf()))).toEqual({
      ok: true,
      value: { created: 0, renamed: 0, unchanged: 7, months: [] },
    });
    await city.inCity(async (tx) => {
      expect(await rollupFaults(tx, [NOV])).toEqual([]);
      expect(await misplacedRows(tx)).toEqual([]);
      const [sum] =
        await tx.sql`select expected, missing from rollup where city_id = ${city.cityId} and reported_path = '/'`;
      expect(sum).toEqual({ expected: 6, missing: 6 });
      const audits =
        await tx.sql`select 1 from audit_log where city_id = ${city.cityId} and action = 'station.import'`;
      expect(audits).toHaveLength(1);
    });
  });

  test("renames what has another name, in the ancestry below too", async () => {
    await run(fileOf(rowsOf()));
    const renamed = await run(fileOf(rowsOf()).replace("东城区", "新东城区"));
    expect(renamed.ok && renamed.value).toMatchObject({ created: 0, renamed: 1, unchanged: 6 });
    const { lines } = await city.inCity((tx) => listStations(tx, { q: "银闸", limit: 5 }));
    expect(lines[0]?.ancestors[1]?.name).toBe("新东城区");
    expect((await city.inCity((tx) => listStations(tx, { q: "xindongcheng", limit: 5 }))).total).toBe(1);
  });

  test("takes a part of the hierarchy whose parents are there already", async () => {
    await run(fileOf(rowsOf()));
    const more = await run(fileOf(["110101002002,吉祥社区居委会,village,110101002000"]));
    expect(more.ok && more.value).toMatchObject({ created: 1, unchanged: 0 });
  });

  test("names unknown parents, wrong levels, duplicates, cycles and another city, and lays nothing", async () => {
    const before = await count();
    const text = fileOf([
      "990000000000,别的市,city,",
      `110101000000,东城区,district,${code}`,
      "110101001000,东华门街道,town,110101000000",
      "110101001000,东华门街道,town,110101000000",
      "110101001001,多福巷社区居委会,village,110101000000",
      "110101001002,银闸社区居委会,village,110109999000",
      "110101003000,甲街道,town,110101004000",
      "110101004000,乙街道,town,110101003000",
      `110101005000,丙村,village,${code}`,
    ]);
    expect(await problemsOf(text)).toEqual([
      [2, "not_this_city"],
      [5, "duplicate_code"],
      [6, "wrong_level"],
      [7, "unknown_parent"],
      [8, "cycle"],
      [9, "cycle"],
      [10, "wrong_level"],
    ]);
    expect(await run(text)).toMatchObject({ ok: false, refusal: "errors" });
    expect(await count()).toBe(before);
  });

  test("moves nothing: another parent or level than today's is a conflict, a closed parent too", async () => {
    await run(fileOf(rowsOf()));
    const moved = rowsOf().map((row) => row.replace("village,110101002000", "village,110101001000"));
    expect(await problemsOf(fileOf(moved))).toEqual([[8, "parent_conflict"]]);
    expect(await problemsOf(fileOf([`110101001000,东华门街道,district,${code}`]))).toEqual([
      [2, "level_conflict"],
    ]);
    const { lines } = await city.inCity((tx) => listStations(tx, { q: "110101002", limit: 5 }));
    for (const line of lines.toReversed()) {
      const closed = await city.inCity((tx) =>
        closeStation(tx, { stationId: line.id, version: 1, on: "2026-11-20" }),
      );
      expect(closed.ok).toBe(true);
    }
    expect(await problemsOf(fileOf(["110101002009,新社区,village,110101002000"]))).toEqual([
      [2, "parent_closed"],
    ]);
  });

  test("carries out only the plan that was shown", async () => {
    const file = readImportText(fileOf(rowsOf()));
    const { digest } = await city.inCity((tx) => planImport(tx, file));
    expect(await run(fileOf(rowsOf().slice(0, 3)), { digest })).toMatchObject({
      ok: false,
      refusal: "other_plan",
    });
    expect((await run(fileOf(rowsOf()), { digest })).ok).toBe(true);
  });

  test("touches no other city and works in the city's scope only", async () => {
    const other = await layCity(app, NOW);
    await run(fileOf(rowsOf()));
    expect((await other.inCity((tx) => listStations(tx, { limit: 1 }))).total).toBe(1);
    // The same codes may stand in another city.
    const theirs = (await other.station(other.rootId)).code;
    const again = await other.inCity((tx) =>
      importStations(tx, readImportText(fileOf(rowsOf()).replaceAll(code, theirs)), {
        openedOn: "2026-11-01",
      }),
    );
    expect(again.ok && again.value.created).toBe(6);
    const { lines } = await city.inCity((tx) => listStations(tx, { level: "district", limit: 1 }));
    const district = lines[0]?.id ?? 0;
    await expect(
      city.inScopeOf(district, (tx) =>
        importStations(tx, readImportText(fileOf(rowsOf())), { openedOn: "2026-11-01" }),
      ),
    ).rejects.toThrow(RangeError);
  });

  test("of 3,010 stations opens its month for each, and they are found by their initials", async () => {
    await city.inCity((tx) => openMonth(tx, NOV));
    const rows = [`${code},测试市${city.cityId},city,`];
    for (let d = 1; d <= 11; d += 1) {
      const district = `3203${String(d).padStart(2, "0")}`;
      rows.push(`${district}000000,第${d}区,district,${code}`);
      for (let t = 1; t <= 17; t += 1) {
        const town = `${district}${String(t).padStart(3, "0")}`;
        rows.push(`${town}000,${d}区柳河${t}镇,town,${district}000000`);
        for (let v = 1; v <= 15; v += 1)
          rows.push(`${town}${String(v).padStart(3, "0")},河湾${d}-${t}-${v}村,village,${town}000`);
      }
    }
    const text = fileOf(rows);
    const first = await run(text);
    expect(first.ok && first.value.created).toBe(11 * (1 + 17 * 16));
    const second = await run(text);
    expect(second.ok && second.value).toMatchObject({ created: 0, renamed: 0, unchanged: rows.length });
    await city.inCity(async (tx) => expect(await rollupFaults(tx, [NOV])).toEqual([]));
    const { total } = await city.inCity((tx) => listStations(tx, { q: "liuhe", limit: 50 }));
    expect(total).toBe(11 * 17);
  });
});

describe("the command", () => {
  const pools = () => ({ app, auth });

  test("imports into the city with the code and says what it did", async () => {
    const order = orderOf(["stations", "x.csv", "--city", code], NOW);
    expect(order).toEqual({ file: "x.csv", cityCode: code, openedOn: "2026-11-01" });
    const bytes = Buffer.from(fileOf(rowsOf()));
    expect(await runImport(pools(), bytes, order, NOW)).toEqual({
      code: 0,
      lines: ["6 new, 0 renamed, 1 unchanged"],
    });
    expect(await runImport(pools(), bytes, order, NOW)).toEqual({
      code: 0,
      lines: ["0 new, 0 renamed, 7 unchanged"],
    });
  });

  test("names what is wrong and exits with 1", async () => {
    const order = { cityCode: "000000000000", openedOn: "2026-11-01" };
    expect(await runImport(pools(), Buffer.from(""), order, NOW)).toMatchObject({ code: 1 });
    const faulty = await runImport(
      pools(),
      Buffer.from(`${HEADER}\n1,x,town,2\n`),
      { ...order, cityCode: code },
      NOW,
    );
    expect(faulty).toEqual({
      code: 1,
      lines: ["line 2 (1): bad code", "Nothing was imported: 1 rows are faulty."],
    });
    expect(() => orderOf(["stations", "x.csv"], NOW)).toThrow("Usage");
    expect(() => orderOf(["people", "x.csv", "--city", code], NOW)).toThrow("Usage");
    expect(() => orderOf(["stations", "x.csv", "--city", code, "--opened", "2027-01-01"], NOW)).toThrow(
      "--opened",
    );
  });
});
