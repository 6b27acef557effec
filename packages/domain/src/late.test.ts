import { describe, expect, it } from "vitest";
import { lateEntries } from "./late";
import { STATUSES, type Status } from "./workflow";

const late = (over: Partial<Parameters<typeof lateEntries>[0]> = {}) =>
  lateEntries({
    status: "accepted",
    figures: { C01: 5, C03: 2, D01: null },
    remarks: { C01: { register: { value: 5 } } },
    register: { C01: { value: 5 }, C03: { value: 2 } },
    ...over,
  });

describe("late entries", () => {
  it("are what the records say otherwise than when the figure was filed", () => {
    expect(late()).toEqual([]);
    expect(late({ register: { C01: { value: 6 } } })).toEqual([{ code: "C01", filed: 5, now: 6 }]);
    expect(late({ register: { C01: { value: 4 } } })).toEqual([{ code: "C01", filed: 5, now: 4 }]);
  });

  it("are not what was overridden with open eyes", () => {
    const remarks = { C01: { register: { value: 7 } } };
    expect(late({ remarks, register: { C01: { value: 7 } } })).toEqual([]);
    expect(late({ remarks, register: { C01: { value: 5 } } })).toEqual([]);
    expect(late({ remarks, register: { C01: { value: 8 } } })).toEqual([{ code: "C01", filed: 5, now: 8 }]);
  });

  it("take in a register that came into use after the report, and a figure that was left blank", () => {
    expect(late({ remarks: {}, register: { C03: { value: 3 }, D01: { value: 1 } } })).toEqual([
      { code: "C03", filed: 2, now: 3 },
      { code: "D01", filed: null, now: 1 },
    ]);
  });

  it("are asked of reports that were handed in only", () => {
    const having = STATUSES.filter(
      (status: Status) => late({ status, register: { C01: { value: 6 } } }).length > 0,
    );
    expect(having).toEqual(["submitted", "accepted", "locked"]);
  });
});
