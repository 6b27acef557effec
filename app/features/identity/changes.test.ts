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
      { name: "figures.A01", before: 3, after: 0 },
    ]);
    expect(changesOf(null, { reason: "调离" })).toEqual([{ name: "reason", before: null, after: "调离" }]);
    expect(changesOf(null, null)).toEqual([]);
  });

  it("shows the figures that a step changed as before beside after, and no places of our own making", () => {
    const after = { version: 2, path: "/7/", changes: { A01: [null, 12], C01: [4, 0] } };
    expect(changesOf({ version: 1, path: "/" }, after)).toEqual([
      { name: "version", before: 1, after: 2 },
      { name: "figures.A01", before: null, after: 12 },
      { name: "figures.C01", before: 4, after: 0 },
    ]);
  });

  it("does not follow nesting without end", () => {
    let deep: Record<string, unknown> = { end: 1 };
    for (let i = 0; i < 50; i++) deep = { deep };
    expect(changesOf(deep, null)).toHaveLength(1);
  });
});
