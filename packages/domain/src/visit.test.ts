import { describe, expect, it } from "vitest";
import { type ContactRule, EVERY, faultOfRule, INTERVALS, kindOfRule } from "./visit";

const rule: Omit<ContactRule, "code" | "validFrom" | "validTo"> = {
  name: { zh: "每季走访", en: "Visit quarterly" },
  everyone: false,
  categories: ["11"],
  fromAge: null,
  concerns: [],
  every: "P3M",
  asked: "visit",
  days: 0,
};

describe("a contact rule", () => {
  it("is an interval, a festival or an event", () => {
    expect(kindOfRule("P1W")).toEqual({ kind: "interval", interval: "P1W" });
    expect(kindOfRule("festival_spring")).toEqual({ kind: "festival", festival: "spring" });
    expect(kindOfRule("event_death")).toEqual({ kind: "event", event: "death" });
    expect(new Set(EVERY.map((every) => kindOfRule(every).kind)).size).toBe(3);
    expect(EVERY).toHaveLength(INTERVALS.length + 6);
  });

  it("concerns somebody", () => {
    expect(faultOfRule(rule)).toBe(null);
    expect(faultOfRule({ ...rule, categories: [] })).toEqual({ field: "who", problem: "nobody" });
    expect(faultOfRule({ ...rule, categories: [], everyone: true })).toBe(null);
    expect(faultOfRule({ ...rule, categories: [], concerns: ["careNeed"] })).toBe(null);
    expect(faultOfRule({ ...rule, categories: [], fromAge: 80 })).toBe(null);
    expect(faultOfRule({ ...rule, fromAge: 0 })).toEqual({ field: "fromAge", problem: "age" });
  });

  it("has a name in both languages, and days where it needs them", () => {
    expect(faultOfRule({ ...rule, name: { zh: " ", en: "x" } })).toEqual({
      field: "nameZh",
      problem: "empty",
    });
    expect(faultOfRule({ ...rule, name: { zh: "x", en: "" } })).toEqual({
      field: "nameEn",
      problem: "empty",
    });
    for (const every of ["festival_spring", "event_hospital"] as const) {
      expect(faultOfRule({ ...rule, every, days: 0 })).toEqual({ field: "days", problem: "days" });
      expect(faultOfRule({ ...rule, every, days: 7 })).toBe(null);
    }
  });
});
