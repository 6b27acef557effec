import type { Locator } from "@playwright/test";
import { checkAndSubmit, explainAll, figure, typeFigures } from "./filing";
import { month } from "./months";
import { awake, type Device, expect, type Language, open, type Page, type People, test } from "./test";
import { speaker } from "./words";

export interface Journey {
  language: Language;
  /** On what the villages work. */
  village: Device;
  /** On what town and city work. */
  office: Device;
}

const NOW = month();

/** The whole way of a month from the village to the city and back, told in one language. */
export function tell({ language, village, office }: Journey): void {
  const say = speaker(language);
  const ids = new Map<string, number>();

  const atVillage = (people: People, who: string) => people.as(who, { language, device: village });
  const atOffice = (people: People, who: string) => people.as(who, { language, device: office });
  const stationOf = async (page: Page, who: string) => {
    const known = ids.get(who);
    if (known) return known;
    const id = Number((await (await page.request.get("/api/v1/me")).json()).active.station.id);
    ids.set(who, id);
    return id;
  };
  const report = async (page: Page, who: string) => `/stations/${await stationOf(page, who)}/months/${NOW}`;

  test.describe.configure({ mode: "serial" });

  test("a village head fills in the month and submits it", async ({ people }) => {
    const page = await atVillage(people, "liuhe-01.head");
    await open(page, await report(page, "liuhe-01.head"));
    await page.getByRole("button", { name: say("fillZeros") }).click();
    await typeFigures(page, say, [
      [say("visits"), "9"],
      [say("people"), "4"],
      [say("answers"), "3"],
    ]);
    await explainAll(page, "本月集中走访");
    await checkAndSubmit(page, say);
  });

  test("the town's clerk returns one figure with a reason", async ({ people }) => {
    const page = await atOffice(people, "liuhe.clerk");
    await open(page, `/review/${ids.get("liuhe-01.head")}/${NOW}`);
    const fold = page.locator("summary").filter({ hasText: /其余|more/ });
    if (await fold.isVisible()) await fold.click();
    await page.getByRole("checkbox", { name: /C01/ }).check();
    await page.getByRole("combobox", { name: /C01/ }).fill("与走访台账不符，请核对");
    await answered(page, page.getByRole("button", { name: say("returnOne") }));
  });

  test("the village head sees the reason at the figure, corrects it and submits again", async ({
    people,
  }) => {
    const page = await atVillage(people, "liuhe-01.head");
    await open(page, await report(page, "liuhe-01.head"));
    await expect(page.getByText(say("returnedBy")).first()).toBeVisible();
    await expect(page.getByText("与走访台账不符，请核对").first()).toBeVisible();
    await typeFigures(page, say, [[say("visits"), "6"]]);
    await explainAll(page, "已核对台账");
    await checkAndSubmit(page, say);
  });

  let before = 0;

  test("the city reads the month's visits before they are accepted", async ({ people }) => {
    const page = await atOffice(people, "yunling.admin");
    before = await visitsOnDashboard(page);
  });

  test("the town head sees only what changed, accepts it, and the city's total moves at once", async ({
    people,
  }) => {
    const page = await atOffice(people, "liuhe.head");
    await open(page, `/review/${ids.get("liuhe-01.head")}/${NOW}`);
    await expect(page.getByRole("row", { name: /C01/ }).first()).toContainText("6");
    await page
      .getByRole("button", { name: say("accept") })
      .and(page.locator("#accept-report"))
      .click();
    await expect(page.getByText(say("acceptedFlash"))).toBeVisible();
    const city = await atOffice(people, "yunling.admin");
    expect(await visitsOnDashboard(city)).toBe(before + 6);
  });

  test("the town head accepts all that are submitted, each with its result", async ({ people }) => {
    const page = await atOffice(people, "liuhe.head");
    await open(page, `/review?period=${NOW}&status=waiting`);
    const boxes = page.locator("input[name=station]");
    const waiting = await boxes.count();
    expect(waiting).toBe(4);
    for (const box of await boxes.all()) await box.check();
    await page.getByRole("button", { name: say("acceptTicked") }).click();
    const results = page.getByRole("table", { name: say("results") });
    await expect(results.getByRole("row").filter({ hasText: say("resultAccepted") })).toHaveCount(waiting);
  });

  test("the town head excuses who cannot report, and signs the month off", async ({ people }) => {
    const page = await atOffice(people, "liuhe.head");
    await open(page, `/review/sign-off?period=${NOW}`);
    const reasons = page.getByRole("textbox", { name: say("excuse") });
    // Villages 02 to 12 have not filed, 17 and 18 have not corrected.
    await expect(reasons).toHaveCount(13);
    for (const box of await reasons.all()) await box.fill("站长住院，下月补报");
    await page.getByRole("button", { name: say("confirmSignOff"), exact: true }).click();
    await expect(page.getByText(say("signedOff"))).toBeVisible();
  });

  test("the town files its own report, and the city accepts it", async ({ people }) => {
    const page = await atOffice(people, "liuhe.head");
    await open(page, await report(page, "liuhe.head"));
    const zeros = page.getByRole("button", { name: say("fillZeros") });
    if (await zeros.isVisible()) {
      await zeros.click();
      await typeFigures(page, say, [[say("answers"), "12"]]);
      await explainAll(page, "镇站接待");
      await checkAndSubmit(page, say);
    }
    const city = await atOffice(people, "yunling.admin");
    await open(city, `/review/${ids.get("liuhe.head")}/${NOW}`);
    await city.locator("#accept-report").click();
    await expect(city.getByText(say("acceptedFlash"))).toBeVisible();
  });

  test("the city's administrator locks the month", async ({ people }) => {
    const page = await atOffice(people, "yunling.admin");
    await open(page, `/review/lock?period=${NOW}`);
    for (const box of await page.getByRole("textbox", { name: say("excuse") }).all())
      await box.fill("镇里来函说明");
    await page.getByRole("checkbox").check();
    await answered(page, page.getByRole("button", { name: say("lock") }));
    await expect(page.getByText(say("locked")).first()).toBeVisible();
    const village = await atVillage(people, "liuhe-01.head");
    await open(village, await report(village, "liuhe-01.head"));
    await expect(figure(village, say("visits"))).toHaveCount(0);
  });

  test("one station is unlocked, amends its month, and the total follows once that is accepted", async ({
    people,
  }) => {
    const city = await atOffice(people, "yunling.admin");
    const locked = await visitsOnDashboard(city);
    await open(city, `/review/lock?period=${NOW}`);
    const village = await atVillage(people, "liuhe-01.head");
    const station = await stationOf(village, "liuhe-01.head");
    const { items } = await (await village.request.get("/api/v1/stations")).json();
    const { code } = items.find((each: { id: number }) => each.id === station);
    await city.getByRole("searchbox", { name: say("findStation") }).fill(code);
    await city.getByRole("searchbox", { name: say("findStation") }).press("Enter");
    await city.getByRole("textbox", { name: say("unlockReason") }).fill("漏报两次走访");
    await answered(city, city.getByRole("button", { name: say("unlock"), exact: true }));
    await expect(city.getByText(say("unlocked")).first()).toBeVisible();

    await open(village, await report(village, "liuhe-01.head"));
    await village.getByRole("link", { name: say("amend"), exact: true }).click();
    await village.getByRole("textbox", { name: say("amendReason") }).fill("漏报两次走访");
    await village.getByRole("button", { name: say("amend") }).click();
    await expect(village.getByText(say("beingAmended"))).toBeVisible();
    await awake(village);
    await typeFigures(village, say, [[say("visits"), "8"]]);
    await explainAll(village, "补报两次走访");
    await checkAndSubmit(village, say);
    expect(await visitsOnDashboard(city)).toBe(locked);

    const town = await atOffice(people, "liuhe.head");
    await open(town, `/review/${station}/${NOW}`);
    await town.locator("#accept-report").click();
    await expect(town.getByText(say("acceptedFlash"))).toBeVisible();
    expect(await visitsOnDashboard(city)).toBe(locked + 2);
  });

  test("the other city sees none of it", async ({ people, troubles, house }) => {
    troubles.expect(/status of 404/);
    const page = await atOffice(people, "xinghe.admin");
    const station = ids.get("liuhe-01.head");
    for (const path of [
      `/stations/${station}`,
      `/stations/${station}/months/${NOW}`,
      `/stations/${station}/months/${NOW}/history`,
      `/review/${station}/${NOW}`,
      `/dashboard?station=${station}`,
      `/dashboard/figures?station=${ids.get("liuhe.head")}`,
      `/api/v1/stations/${station}/reports/${NOW}`,
    ]) {
      expect([path, (await page.goto(path))?.status()]).toEqual([path, 404]);
    }
    for (const path of ["/", "/months", "/review", "/dashboard", "/stations", "/users", "/audit"]) {
      await page.goto(path);
      expect(await page.locator("body").textContent()).not.toMatch(/云岭|柳河|Yunling|Liuhe/i);
    }
    expect(await house.faults()).toEqual([]);
  });
}

/** The month's accepted visits of the whole city, as the dashboard's table of all figures shows them. */
async function visitsOnDashboard(page: Page): Promise<number> {
  await page.goto(`/dashboard/figures?from=${NOW}&to=${NOW}&basis=accepted&indicator=C01`);
  const row = page.getByRole("row", { name: /^C01 / });
  const cells = await row.getByRole("cell").allInnerTexts();
  const number = cells.map((text) => text.replaceAll(",", "").trim()).find((text) => /^\d+$/.test(text));
  if (number === undefined) throw new Error(`no figure in the row ${cells.join(" | ")}`);
  return Number(number);
}

/** Presses a button and waits until the server has taken the form: what follows may be on another page. */
async function answered(page: Page, button: Locator): Promise<void> {
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await button.click();
  expect((await answer).status()).toBeLessThan(400);
}
