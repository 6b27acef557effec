import { expect, test } from "vitest";
import { CreateForm, FactsForm, ListSearch, MoveForm, StationParams } from "./forms";

const station = {
  type: "village station",
  name: " 新桥村 ",
  code: "320302001001",
  openedOn: "2026-11-05",
  address: "",
  phone: "0516-8600 1002",
};
const errorsOf = (result: {
  success: boolean;
  error?: { issues: { path: PropertyKey[]; message: string }[] };
}) => result.error?.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`) ?? [];

test("a new station is read with its level and kind; a box not ticked means no", () => {
  expect(CreateForm.parse(station)).toMatchObject({
    type: { level: "village", kind: "station" },
    name: "新桥村",
    required: false,
  });
  expect(CreateForm.parse({ ...station, required: "on" }).required).toBe(true);
});

test("an ordinary station has a code of 12 digits, a home may have one of its own", () => {
  expect(errorsOf(CreateForm.safeParse({ ...station, code: "12" }))).toEqual(["code: stations:error.code12"]);
  expect(CreateForm.safeParse({ ...station, type: "town cadre_home", code: "JX-01" }).success).toBe(true);
  expect(errorsOf(CreateForm.safeParse({ ...station, type: "town cadre_home", code: "甲" }))).toEqual([
    "code: stations:error.codeOwn",
  ]);
});

test.each([
  ["name", "新\n村"],
  ["name", " "],
  ["name", "长".repeat(61)],
  ["openedOn", "2026-02-30"],
  ["openedOn", "yesterday"],
  ["type", "village palace"],
  ["phone", "<script>"],
])("a new station with %s %j is refused at that field", (field, value) => {
  const errors = errorsOf(CreateForm.safeParse({ ...station, [field]: value }));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(new RegExp(`^${field}: `));
});

test.each(["-1", "1.5", "1e3", "10000", "", "１２"])("a number of people is not %j", (fullTime) => {
  const facts = { validFrom: "2026-11-01", fullTime, partTime: "0", approvedPosts: "0" };
  expect(errorsOf(FactsForm.safeParse(facts))).toEqual(["fullTime: stations:error.count"]);
});

test("numbers of stations are numbers: nothing else reaches a query", () => {
  for (const id of ["0", "-1", "1e3", "1 or 1=1", "99999999999999999999", "__proto__"]) {
    expect(StationParams.safeParse({ stationId: id }).success, id).toBe(false);
    expect(MoveForm.safeParse({ on: "2026-11-01", version: "1", parentId: id }).success, id).toBe(false);
  }
});

test("an odd filter counts as none", () => {
  expect(ListSearch.parse({ level: "palace", status: "x", unfolded: "1.a", page: "-3" })).toEqual({
    q: "",
    level: undefined,
    status: "open",
    unfolded: [],
    page: 1,
  });
  expect(ListSearch.parse({ unfolded: "1002.1067" }).unfolded).toEqual([1002, 1067]);
});
