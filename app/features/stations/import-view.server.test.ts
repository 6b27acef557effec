import { expect, test } from "vitest";
import { translate } from "~/i18n/i18n.server";
import { stationImportView } from "./import-view.server";

const plan = { create: [], rename: [], unchanged: 3, errors: [], digest: "d" };
const row = { line: 2, code: "320302000000", name: "鼓楼区", level: "district" as const, parentCode: "1" };
const view = (over: Partial<Parameters<typeof stationImportView>[0]> = {}) =>
  stationImportView({ ...plan, ...over }, new TextEncoder().encode("x"), "2026-11-01", translate("zh-CN"));

test("only a plan without errors and with changes can be confirmed", () => {
  const error = { line: 3, code: "1", problem: "bad_code" as const };
  expect(view().confirm).toBeNull();
  expect(view({ create: [row], errors: [error] }).confirm).toBeNull();
  expect(view({ create: [row] }).confirm).toMatchObject({ digest: "d", fields: { openedOn: "2026-11-01" } });
});

test("what is wrong, new and renamed is told in words", () => {
  const error = { line: 3, code: "1", problem: "bad_code" as const };
  const rename = { id: 7, line: 4, code: "320303000000", from: "旧村", to: "新村" };
  const told = view({ create: [row], rename: [rename], errors: [error] });
  expect(told.counts).toEqual({ add: 1, change: 1, unchanged: 3, faults: 1 });
  expect(told.faults).toEqual([{ line: 3, name: "1", column: "", reason: "代码应为 12 位数字。" }]);
  expect(told.add).toEqual([{ line: 2, cells: ["鼓楼区", "区县", "320302000000"] }]);
  expect(told.change).toEqual([{ line: 4, cells: ["旧村", "新村", "320303000000"] }]);
});
