import type { Locator } from "@playwright/test";
import { month } from "./support/months";
import { awake, expect, type Language, open, type Page, test } from "./support/test";
import { speaker } from "./support/words";

test.use({ story: "month", look: { device: "phone" } });

/** A month whose figures all come out of what was logged. */
for (const [language, who] of [
  ["zh-CN", "liuhe-10.head"],
  ["en", "liuhe-11.head"],
] as const satisfies [Language, string][]) {
  test(`the month files itself: three taps from the home page, not a figure typed (${language})`, async ({
    people,
  }) => {
    const say = speaker(language);
    const page = await people.as(who, { language });
    await open(page, "/");
    const taps: string[] = [];
    const tap = async (target: Locator) => {
      taps.push((await target.textContent()) ?? "");
      await target.click();
    };
    await page.evaluate(() => {
      document.addEventListener("keydown", () => {
        throw new Error("a key was pressed");
      });
    });
    await tap(page.getByRole("link", { name: say("fileNow") }));
    await expect(page.getByRole("button", { name: say("check") })).toBeVisible();
    await awake(page);
    await tap(page.getByRole("button", { name: say("check") }));
    await expect(page.getByRole("button", { name: say("submit") })).toBeVisible();
    await awake(page);
    await tap(page.getByRole("button", { name: say("submit") }));
    await expect(page.getByText(say("submitted"))).toBeVisible();
    expect(taps).toHaveLength(3);

    // What was filed is what the records say, and something is in it.
    const report = await reportOf(page, month());
    expect(report.status).toBe("submitted");
    expect(report.figures.A01).toBeGreaterThan(0);
    const { C01 = null, D01 = null, D02 = null } = report.figures;
    expect([C01, D01, D02]).not.toContain(null);
    expect(Number(C01) + Number(D01) + Number(D02)).toBeGreaterThan(0);
  });
}

test("every number opens to the list of records it counts, of a closed month and of the running one", async ({
  people,
}) => {
  const closed = await people.as("liuhe-01.head");
  const lists = await listsOf(closed, month(-1));
  expect(new Set(lists.map(({ href }) => href.split("?")[0]))).toEqual(
    new Set(["/people", "/visits", "/reception", "/petitions", "/assistance", "/findings"]),
  );
  for (const list of lists) await expectAsMany(closed, list);
  // Somebody is overdue there this month.
  const running = await people.as("liuhe-04.head");
  const overdue = (await listsOf(running, month())).find(({ href }) => href.includes("visits.overdue"));
  expect(overdue?.count).toBeGreaterThan(0);
  if (overdue) await expectAsMany(running, overdue);
});

interface Behind {
  href: string;
  count: number;
}

/** The lists that a month's figures link to, with how many records each says it comes from. */
async function listsOf(page: Page, period: string): Promise<Behind[]> {
  await open(page, `/stations/${await ownStation(page)}/months/${period}`);
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>("main a[href*='figure=']")].map((link) => ({
      href: link.getAttribute("href") ?? "",
      count: Number(/\d+/.exec(link.textContent ?? "")?.[0]),
    })),
  );
}

async function expectAsMany(page: Page, { href, count }: Behind): Promise<void> {
  await open(page, href);
  await expect(page.locator("main table tbody tr"), href).toHaveCount(count);
}

async function ownStation(page: Page): Promise<number> {
  return Number((await (await page.request.get("/api/v1/me")).json()).active.station.id);
}

async function reportOf(
  page: Page,
  period: string,
): Promise<{ status: string; figures: Record<string, number | null> }> {
  return (await page.request.get(`/api/v1/stations/${await ownStation(page)}/reports/${period}`)).json();
}
