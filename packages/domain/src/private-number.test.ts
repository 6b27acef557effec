import { describe, expect, it } from "vitest";
import { holdsPrivateNumber } from "./private-number";

describe("a number that is somebody's", () => {
  it.each([
    "13877665544",
    "电话13877665544，请联系",
    "138 7766 5544",
    "138-7766-5544",
    "１３８７７６６５５４４",
    "32990019460501077X",
    "329900194605010771",
    "身份证329900 19460501 0771",
    "6222021234567890123",
    "6222 0212 3456 7890",
  ])("is found in %s", (text) => {
    expect(holdsPrivateNumber(text)).toBe(true);
  });

  it.each([
    "",
    "2026-10-31",
    "021-65432109",
    "320000000000",
    "云退役发〔2026〕12 号",
    "0198c000-0000-7000-8000-138776655441",
    "a13877665544",
    "9c13877665544f00",
    "1200000.00",
    "10000000000",
  ])("is not taken for one: %s", (text) => {
    expect(holdsPrivateNumber(text)).toBe(false);
  });
});
