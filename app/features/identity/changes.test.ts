import { describe, expect, it } from "vitest";
import { changesOf } from "./changes";

describe("what an audit entry says", () => {
  it("is listed value by value, before beside after, nested values by their path", () => {
    expect(
      changesOf(
        { status: "draft", figures: { A01: 3, C01: null } },
        { status: "submitted", figures: { A01: 0 } },
      ),
    ).toEqual([
      { name: "status", before: "draft", after: "submitted" },
      { name: "figures.A01", before: "3", after: "0" },
    ]);
    expect(changesOf(null, { reason: "调离" })).toEqual([{ name: "reason", before: null, after: "调离" }]);
    expect(changesOf(null, null)).toEqual([]);
  });

  it("does not follow nesting without end", () => {
    let deep: Record<string, unknown> = { end: 1 };
    for (let i = 0; i < 50; i++) deep = { deep };
    expect(changesOf(deep, null)).toHaveLength(1);
  });
});
