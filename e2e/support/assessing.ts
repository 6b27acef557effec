import type { Locator } from "@playwright/test";
import { PHOTOS } from "./files";
import type { Journey } from "./journey";
import { month } from "./months";
import { awake, expect, open, type Page, type People, test } from "./test";
import { speaker } from "./words";

/** The demo's stations are assessed for the year of the last closed month. */
const YEAR = month(-1).slice(0, 4);
/** Has begun its self-assessment and not sent it. */
const VILLAGE = "liuhe-02.head";

/** What a browser says of a page whose network is gone; the framework looks for further routes meanwhile. */
const OFFLINE = /ERR_INTERNET_DISCONNECTED|Failed to fetch manifest patches/;

/** An assessment from the village's photos over a finding and its rectification to the city's spot check. */
export function tellAssessment({ language, village, office }: Journey): void {
  const say = speaker(language);
  let address = "";
  let finding = "";

  const atVillage = (people: People) => people.as(VILLAGE, { language, device: village });
  const atOffice = (people: People, who: string) => people.as(who, { language, device: office });
  const stationOf = async (page: Page) =>
    Number((await (await page.request.get("/api/v1/me")).json()).active.station.id);
  const item = (page: Page, code: string) => page.locator(`#item-${code}`);
  const photosOf = (row: Locator) => row.locator("img");
  /** What the city's list says of the town: `checked / waiting / stations`. */
  const townInList = async (people: People) => {
    const page = await atOffice(people, "yunling.admin");
    await open(page, `/assessments?year=${YEAR}`);
    const cell = page.getByRole("row", { name: /柳河镇/ }).getByRole("link", { name: /\d+ \/ \d+ \/ \d+/ });
    const [checked, waiting, stations] = (await cell.textContent())?.match(/\d+/g)?.map(Number) ?? [];
    return { checked: checked ?? 0, waiting: waiting ?? 0, stations: stations ?? 0 };
  };

  /** One of the numbers at the top of the city's dashboard. */
  const onDashboard = async (people: People, key: "failingKey" | "unsettledKey") => {
    const page = await atOffice(people, "yunling.admin");
    await open(page, "/dashboard/compliance");
    const label = page.getByText(say(key), { exact: true }).first();
    const text = await label.locator("xpath=following-sibling::span[1]").textContent();
    return Number(/\d+/.exec(text ?? "")?.[0]);
  };
  /** How many stations do not meet the Five Haves, and how many findings are open. */
  const failing = (people: People) => onDashboard(people, "failingKey");
  const unsettled = (people: People) => onDashboard(people, "unsettledKey");

  test.describe.configure({ mode: "serial" });

  test("a village head photographs what shows an item, and the item is proven", async ({ people }) => {
    const page = await atVillage(people);
    address = `/stations/${await stationOf(page)}/assessments/${YEAR}`;
    await open(page, address);
    const row = item(page, "O1");
    await expect(row.getByText(say("noProof"))).toBeVisible();
    await row.locator("input[type=file]").first().setInputFiles(PHOTOS[0]);
    await expect(photosOf(row)).toHaveCount(1);
    await expect(row.getByText(say("proven"))).toBeVisible();
    // The rate below 100% leads to those who are missing.
    await item(page, "G7")
      .getByRole("link", { name: say("notArchived") })
      .click();
    await page.waitForURL(/\/people\?.*archive=open/);
    await expect(page.getByRole("row").nth(1)).toBeVisible();
  });

  test("a photo taken without a network is kept, also over a closed page, and sent when it is back", async ({
    people,
    troubles,
  }) => {
    troubles.expect(OFFLINE);
    const page = await atVillage(people);
    await open(page, address);
    const row = item(page, "G5");
    const before = await photosOf(row).count();
    await page.context().setOffline(true);
    await row.locator("input[type=file]").first().setInputFiles(PHOTOS[1]);
    await expect(row.getByText(say("retrying"))).toBeVisible();
    await page.close();
    await page.context().setOffline(false);
    const again = await page.context().newPage();
    await open(again, address);
    await expect(photosOf(item(again, "G5"))).toHaveCount(before + 1);
    await expect(item(again, "G5").getByText(say("retrying"))).toBeHidden();
  });

  test("the network comes back while the page is open, and the photo goes by itself", async ({
    people,
    troubles,
  }) => {
    troubles.expect(OFFLINE);
    const page = await atVillage(people);
    await open(page, address);
    const row = item(page, "G6");
    await page.context().setOffline(true);
    await row.locator("input[type=file]").first().setInputFiles(PHOTOS[1]);
    await expect(row.getByText(say("retrying"))).toBeVisible();
    await page.context().setOffline(false);
    await expect(photosOf(row)).toHaveCount(1);
  });

  test("what is said without evidence needs a reason; then the self-assessment is sent", async ({
    people,
    troubles,
  }) => {
    troubles.expect(/422/);
    const page = await atVillage(people);
    await open(page, address);
    await answerAll(page);
    await item(page, "G7").locator("input[name='v.G7']").fill("99");
    // Too small a room: the one mandatory item that fails, until the city measures it.
    await item(page, "G1").locator("input[name='v.G1']").fill("20");
    await item(page, "O3").locator("input[name='r.O3']").fill("");
    await page.getByRole("button", { name: say("submitSelf") }).click();
    await expect(page.getByText(say("unproven")).first()).toBeVisible();
    await awake(page);
    await item(page, "O3").locator("input[name='r.O3']").fill("纸质件存站内档案柜");
    await page.getByRole("button", { name: say("submitSelf") }).click();
    await expect(page.getByText(say("selfSent"))).toBeVisible();
  });

  test("the town sees the photos, checks, and the city's list and dashboard move at once", async ({
    people,
  }) => {
    const before = await townInList(people);
    const failed = await failing(people);
    const page = await atOffice(people, "liuhe.head");
    await open(page, address);
    await expect(photosOf(item(page, "O1"))).toHaveCount(1);
    await page.getByRole("button", { name: say("finishCheck") }).click();
    await expect(page.getByText(say("checkedFlash"))).toBeVisible();
    expect(await townInList(people)).toEqual({
      ...before,
      checked: before.checked + 1,
      waiting: before.waiting - 1,
    });
    expect(await failing(people)).toBe(failed + 1);
  });

  test("the town makes a finding of the item that fails, with one click", async ({ people }) => {
    const before = await unsettled(people);
    const page = await atOffice(people, "liuhe.head");
    await open(page, address);
    await page.getByRole("button", { name: say("raiseG1") }).click();
    await expect(page.getByText(say("raisedFlash"))).toBeVisible();
    expect(await unsettled(people)).toBe(before + 1);
  });

  test("the village finds it among what is to be done, answers it and shows a photo", async ({ people }) => {
    const page = await atVillage(people);
    await open(page, "/");
    await page.getByRole("link", { name: say("findingTodo") }).click();
    await page
      .getByRole("link", { name: /G1|服务场所面积|Floor area/ })
      .first()
      .click();
    await page.waitForURL(/\/findings\/[0-9a-f-]{36}$/);
    finding = new URL(page.url()).pathname;
    await awake(page);
    await page.locator("input[name=title]").fill("扩建后的服务场所");
    await page.locator("input[type=file]").first().setInputFiles(PHOTOS[0]);
    await page.getByRole("button", { name: say("upload"), exact: true }).click();
    await expect(page.locator("#main img")).toHaveCount(1);
    await page.getByRole("textbox", { name: say("measures") }).fill("隔壁房间已并入，重新丈量为33平方米。");
    await page.getByRole("button", { name: say("sendMeasures") }).click();
    await expect(page.getByText(say("answeredFlash"))).toBeVisible();
    // Nobody closes what is said of their own station.
    await expect(page.getByRole("button", { name: say("closeFinding") })).toHaveCount(0);
  });

  test("the town re-inspects and closes it, and the dashboard moves at once", async ({ people }) => {
    const before = await unsettled(people);
    const page = await atOffice(people, "liuhe.head");
    await open(page, finding);
    await expect(page.locator("#main img")).toHaveCount(1);
    await page.getByRole("textbox", { name: say("seenThere") }).fill("现场复查属实。");
    await page.getByRole("button", { name: say("closeFinding") }).click();
    await expect(page.getByText(say("closedFlash"))).toBeVisible();
    expect(await unsettled(people)).toBe(before - 1);
  });

  test("the city looks at two items on the spot, and its word stands beside the others", async ({
    people,
  }) => {
    const failed = await failing(people);
    const page = await atOffice(people, "yunling.admin");
    await open(page, address);
    await item(page, "G1").locator("input[name='v.G1']").fill("33");
    await item(page, "G1").locator("input[name='r.G1']").fill("现场测量");
    await page.getByRole("button", { name: say("finishSpot") }).click();
    await expect(page.getByText(say("spotFlash"))).toBeVisible();
    await expect(item(page, "G1").getByText(say("spotSaid"))).toBeVisible();
    expect(await failing(people)).toBe(failed - 1);
    // It is decided: nobody takes a photo away again, and no more come.
    const own = await atVillage(people);
    await open(own, address);
    await expect(photosOf(item(own, "O1"))).toHaveCount(1);
    await expect(item(own, "O1").locator("input[type=file]")).toHaveCount(0);
  });
}

/** Answers every item well and says something beside each, as somebody does who has the papers in the drawer. */
async function answerAll(page: Page): Promise<void> {
  for (const yes of await page.locator("input[type=radio][value='1']").all()) await yes.check();
  for (const field of await page.locator("input[name^='v.'][inputmode=decimal]").all()) {
    if ((await field.inputValue()) === "") await field.fill("40");
  }
  for (const remark of await page.locator("input[name^='r.']").all()) await remark.fill("已现场核对");
}
