import { month } from "./support/months";
import { expect, type Page, test } from "./support/test";

test.use({ story: "demo" });

const FIRST = month(-12);
const LAST = month(-1);

/** The first number of an indicator's row in the dashboard's table of all figures. */
async function figureOf(page: Page, code: string): Promise<number> {
  const cells = await page
    .getByRole("row", { name: new RegExp(`^${code} `) })
    .getByRole("cell")
    .allInnerTexts();
  const number = cells.map((text) => text.replace(/[,%]/g, "").trim()).find((text) => /^[\d.]+$/.test(text));
  return Number(number);
}

test.describe("Liuhe, as its source document tells it", () => {
  test("a year of work", async ({ people }) => {
    const page = await people.as("liuhe.head");
    await page.goto(`/dashboard/figures?from=${FIRST}&to=${LAST}`);
    const shown: Record<string, number> = {};
    for (const code of ["C03", "D01", "D02", "D07", "E02", "E03"]) shown[code] = await figureOf(page, code);
    expect(shown).toEqual({ C03: 120, D01: 500, D02: 2000, D07: 7, E02: 24, E03: 5 });
  });

  test("where it stands at the end of last month", async ({ people }) => {
    const page = await people.as("liuhe.head");
    await page.goto(`/dashboard/figures?from=${LAST}&to=${LAST}`);
    expect(await figureOf(page, "B02")).toBe(65);
    expect(await figureOf(page, "B07")).toBe(18);
    expect(Math.round(await figureOf(page, "B08"))).toBe(28);
    expect(await figureOf(page, "A01")).toBeLessThanOrEqual(1500);
  });

  test("the town station's own people and boards", async ({ people }) => {
    const page = await people.as("liuhe.head");
    const { active } = await (await page.request.get("/api/v1/me")).json();
    await page.goto(`/stations/${active.station.id}/months/${LAST}`);
    await expect(page.locator("#f-B05")).toContainText("3");
    await expect(page.locator("#f-F01")).toContainText("16");
  });

  test("the month that is open: who has filed, and who has not", async ({ people }) => {
    const page = await people.as("liuhe.head");
    await page.goto(`/review?period=${month()}`);
    await expect(page.getByText(/待审核 4/).first()).toBeVisible();
    await expect(page.getByText(/退回 2/).first()).toBeVisible();
    await expect(page.getByText(/未报 12/).first()).toBeVisible();
  });
});
