import { day, month } from "./support/months";
import { expect, open, type Page, test } from "./support/test";

test.use({ story: "stations", look: { language: "en" } });
test.describe.configure({ mode: "serial" });

const NOW = month();
const NAME = "新柳村";

async function stationOf(page: Page): Promise<number> {
  return (await (await page.request.get("/api/v1/me")).json()).active.station.id;
}

let village = "";

test("the city creates a village after a preview, and the open month expects it", async ({ people }) => {
  const head = await people.as("liuhe.head");
  const town = await stationOf(head);
  const city = await people.as("yunling.admin");
  await open(city, `/stations/${town}/new`);
  await city.getByRole("textbox", { name: "Name" }).fill(NAME);
  await city.getByRole("textbox", { name: "Code" }).fill("999900000001");
  await city.getByLabel("Opened on").fill(`${NOW}-01`);
  await city.getByRole("button", { name: "Show what changes" }).click();
  await expect(city.getByRole("heading", { name: "What this changes" })).toBeVisible();
  await city.getByRole("button", { name: "Create it" }).click();
  await expect(city.getByText(`“${NAME}” was created.`)).toBeVisible();
  village = new URL(city.url()).pathname;

  await open(head, `/review?period=${NOW}&q=${encodeURIComponent(NAME)}`);
  await expect(head.getByRole("link", { name: new RegExp(NAME) }).first()).toBeVisible();
});

test("it is renamed from today on, and found by its new name and pinyin initials", async ({ people }) => {
  const page = await people.as("yunling.admin");
  await open(page, `${village}/rename`);
  await page.getByRole("textbox", { name: "New name" }).fill("银杏村");
  await page.getByLabel("In effect from").fill(day());
  await page.getByRole("button", { name: "Show what changes" }).click();
  await page.getByRole("button", { name: "Rename it" }).click();
  await expect(page.getByText("is now called “银杏村”")).toBeVisible();
  await expect(page.getByText(`Renamed from “${NAME}” to “银杏村”`)).toBeVisible();
  await open(page, "/stations?q=yxc");
  await expect(page.getByRole("link", { name: "银杏村" }).first()).toBeVisible();
});

test("it moves to another town, which the preview announces", async ({ people }) => {
  const page = await people.as("yunling.admin");
  await open(page, `${village}/move`);
  const parent = page.getByRole("combobox", { name: "New parent" });
  const option = await parent.locator("option").filter({ hasText: "东渡镇" }).first().getAttribute("value");
  await parent.selectOption(option ?? "");
  await page.getByLabel("In effect from").fill(day());
  await page.getByRole("button", { name: "Show what changes" }).click();
  await expect(page.getByText(/moves from .* to 东渡镇/)).toBeVisible();
  await page.getByRole("button", { name: "Move it" }).click();
  await expect(page.getByText("now stands below 东渡镇")).toBeVisible();
  const town = await people.as("liuhe.head");
  expect((await town.request.get(village)).status()).toBe(404);
});

test("a hierarchy is imported after a preview; the same file again changes nothing", async ({
  people,
  house,
}) => {
  const page = await people.as("yunling.admin");
  await open(page, "/stations/import");
  const rows = ["code,name,level,parent_code"];
  const { items } = await (await page.request.get("/api/v1/stations?level=town")).json();
  const town = items.find(({ name }: { name: string }) => name === "东渡镇");
  for (let n = 1; n <= 5; n++) rows.push(`99990000010${n},新建${n}村,village,${town.code}`);
  const file = { name: "villages.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) };
  const preview = async () => {
    await open(page, "/stations/import");
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByRole("button", { name: "Upload and preview" }).click();
    await expect(page.getByRole("heading", { name: "Preview", exact: true })).toBeVisible();
  };
  await preview();
  await page.getByRole("button", { name: "Import 5 changes" }).click();
  await expect(page.getByText("Imported: 5 new")).toBeVisible();
  await preview();
  await expect(page.getByText("there is nothing to import")).toBeVisible();
  expect(await house.faults()).toEqual([]);
});
