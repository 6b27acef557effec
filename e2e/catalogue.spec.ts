import { month } from "./support/months";
import { expect, open, test } from "./support/test";

test.use({ story: "stations", look: { language: "en" } });

test("a city adds an indicator of its own from next month on; this month stays as it is", async ({
  people,
}) => {
  const page = await people.as("yunling.admin");
  await open(page, "/settings/catalogue/indicators/new");
  await page.getByRole("textbox", { name: "Code" }).fill("Z01");
  await page.getByLabel("From which month").fill(month(1));
  await page.getByRole("combobox", { name: "Section" }).selectOption({ index: 1 });
  await page.getByRole("combobox", { name: "Unit" }).selectOption({ index: 1 });
  await page.getByRole("textbox", { name: "Name in Chinese" }).fill("烈士墓祭扫");
  await page.getByRole("textbox", { name: "Name in English" }).fill("Graves tended");
  await page.getByRole("textbox", { name: "Definition in Chinese" }).fill("本月祭扫的烈士墓数。");
  await page
    .getByRole("textbox", { name: "Definition in English" })
    .fill("Martyrs' graves tended this month.");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("Added.")).toBeVisible();
  await expect(page.getByText("planned").first()).toBeVisible();

  const village = await people.as("liuhe-33.head");
  const { items } = await (await village.request.get(`/api/v1/indicators?period=${month()}`)).json();
  expect(items.map(({ code }: { code: string }) => code)).not.toContain("Z01");
  const next = await (await village.request.get(`/api/v1/indicators?period=${month(1)}`)).json();
  expect(next.items.map(({ code }: { code: string }) => code)).toContain("Z01");
});

test("a town reads the catalogue, and cannot change it", async ({ people, troubles }) => {
  troubles.expect(/status of 403/);
  const page = await people.as("liuhe.head");
  await open(page, "/settings/catalogue");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect((await page.goto("/settings/catalogue/indicators/new"))?.status()).toBe(403);
});
