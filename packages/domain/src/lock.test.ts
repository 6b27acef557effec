import { describe, expect, it } from "vitest";
import { lockOf, type MonthState } from "./lock";
import { addMonths, period } from "./period";
import { REPORT_ACTIONS, type ReportAction, STATUSES, type Status, transition } from "./workflow";

const AT = period("2026-10");
const TODAY = "2026-10-25";
const OPEN: MonthState = {
  expected: true,
  submitFrom: "2026-10-20",
  signedOff: false,
  locked: false,
  unlockedUntil: null,
};
const SIGNED: MonthState = { ...OPEN, signedOff: true };
const LOCKED: MonthState = { ...SIGNED, locked: true };

function reason(action: ReportAction, status: Status, month: MonthState, today = TODAY, at = AT) {
  return lockOf(action, status, at, month, today)?.reason ?? null;
}

const combinations = REPORT_ACTIONS.flatMap((action) => STATUSES.map((status) => [action, status] as const));
const exists = (action: ReportAction, status: Status) => transition(action, status) !== null;

describe("in an open month", () => {
  it.each(combinations)("%s from %s is open exactly when the workflow has the step", (action, status) => {
    expect(reason(action, status, OPEN)).toBe(exists(action, status) ? null : status);
  });

  it("says who can open what the report's own state holds", () => {
    const opener = (action: ReportAction, status: Status) => lockOf(action, status, AT, OPEN, TODAY)?.opener;
    expect(opener("accept", "draft")).toBe("own");
    expect(opener("accept", "returned")).toBe("own");
    expect(opener("accept", "amending")).toBe("own");
    expect(opener("save", "submitted")).toBe("reviewer");
    expect(opener("save", "accepted")).toBe("own");
    expect(opener("save", "locked")).toBe("city");
  });
});

describe("submitting", () => {
  it("begins on the day the city has set; drafts may be saved before", () => {
    const early = "2026-10-19";
    expect(lockOf("submit", "draft", AT, OPEN, early)).toEqual({
      reason: "not_submittable_yet",
      opener: "time",
      until: "2026-10-20",
    });
    expect(reason("submit", "draft", OPEN, "2026-10-20")).toBeNull();
    expect(reason("save", "draft", OPEN, early)).toBeNull();
  });
});

describe("a month to come", () => {
  it.each(combinations)("is closed to %s from %s until its first day", (action, status) => {
    const next = addMonths(AT, 1);
    expect(lockOf(action, status, next, OPEN, TODAY)).toEqual({
      reason: "future",
      opener: "time",
      until: "2026-11-01",
    });
  });

  it("is open on its first day in the city's time zone", () => {
    expect(reason("save", "draft", OPEN, "2026-10-01")).toBeNull();
    expect(reason("save", "draft", OPEN, "2026-09-30")).toBe("future");
  });
});

describe("a month in which the station was not expected to report", () => {
  it.each(combinations)("is closed to %s from %s", (action, status) => {
    expect(reason(action, status, { ...LOCKED, expected: false })).toBe("not_expected");
  });
});

describe("a month that is signed off", () => {
  it.each(combinations)("is closed to %s from %s, the city's lock excepted", (action, status) => {
    const lock = lockOf(action, status, AT, SIGNED, TODAY);
    if (action === "lock") expect(lock?.reason ?? null).toBe(exists(action, status) ? null : status);
    else expect(lock).toEqual({ reason: "signed_off", opener: "reviewer", until: null });
  });
});

describe("a month that is locked", () => {
  it.each(combinations)("is closed to %s from %s, and only the city opens it", (action, status) => {
    const lock = lockOf(action, status, AT, LOCKED, TODAY);
    if (action === "lock") expect(lock?.reason ?? null).toBe(exists(action, status) ? null : status);
    else expect(lock).toEqual({ reason: "locked", opener: "city", until: null });
  });
});

describe("a station unlocked until a day", () => {
  const unlocked: MonthState = { ...LOCKED, unlockedUntil: "2026-10-28" };

  it.each(combinations)("may %s from %s up to and on that day as in an open month", (action, status) => {
    for (const today of ["2026-10-27", "2026-10-28"])
      expect(reason(action, status, unlocked, today)).toBe(exists(action, status) ? null : status);
  });

  it("is closed again to its own steps on the day after", () => {
    for (const [action, status] of [
      ["amend", "locked"],
      ["save", "amending"],
      ["submit", "amending"],
    ] as const)
      expect(reason(action, status, unlocked, "2026-10-29")).toBe("locked");
  });

  it("has its amendment decided even afterwards, or it would hang", () => {
    for (const [action, status] of [
      ["accept", "submitted"],
      ["return", "submitted"],
      ["cancel", "amending"],
    ] as const)
      expect(reason(action, status, unlocked, "2026-10-29")).toBeNull();
  });
});
