import type { StaffTerm } from "@muster/db/queries/staff/row";
import { readFirstSheet } from "@muster/reports/read";
import { toXlsx } from "@muster/reports/xlsx";
import { describe, expect, it } from "vitest";
import { translate } from "~/i18n/i18n.server";
import { LOCALES } from "~/i18n/locales";
import { readSheet } from "../registers/sheet.server";
import { rosterTable, STAFF_SHEET, templateTable } from "./sheet.server";

const MOST_SHEET_ROWS = STAFF_SHEET.mostRows + 40;
const readStaffSheet = (cells: readonly (readonly string[])[] | null) => readSheet(STAFF_SHEET, cells);

const now = new Date("2026-11-21T09:00:00+08:00");
const said = (locale: (typeof LOCALES)[number]) => ({
  t: translate(locale),
  locale,
  reader: "王建军",
  now,
  on: "2026-11-21",
  station: "河湾村",
  below: false,
});
const term: StaffTerm = {
  id: "1",
  staffId: "2",
  stationId: 3,
  path: "/3/",
  version: 1,
  validTo: null,
  name: "王建国",
  post: "联络员",
  employment: "full_time",
  head: false,
  secretary: false,
  veteran: true,
  phone: "139 0000 1111",
  education: "college",
  validFrom: "2026-03-01",
};

const zh = translate("zh-CN");
const HEADER = [
  "name",
  "post",
  "employment",
  "head",
  "secretary",
  "veteran",
  "phone",
  "education",
  "validFrom",
].map((name) => zh(`staff:field.${name as "name"}`));
const ROW = ["赵六", "专干", "专职", "否", "", "是", "139 1", "大专", "2026-03-01"];
const withCell = (at: number, text: string) => ROW.map((cell, i) => (i === at ? text : cell));
const problems = (rows: string[][]) =>
  readStaffSheet([["标题"], HEADER, ...rows, [], ["导出：某人"]]).faults.map(({ line, problem }) => [
    line,
    problem.split(".").at(-1),
  ]);

describe("a roster as a sheet", () => {
  it.each(LOCALES)("is read back as it was written, in either language (%s)", async (locale) => {
    const cells = await readFirstSheet(await toXlsx([rosterTable([term], said(locale))]), MOST_SHEET_ROWS);
    const { rows, faults } = readStaffSheet(cells);
    expect(faults).toEqual([]);
    const { id: _i, staffId: _s, stationId: _n, path: _p, version: _v, validTo: _t, ...details } = term;
    expect(rows).toEqual([{ line: 4, ...details }]);
  });

  it("of the template, not filled in, names nobody", async () => {
    const cells = await readFirstSheet(await toXlsx([templateTable(said("zh-CN"))]), MOST_SHEET_ROWS);
    expect(readStaffSheet(cells).faults.map(({ problem }) => problem)).toEqual([
      "registers:import.problem.empty",
    ]);
  });

  it("names each faulty row by its number in the sheet", () => {
    const faulty = [
      withCell(2, "全职"),
      withCell(7, "博士后"),
      withCell(3, "也许"),
      withCell(8, "2026-02-30"),
      withCell(6, "电话"),
      withCell(0, ""),
      ROW,
    ];
    expect(problems(faulty)).toEqual([
      [3, "employment"],
      [4, "education"],
      [5, "yes_no"],
      [6, "date"],
      [7, "phone"],
      [8, "name"],
    ]);
  });

  it.each(["2026-3-1", "2026/03/01", "2026.3.1", "2026年3月1日"])("understands the day %s", (day) => {
    expect(readStaffSheet([HEADER, withCell(8, day)]).rows[0]?.validFrom).toBe("2026-03-01");
  });

  it("is refused as a whole without its header, and with too many people", () => {
    expect(readStaffSheet([["姓名", "岗位"], ROW]).faults[0]?.problem).toBe(
      "registers:import.problem.header",
    );
    const many = Array.from({ length: STAFF_SHEET.mostRows + 1 }, () => ROW);
    expect(problems(many)).toEqual([[0, "tooMany"]]);
  });

  it("that is no workbook cannot be read", async () => {
    expect(await readFirstSheet(new TextEncoder().encode("code,name"), 10)).toBeNull();
    expect(readStaffSheet(null).faults[0]?.problem).toBe("registers:import.problem.unreadable");
  });
});
