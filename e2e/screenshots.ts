import { fileURLToPath } from "node:url";
import { month } from "./support/months";
import { open, test } from "./support/test";

const FOLDER = fileURLToPath(new URL("../docs/screenshots/", import.meta.url));

test("the filing page on a phone", async ({ people }) => {
  const page = await people.as("liuhe-01.head", { device: "phone" });
  const { active } = await (await page.request.get("/api/v1/me")).json();
  await open(page, `/stations/${active.station.id}/months/${month()}`);
  await page.screenshot({ path: `${FOLDER}filing.png` });
});

test("the city's overview on a PC", async ({ people }) => {
  const page = await people.as("yunling.admin", { device: "pc" });
  await open(page, "/dashboard");
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: `${FOLDER}dashboard.png` });
});
