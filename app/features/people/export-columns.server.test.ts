import { expect, test } from "vitest";
import { translate } from "~/i18n/i18n.server";
import { takenAlong } from "../registers/exported-list.server";
import { exportColumns } from "./export-columns.server";

const zh = translate("zh-CN");
const columnsFor = (cols: string[]) =>
  takenAlong(exportColumns({ t: zh, nameOf: new Map(), today: "2026-11-22" }), cols);

test("an exported list has the columns that its reader chose, and who it is of", () => {
  expect(columnsFor(["station", "activeFrom", "nothing"]).map(({ name }) => name)).toEqual([
    ...["name", "sex", "age", "categories", "station", "activeFrom"],
  ]);
});

test("without a choice it has what is commonly wanted", () => {
  expect(columnsFor([]).map(({ label }) => label(zh))).toEqual([
    ...["姓名", "性别", "年龄", "身份证号", "电话", "身份类别", "所在站点", "完整度", "最近核对"],
  ]);
});
