import { describe, expect, it } from "vitest";
import {
  completenessOf,
  entriesOf,
  factsOf,
  filledIn,
  neededIn,
  readEntry,
  readSection,
  SECTION_NAMES,
} from "./person-sections";

describe("a section of the archive", () => {
  it("keeps what was answered and names what is wrong, entry by entry", () => {
    expect(
      readSection("contact", { address: " 河湾村3组 ", emergencyPhone: "12", phone2: "", stranger: "x" }),
    ).toEqual({ content: { address: "河湾村3组" }, problems: { emergencyPhone: "phone" } });
    expect(readSection("service", { enlistedOn: "1968-02-30", branch: "space" }).problems).toEqual({
      enlistedOn: "date",
      branch: "choice",
    });
  });

  it("takes an account number with blanks and none with letters", () => {
    const entry = { kind: "digits", least: 8, most: 24 } as const;
    expect(readEntry(entry, "6222 0212 3456 7890")).toEqual({ value: "6222021234567890" });
    expect(readEntry(entry, "62220212345678X")).toEqual({ problem: "digits" });
  });

  it("says in the clear only what lists and figures need", () => {
    const said = SECTION_NAMES.map((section) => [section, Object.keys(factsOf(section, {}))]);
    expect(Object.fromEntries(said)).toMatchObject({
      health: ["careNeed"],
      contact: [],
      work: ["hardship"],
      service: [],
      needs: [],
    });
    expect(factsOf("family", { livingAlone: "yes", emptyNest: "no" })).toEqual({
      livingAlone: true,
      emptyNest: false,
    });
    const care = (care: string) => factsOf("health", { care, chronic: "高血压" });
    expect(["none", "partial", "full"].map(care)).toEqual([
      { careNeed: false },
      { careNeed: true },
      { careNeed: true },
    ]);
    expect(factsOf("work", { hardship: "yes" })).toEqual({ hardship: true });
    expect(factsOf("entitlement", { cardNumber: "苏1", cardSince: "2022-01-05" }).cardSince).toBe(
      "2022-01-05",
    );
    expect(factsOf("entitlement", { cardNumber: "苏1" }).cardSince).toBe("today");
    expect(factsOf("entitlement", { cardSince: "2022-01-05" }).cardSince).toBeNull();
  });
});

describe("the completeness of an archive", () => {
  const all = Object.fromEntries(SECTION_NAMES.map((section) => [section, neededIn(section)]));

  it("is 100 only when nothing is missing", () => {
    expect(completenessOf(3, all)).toBe(100);
    expect(completenessOf(2, all)).toBeLessThan(100);
    for (const section of SECTION_NAMES)
      expect(completenessOf(3, { ...all, [section]: neededIn(section) - 1 }), section).toBeLessThan(100);
    expect(completenessOf(0, {})).toBe(0);
  });

  it("counts needed answers and no others", () => {
    for (const section of SECTION_NAMES) {
      const needed = entriesOf(section).filter(([, entry]) => entry.needed);
      const others = entriesOf(section).filter(([, entry]) => !entry.needed);
      expect(filledIn(section, Object.fromEntries(needed.map(([name]) => [name, "x"])))).toBe(
        neededIn(section),
      );
      expect(filledIn(section, Object.fromEntries(others.map(([name]) => [name, "x"])))).toBe(0);
    }
  });
});
