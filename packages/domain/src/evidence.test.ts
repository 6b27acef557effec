import { describe, expect, it } from "vitest";
import { expiryOn } from "./evidence";

describe("the last day of a piece of evidence", () => {
  it.each([
    [null, "none"],
    ["2026-10-04", "expired"],
    ["2026-10-05", "soon"],
    ["2026-11-04", "soon"],
    ["2026-11-05", "valid"],
  ] as const)("%s, seen on 2026-10-05, is %s", (expiresOn, expected) => {
    expect(expiryOn(expiresOn, "2026-10-05")).toBe(expected);
  });
});
