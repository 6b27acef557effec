import { describe, expect, it } from "vitest";
import { planPaste } from "./paste";

const fields = [
  { code: "A01", names: ["服务对象总数", "Beneficiaries"] },
  { code: "A02", names: ["退役军人"] },
  { code: "C01", names: ["走访慰问"] },
];

describe("pasting from a spreadsheet", () => {
  it("leaves a single cell to the browser", () => {
    expect(planPaste("12", fields, "A01")).toBeNull();
    expect(planPaste("12\r\n", fields, "A01")).toBeNull();
    expect(planPaste("", fields, "A01")).toBeNull();
  });

  it("fills a column down from the field in hand, in the order of the form", () => {
    expect(planPaste("1,200\r\n７\r\n", fields, "A02")).toEqual({
      values: { A02: "1,200", C01: "７" },
      left: 0,
    });
  });

  it("keeps a field whose cell is empty, and counts what found no field", () => {
    expect(planPaste("1\n\n3\n4", fields, "A01")).toEqual({ values: { A01: "1", C01: "3" }, left: 1 });
  });

  it("goes by code or name where the rows begin with one, in any order", () => {
    const block = "指标\t本月\n走访慰问\t人次\t19\nA01\t\t410\n别的\t5\nBeneficiaries\t\n";
    expect(planPaste(block, fields, "A02")).toEqual({ values: { C01: "19", A01: "410" }, left: 2 });
  });

  it("takes the first column of a block without names", () => {
    expect(planPaste("1\t9\n2\t8", fields, "A01")).toEqual({ values: { A01: "1", A02: "2" }, left: 0 });
  });

  it("begins at the top when the field is not known", () => {
    expect(planPaste("1\n2", fields, "Z99")).toEqual({ values: { A01: "1", A02: "2" }, left: 0 });
  });
});
