import { describe, expect, it } from "vitest";
import { DEFAULT_DEADLINES, deadlinesAt, dueOn, lockOn, submitFrom } from "./deadline";
import { period } from "./period";

const OCTOBER = period("2026-10");
const DEFAULT = { validFrom: period("2026-01"), ...DEFAULT_DEADLINES };

describe("deadlines", () => {
  it("are by default the 3rd for villages, the 6th for towns and the 10th for the lock, of the next month", () => {
    expect(dueOn(DEFAULT, OCTOBER, "village")).toBe("2026-11-03");
    for (const level of ["town", "district", "city"] as const)
      expect(dueOn(DEFAULT, OCTOBER, level)).toBe("2026-11-06");
    expect(lockOn(DEFAULT, OCTOBER)).toBe("2026-11-10");
    expect(submitFrom(DEFAULT, OCTOBER)).toBe("2026-10-20");
    expect(dueOn(DEFAULT, period("2026-12"), "village")).toBe("2027-01-03");
  });

  it("are those of the latest version that had begun, whatever the order of the versions", () => {
    const later = { ...DEFAULT, validFrom: OCTOBER, villageDay: 5 };
    for (const versions of [
      [DEFAULT, later],
      [later, DEFAULT],
    ]) {
      expect(deadlinesAt(versions, period("2026-09")).villageDay).toBe(3);
      expect(deadlinesAt(versions, OCTOBER).villageDay).toBe(5);
      expect(deadlinesAt(versions, period("2027-01")).villageDay).toBe(5);
    }
  });

  it("are the default ones before the first version", () => {
    expect(deadlinesAt([DEFAULT], period("2025-12"))).toEqual({ validFrom: "2025-12", ...DEFAULT_DEADLINES });
  });
});
