import { describe, expect, it } from "vitest";
import { dueDayOf, isOwed, type Owing, standingOf } from "./standing";
import { STATUSES } from "./workflow";

const TODAY = "2026-11-22";

const plain: Owing = {
  status: "draft",
  dueOn: "2026-12-03",
  returnDueOn: null,
  unlockedUntil: null,
  excused: null,
  closed: false,
};

describe("dueDayOf", () => {
  it("is the rule's day until somebody sets another", () => {
    expect(dueDayOf(plain, TODAY)).toBe("2026-12-03");
  });

  it("is the reviewer's day while the report is sent back", () => {
    const returned: Owing = { ...plain, status: "returned", returnDueOn: "2026-11-25" };
    expect(dueDayOf(returned, TODAY)).toBe("2026-11-25");
    expect(dueDayOf({ ...returned, status: "submitted" }, TODAY)).toBe("2026-12-03");
  });

  it("is the unlocking's last day while it runs, and not after", () => {
    const unlocked: Owing = { ...plain, status: "amending", closed: true, unlockedUntil: TODAY };
    expect(dueDayOf(unlocked, TODAY)).toBe(TODAY);
    expect(dueDayOf({ ...unlocked, unlockedUntil: "2026-11-21" }, TODAY)).toBe("2026-12-03");
  });
});

describe("standingOf", () => {
  it("is the report's own state in an open month, for every state", () => {
    for (const status of STATUSES) expect(standingOf({ ...plain, status }, TODAY)).toBe(status);
  });

  it("says excused before it says missing", () => {
    expect(standingOf({ ...plain, excused: "站长住院", closed: true }, TODAY)).toBe("excused");
    expect(standingOf({ ...plain, closed: true }, TODAY)).toBe("missing");
    expect(standingOf({ ...plain, status: "returned", closed: true }, TODAY)).toBe("missing");
  });

  it("is open again while the city's unlocking runs", () => {
    expect(standingOf({ ...plain, closed: true, unlockedUntil: TODAY }, TODAY)).toBe("draft");
    expect(standingOf({ ...plain, closed: true, unlockedUntil: "2026-11-21" }, TODAY)).toBe("missing");
  });

  it("never calls a filed report missing", () => {
    for (const status of ["submitted", "accepted", "locked", "amending"] as const)
      expect(standingOf({ ...plain, status, closed: true }, TODAY)).toBe(status);
  });
});

describe("isOwed", () => {
  it("asks for what is not filed and can still be", () => {
    expect(isOwed(plain, TODAY)).toBe(true);
    expect(isOwed({ ...plain, closed: true }, TODAY)).toBe(false);
    expect(isOwed({ ...plain, excused: "站长住院" }, TODAY)).toBe(false);
    expect(isOwed({ ...plain, status: "accepted" }, TODAY)).toBe(false);
  });
});
