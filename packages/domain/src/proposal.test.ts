import { describe, expect, it } from "vitest";
import { proposalsOf } from "./proposal";

const indicators = [
  { code: "A01", kind: "figure", acrossTime: "last" },
  { code: "C01", kind: "figure", acrossTime: "sum" },
  { code: "B09", kind: "computed", acrossTime: "last" },
] as const;
const input = {
  indicators,
  saved: {},
  register: {},
  previous: { A01: 300, C01: 8 },
  touched: new Set<string>(),
  submitted: false,
};

describe("what a field begins with", () => {
  it("is last month's stock, and nothing for what happens in a month", () => {
    expect(proposalsOf(input)).toEqual({
      A01: { value: 300, origin: "carried" },
      C01: { value: null, origin: "blank" },
    });
  });

  it("is what the records give, zero included, before last month's", () => {
    expect(proposalsOf({ ...input, register: { A01: { value: 0 }, C01: { value: 5 } } })).toEqual({
      A01: { value: 0, origin: "register" },
      C01: { value: 5, origin: "register" },
    });
  });

  it("is the saved value before all, zero included", () => {
    const proposals = proposalsOf({ ...input, saved: { A01: 0 }, register: { A01: { value: 9 } } });
    expect(proposals.A01).toEqual({ value: 0, origin: "saved" });
  });

  it("stays empty where the filer emptied it, and once the report was submitted", () => {
    expect(proposalsOf({ ...input, touched: new Set(["A01"]) }).A01?.origin).toBe("blank");
    expect(proposalsOf({ ...input, submitted: true }).A01?.origin).toBe("blank");
  });
});
