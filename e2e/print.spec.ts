import { expect, test } from "./support/test";

test.use({ story: "dashboards on paper" });

const PAGES = {
  "/dashboard": "总览",
  "/dashboard/compliance": "达标",
  "/dashboard/staffing": "人员配比",
  "/dashboard/assistance": "帮扶",
  "/dashboard/completeness": "报送",
  "/dashboard/figures": "指标",
};

test.describe("a dashboard on paper", () => {
  for (const [path, title] of Object.entries(PAGES)) {
    test(`${path} is title, ground and tables, without what only a screen needs`, async ({
      people,
      troubles,
    }) => {
      // The moving chart is hidden on paper, where a still one stands in its place; its library remarks on that.
      troubles.expect(/width\(0\) and height\(0\) of chart/);
      const page = await people.as("yunling.admin", { device: "pc" });
      await page.goto(path);
      await page.emulateMedia({ media: "print" });
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
      // What the figures rest on, and which months.
      await expect(page.getByText("数据依据", { exact: false }).first()).toBeVisible();
      const tables = page.getByRole("main").getByRole("table");
      await expect(tables.first()).toBeVisible();
      await expect(tables.first().getByRole("row").nth(1)).toBeVisible();
      await expect(page.getByText(/^打印：/)).toBeVisible();
      for (const navigation of await page.locator("nav, header.hidden, [role=navigation]").all()) {
        await expect(navigation).toBeHidden();
      }
      for (const control of await page
        .getByRole("main")
        .locator("button, select, input:not(.sr-only)")
        .all()) {
        await expect(control).toBeHidden();
      }
      // Nothing is cut at the edge of the paper's window: tables grow instead of scrolling inside themselves.
      const cut = await page
        .getByRole("main")
        .locator("section:has(table)")
        .evaluateAll((all) => all.filter((box) => getComputedStyle(box).overflowY === "auto").length);
      expect(cut).toBe(0);
    });
  }
});
