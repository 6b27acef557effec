import { readXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { toCsv } from "./csv";
import { contentDisposition, downloadOf } from "./download";
import { fileValue, type ReportTable } from "./table";
import { toXlsx } from "./xlsx";

const table: ReportTable = {
  title: "人员配比 / 云岭市",
  columns: [
    { label: "站点" },
    { label: "服务对象", format: "count" },
    { label: "人均", format: "decimal" },
    { label: "占比", format: "percent" },
    { label: "帮扶金额（元）", format: "money" },
  ],
  rows: [
    ["柳河镇", 1413, 471, 28.125, 1_234_567],
    ['=HYPERLINK("http://evil")', 0, null, null, 0],
    ["-2+3", -5, 1.26, 100, null],
  ],
  notes: ["10月应报 379，已报 372"],
  watermark: "导出：王监督 2026年11月21日 20:50",
};

describe("a CSV file", () => {
  const lines = toCsv([table]).split("\r\n");

  it("begins with the mark by which Excel and WPS know UTF-8", () => {
    expect(toCsv([table]).startsWith("\uFEFF站点,")).toBe(true);
  });

  it("holds exactly the rows: numbers plain, money in yuan, missing empty, 0 as 0", () => {
    expect(lines[1]).toBe("柳河镇,1413,471.0,28.1,12345.67");
    expect(lines[3]).toBe("'-2+3,-5,1.3,100.0,");
  });

  it("computes nothing on the reader's machine", () => {
    expect(lines[2]).toBe('"\'=HYPERLINK(""http://evil"")",0,,,0.00');
    for (const start of ["=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠1"]) {
      const [, line = ""] = toCsv([{ ...table, rows: [[start, 1]] }]).split(/\r\n/);
      expect(line.replace(/^"/, "").startsWith("'")).toBe(true);
    }
  });

  it("names each of several tables, and says once what they rest on", () => {
    const both = toCsv([table, { ...table, title: "第二张表", rows: [] }]).split("\r\n");
    expect(both[0]).toBe("\uFEFF人员配比 / 云岭市");
    expect(both.slice(5, 8)).toEqual(["", "第二张表", both[1]]);
    expect(both.filter((line) => line === table.watermark)).toHaveLength(1);
  });

  it("ends with what the figures rest on and who took them out", () => {
    expect(lines.slice(4)).toEqual(["", "10月应报 379，已报 372", "导出：王监督 2026年11月21日 20:50", ""]);
  });
});

describe("an Excel file", () => {
  const read = async (tables: ReportTable[]) =>
    (await readXlsx(await toXlsx(tables), { readStyles: true })).sheets;

  it("reads back as the same rows, with numbers as numbers", async () => {
    const [sheet] = await read([table]);
    expect(sheet?.name).toBe("人员配比   云岭市");
    expect(sheet?.rows).toEqual([
      ["人员配比 / 云岭市", null, null, null, null],
      ["10月应报 379，已报 372", null, null, null, null],
      ["站点", "服务对象", "人均", "占比", "帮扶金额（元）"],
      ["柳河镇", 1413, 471, 28.1, 12345.67],
      ['=HYPERLINK("http://evil")', 0, null, null, 0],
      ["-2+3", -5, 1.3, 100, null],
      [null, null, null, null, null],
      ["导出：王监督 2026年11月21日 20:50", null, null, null, null],
    ]);
  });

  it("holds no formula, whatever a name looks like", async () => {
    const [sheet] = await read([table]);
    for (const cell of sheet?.cells?.values() ?? []) expect(cell.formula).toBeUndefined();
  });

  it("freezes the header and the first column and formats the numbers", async () => {
    const [sheet] = await read([table]);
    expect(sheet?.freezePane).toEqual({ rows: 3, columns: 1 });
    expect(sheet?.cells?.get("3,4")?.style?.numFmt).toBe("#,##0.00");
    expect(sheet?.headerFooter?.oddFooter).toContain("王监督");
  });

  it("takes texts with control characters, broken characters and markup", async () => {
    const nasty = 'a\u0000b\u001f<c>&"\ud800';
    const [sheet] = await read([{ ...table, rows: [[nasty, 1]] }]);
    expect(sheet?.rows[3]?.[0]).toBe('ab<c>&"\ufffd');
  });

  it("gives every sheet a name that Excel takes", async () => {
    const long = "很".repeat(40);
    const sheets = await read([long, long, "a/b", ""].map((title) => ({ ...table, title })));
    expect(sheets.map(({ name }) => name.length).every((length) => length <= 31)).toBe(true);
    expect(new Set(sheets.map(({ name }) => name)).size).toBe(4);
  });
});

describe("a download", () => {
  it("is named in Chinese by RFC 5987, with a plain name for old clients", () => {
    expect(contentDisposition("人员配比 2026-10.csv")).toBe(
      "attachment; filename=\"____ 2026-10.csv\"; filename*=UTF-8''%E4%BA%BA%E5%91%98%E9%85%8D%E6%AF%94%202026-10.csv",
    );
    expect(contentDisposition('a"\r\nSet-Cookie: x.csv')).not.toMatch(/[\r\n]/);
  });

  it("says its type and length", async () => {
    const { body, headers } = await downloadOf([table], "csv", "表");
    expect(headers["Content-Type"]).toBe("text/csv; charset=utf-8");
    expect(headers["Content-Length"]).toBe(String(body.byteLength));
  });
});

describe("the number a file holds", () => {
  it("is rounded as on screen", () => {
    expect(fileValue(28.125, "percent")).toBe(28.1);
    expect(fileValue(471.4999, "decimal")).toBe(471.5);
    expect(fileValue(null, "count")).toBeNull();
  });
});
