import type { ReportEvent } from "@muster/db/queries/report-page";
import { describe, expect, it } from "vitest";
import { historyOf } from "./history";

const indicators = [
  { code: "A01", slot: 0, kind: "figure" },
  { code: "C01", slot: 1, kind: "figure" },
];
const event = (given: Partial<ReportEvent>): ReportEvent => ({
  id: String(given.version),
  action: "save",
  version: 1,
  round: 0,
  at: "2026-10-25T02:00:00Z",
  byName: "张三",
  byRole: "village_head",
  figures: null,
  changes: null,
  returned: null,
  reason: null,
  ...given,
});

describe("the history of a report", () => {
  it("tells one person's saves in a row as one, without what came back to where it was", () => {
    const entries = historyOf(
      [
        event({ version: 1, changes: { A01: [null, 3], C01: [null, 1] } }),
        event({ version: 2, changes: { A01: [3, 4] } }),
        event({ version: 3, changes: { C01: [1, null] } }),
        event({ version: 4, byName: "李四", changes: { C01: [null, 9] } }),
      ],
      indicators,
    );
    expect(entries.map(({ version, byName, changes }) => [version, byName, changes])).toEqual([
      [4, "李四", { C01: [null, 9] }],
      [3, "张三", { A01: [null, 4] }],
    ]);
  });

  it("leaves out saves that changed nothing", () => {
    expect(historyOf([event({ version: 1 })], indicators)).toEqual([]);
  });

  it("compares a submission with the one before, and keeps the reviewer's reasons", () => {
    const entries = historyOf(
      [
        event({ action: "submit", version: 1, figures: [300, 8], changes: { A01: [null, 300] } }),
        event({ action: "return", version: 2, returned: { C01: "请核对" } }),
        event({ version: 3, changes: { C01: [8, 9] } }),
        event({ action: "submit", version: 4, figures: [300, 9], changes: null }),
      ],
      indicators,
    );
    expect(entries.map(({ action, changes, returned }) => [action, changes, returned])).toEqual([
      ["submit", { C01: [8, 9] }, {}],
      ["save", { C01: [8, 9] }, {}],
      ["return", {}, { C01: "请核对" }],
      ["submit", {}, {}],
    ]);
  });
});
