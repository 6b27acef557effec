import { describe, expect, it } from "vitest";
import { festivalAround, festivalOn, festivalsAround, springFestival } from "./festivals";

/** As the Purple Mountain Observatory publishes them. */
const KNOWN = {
  2020: "01-25",
  2021: "02-12",
  2022: "02-01",
  2023: "01-22",
  2024: "02-10",
  2025: "01-29",
  2026: "02-17",
  2027: "02-06",
  2028: "01-26",
  2029: "02-13",
  2030: "02-03",
  2031: "01-23",
  2032: "02-11",
  2033: "01-31",
  2034: "02-19",
  2035: "02-08",
};

describe("festivals", () => {
  it("know Spring Festival from 2020 to 2035", () => {
    const found = Object.keys(KNOWN).map((year) => [year, springFestival(Number(year)).slice(5)]);
    expect(Object.fromEntries(found)).toEqual(KNOWN);
  });

  it("stand on their day every other year", () => {
    expect(festivalOn("army", 2026)).toBe("2026-08-01");
    expect(festivalOn("national", 2027)).toBe("2027-10-01");
  });

  it("are made up for within thirty days and then come again", () => {
    expect(festivalAround("national", "2026-10-01")).toBe("2026-10-01");
    expect(festivalAround("national", "2026-10-31")).toBe("2026-10-01");
    expect(festivalAround("national", "2026-11-01")).toBe("2027-10-01");
    expect(festivalAround("spring", "2026-01-02")).toBe("2026-02-17");
    expect(festivalAround("spring", "2026-12-31")).toBe("2027-02-06");
  });

  it("come in the order of their days", () => {
    expect(festivalsAround("2026-11-22")).toEqual([
      { festival: "spring", on: "2027-02-06" },
      { festival: "army", on: "2027-08-01" },
      { festival: "national", on: "2027-10-01" },
    ]);
    expect(festivalsAround("2026-08-05")[0]).toEqual({ festival: "army", on: "2026-08-01" });
  });
});
