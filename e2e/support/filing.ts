import { awake, expect, type Page } from "./test";
import type { Say } from "./words";

/** The field of a figure, by its name on the form. */
export function figure(page: Page, name: string | RegExp) {
  return page.getByRole("textbox", { name, exact: true });
}

/** Types figures and waits until the server has them. */
export async function typeFigures(page: Page, say: Say, figures: [string | RegExp, string][]): Promise<void> {
  for (const [name, value] of figures) await figure(page, name).fill(value);
  await expect(page.getByText(say("saved"))).toBeVisible();
}

/** Gives a reason wherever the form asks for one. */
export async function explainAll(page: Page, reason: string): Promise<void> {
  const reasons = page.locator("textarea[name^='reason.']");
  for (const box of await reasons.all()) if ((await box.inputValue()) === "") await box.fill(reason);
}

/** From the filled form over the summary to the report that is sent. */
export async function checkAndSubmit(page: Page, say: Say): Promise<void> {
  await page.getByRole("button", { name: say("check") }).click();
  await expect(page.getByRole("button", { name: say("submit") })).toBeVisible();
  await awake(page);
  await explainAll(page, "属实，已核对");
  await page.getByRole("button", { name: say("submit") }).click();
  await expect(page.getByText(say("submitted"))).toBeVisible();
}
