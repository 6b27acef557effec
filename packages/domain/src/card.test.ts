import { expect, it } from "vitest";
import { CARD_PLACES, CARD_SIZE, latestEnd, serialOf, sheetsOf, standingOf, usualEnd } from "./card";

it("counts a card's last day as valid and the next one as expired", () => {
  const card = { state: "issued", validUntil: "2029-12-31" } as const;
  expect(standingOf(card, "2029-12-31")).toBe("valid");
  expect(standingOf(card, "2030-01-01")).toBe("expired");
  expect(standingOf({ ...card, state: "replaced" }, "2026-01-01")).toBe("replaced");
});

it("gives serials of the year, and ends at the end of a year", () => {
  expect(serialOf({ year: 2026, number: 42 })).toBe("2026-00042");
  expect(usualEnd("2026-11-21")).toBe("2029-12-31");
  expect(latestEnd("2026-11-21")).toBe("2036-12-31");
});

it("lays ten cards of 85.6 by 54 mm on an A4 sheet, none over another or over the edge", () => {
  expect(CARD_PLACES).toHaveLength(10);
  for (const { x, y } of CARD_PLACES) {
    expect(x).toBeGreaterThanOrEqual(50);
    expect(y).toBeGreaterThanOrEqual(50);
    expect(x + CARD_SIZE.width).toBeLessThanOrEqual(2050);
    expect(y + CARD_SIZE.height).toBeLessThanOrEqual(2920);
  }
  const overlaps = CARD_PLACES.flatMap((a, i) =>
    CARD_PLACES.slice(i + 1).filter(
      (b) => Math.abs(a.x - b.x) < CARD_SIZE.width && Math.abs(a.y - b.y) < CARD_SIZE.height,
    ),
  );
  expect(overlaps).toEqual([]);
});

it("deals cards out to sheets of ten", () => {
  const cards = Array.from({ length: 23 }, (_, i) => i);
  expect(sheetsOf(cards).map((sheet) => sheet.length)).toEqual([10, 10, 3]);
  expect(sheetsOf(cards).flat()).toEqual(cards);
  expect(sheetsOf([])).toEqual([]);
});
