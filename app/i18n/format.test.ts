import { period } from "@muster/domain/period";
import { describe, expect, it } from "vitest";
import {
  daysLeft,
  formatChange,
  formatDate,
  formatDateTime,
  formatDecimal,
  formatInteger,
  formatMoney,
  formatPercent,
  formatPeriod,
} from "./format";

describe("formats", () => {
  it("writes a period as offices do", () => {
    expect(formatPeriod(period("2026-10"), "zh-CN")).toBe("2026年10月");
    expect(formatPeriod(period("2026-01"), "en")).toBe("Jan 2026");
  });

  it("writes days and instants in the time of Shanghai", () => {
    expect(formatDate("2026-11-03", "zh-CN")).toBe("2026年11月3日");
    expect(formatDate("2026-11-03", "en")).toBe("3 Nov 2026");
    expect(formatDateTime(new Date("2026-10-31T16:05:59Z"))).toBe("2026-11-01 00:05");
    expect(formatDateTime("2026-10-31T12:16:00.000Z")).toBe("2026-10-31 20:16");
  });

  it("separates thousands and tells missing from zero", () => {
    expect(formatInteger(1234567)).toBe("1,234,567");
    expect(formatInteger(-1000)).toBe("-1,000");
    expect(formatInteger(999)).toBe("999");
    expect(formatInteger(0)).toBe("0");
    expect(formatInteger(null)).toBe("—");
    expect(formatInteger(9007199254740993n)).toBe("9,007,199,254,740,993");
    expect(formatChange(3)).toBe("+3");
    expect(formatChange(-3)).toBe("-3");
  });

  it("shows fen as yuan, exactly", () => {
    expect(formatMoney(300_000)).toBe("3,000");
    expect(formatMoney(300_050)).toBe("3,000.50");
    expect(formatMoney(5)).toBe("0.05");
    expect(formatMoney(-123_456_789)).toBe("-1,234,567.89");
    expect(formatMoney(null)).toBe("—");
  });

  it("gives shares one decimal, and none where nothing was expected", () => {
    expect(formatPercent(0.2812)).toBe("28.1%");
    expect(formatPercent(1)).toBe("100.0%");
    expect(formatPercent(null)).toBe("—");
    expect(formatPercent(Number.NaN)).toBe("—");
    expect(formatDecimal(1234.56)).toBe("1,234.6");
    expect(formatDecimal(486.04)).toBe("486");
    expect(formatDecimal(-0.01)).toBe("0");
  });

  it("knows today from tomorrow and yesterday", () => {
    expect(daysLeft(0).key).toBe("format.today");
    expect(daysLeft(2)).toEqual({ key: "format.daysLeft", count: 2 });
    expect(daysLeft(-3)).toEqual({ key: "format.daysOver", count: 3 });
  });
});
