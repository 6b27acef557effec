import { describe, expect, it } from "vitest";
import { period } from "./period";
import { listBehind, REGISTER_NAMES, REGISTERS } from "./register";

describe("the list behind a figure", () => {
  const at = { stationId: 7, period: period("2026-10") };

  it("is the register's own, of the station alone or of everything below it", () => {
    expect(listBehind("people.veterans", { ...at, own: true })).toBe(
      "/people?figure=people.veterans&period=2026-10&station=7&own=1",
    );
    expect(listBehind("findings.overdue", { ...at, own: false })).toBe(
      "/findings?figure=findings.overdue&period=2026-10&station=7",
    );
  });

  it("is there for every figure of every register, and for no other", () => {
    for (const name of REGISTER_NAMES) {
      for (const figure of REGISTERS[name].figures) {
        expect(listBehind(figure, { ...at, own: true })).toMatch(
          new RegExp(`^${REGISTERS[name].address}\\?`),
        );
      }
    }
    expect(listBehind("station.open", { ...at, own: true })).toBeNull();
    expect(listBehind("", { ...at, own: true })).toBeNull();
  });
});
