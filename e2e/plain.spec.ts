import { month } from "./support/months";
import { expect, type Page, test } from "./support/test";

test.use({ story: "without scripts", look: { scripts: false, device: "phone" } });

const NOW = month();

async function stationOf(page: Page): Promise<number> {
  return (await (await page.request.get("/api/v1/me")).json()).active.station.id;
}

test.describe("without scripts", () => {
  test.describe.configure({ mode: "serial" });

  let village = 0;

  test("a village head signs in, saves, checks and submits the month", async ({ people }) => {
    const page = await people.as(null);
    await page.goto("/login");
    await page.locator("input[name=username]").fill("liuhe-02.head");
    await page.locator("input[name=password]").fill("muster-demo");
    await page.getByRole("button", { name: "登录" }).click();
    await expect(page).toHaveURL(/\/$/);
    village = await stationOf(page);
    await page.goto(`/stations/${village}/months/${NOW}`);
    await page.getByRole("textbox", { name: "走访慰问", exact: true }).fill("4");
    await page.getByRole("textbox", { name: "走访对象", exact: true }).fill("3");
    await page.getByRole("button", { name: "保存", exact: true }).first().click();
    await expect(page.getByRole("textbox", { name: "走访慰问", exact: true })).toHaveValue("4");
    await page.getByRole("button", { name: /^(核对并)?提交…?$/ }).click();
    await expect(page.getByRole("heading", { name: /核对并提交/ })).toBeVisible();
    await page.getByRole("button", { name: /按 0 填/ }).click();
    for (const box of await page.locator("textarea[name^='reason.']").all()) await box.fill("属实");
    await page.getByRole("button", { name: /^确认提交给/ }).click();
    await expect(page.getByText(/已于 .* 提交给/)).toBeVisible();
  });

  test("the clerk returns a figure", async ({ people }) => {
    const page = await people.as("liuhe.clerk", { device: "pc" });
    await page.goto(`/review/${village}/${NOW}`);
    const fold = page.locator("summary").filter({ hasText: "其余" });
    if (await fold.isVisible()) await fold.click();
    await page.getByRole("checkbox", { name: /C01/ }).check();
    // Without scripts the ticks go into the address, and the page asks for the reasons.
    await page.getByRole("button", { name: "退回所选…" }).click();
    await page.getByRole("combobox", { name: /C01/ }).fill("少报一次");
    await page.getByRole("button", { name: "退回 1 项" }).click();
    await expect(page.getByText(/^已退回：/)).toBeVisible();
  });

  test("the village corrects, and the head accepts", async ({ people }) => {
    const page = await people.as("liuhe-02.head");
    await page.goto(`/stations/${village}/months/${NOW}`);
    await expect(page.getByText("少报一次").first()).toBeVisible();
    await page.getByRole("textbox", { name: "走访慰问", exact: true }).fill("5");
    await page.getByRole("button", { name: /^(核对并)?提交…?$/ }).click();
    for (const box of await page.locator("textarea[name^='reason.']").all()) await box.fill("补报一次");
    await page.getByRole("button", { name: /^确认提交给/ }).click();
    await expect(page.getByText(/已于 .* 提交给/)).toBeVisible();

    const head = await people.as("liuhe.head", { device: "pc" });
    await head.goto(`/review/${village}/${NOW}`);
    await expect(head.getByRole("row", { name: /C01/ }).first()).toContainText("5");
    await head.locator("#accept-report").click();
    await expect(head.getByText(/^已通过：/)).toBeVisible();
  });

  test("a dashboard shows its figures as tables", async ({ people }) => {
    const page = await people.as("liuhe.head", { device: "pc" });
    await page.goto("/dashboard/figures");
    await expect(page.getByRole("row", { name: /^C01 / })).toBeVisible();
  });
});
