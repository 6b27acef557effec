import { gzipSync } from "node:zlib";
import { explainAll, figure, typeFigures } from "./support/filing";
import { month, monthName } from "./support/months";
import { awake, expect, open, type Page, test } from "./support/test";
import { speaker } from "./support/words";

test.use({ story: "filing", look: { device: "phone" } });

const NOW = month();
const LAST = month(-1);
const say = speaker("zh-CN");

async function openReport(page: Page, period = NOW): Promise<string> {
  const { active } = await (await page.request.get("/api/v1/me")).json();
  const address = `/stations/${active.station.id}/months/${period}`;
  await open(page, address);
  return address;
}

test.describe("when the network drops", () => {
  test("what was typed stays on the phone and is sent once the network is back", async ({
    people,
    troubles,
  }) => {
    troubles.expect(/ERR_INTERNET_DISCONNECTED/);
    const page = await people.as("liuhe-05.head");
    const address = await openReport(page);
    await typeFigures(page, say, [["走访慰问", "3"]]);
    await page.context().setOffline(true);
    await figure(page, "走访对象").fill("2");
    await figure(page, "咨询解答").fill("5");
    await expect(page.getByText(/网络不通，2 项存在本机/)).toBeVisible({ timeout: 20_000 });
    await page.context().setOffline(false);
    await expect(page.getByText(say("saved"))).toBeVisible({ timeout: 30_000 });
    await open(page, address);
    await expect(figure(page, "走访对象")).toHaveValue("2");
    await expect(figure(page, "咨询解答")).toHaveValue("5");
  });
});

test.describe("two people at one report", () => {
  test("the second sees both values, chooses, and nothing is lost", async ({ people, troubles }) => {
    troubles.expect(/status of 409/);
    const head = await people.as("liuhe-01.head");
    const liaison = await people.as("liuhe-01.liaison");
    const address = await openReport(head);
    await openReport(liaison);
    await typeFigures(head, say, [["走访慰问", "7"]]);
    await figure(liaison, "走访慰问").fill("9");
    await figure(liaison, "咨询解答").fill("4");
    const conflict = liaison.getByRole("region", { name: /也改了这些数/ });
    await expect(conflict).toBeVisible();
    await expect(conflict.getByRole("radio", { name: /我填的 9/ })).toBeVisible();
    await expect(conflict.getByRole("radio", { name: /7/ })).toBeVisible();
    await conflict.getByRole("radio", { name: /我填的 9/ }).check();
    await conflict.getByRole("button", { name: "就按选定的保存" }).click();
    await expect(liaison.getByText(say("saved"))).toBeVisible();
    await open(head, address);
    await expect(figure(head, "走访慰问")).toHaveValue("9");
    await expect(figure(head, "咨询解答")).toHaveValue("4");
  });
});

test.describe("with the keyboard", () => {
  test("Enter and the arrows go from figure to figure, and a pasted column fills down", async ({
    people,
  }) => {
    const page = await people.as("liuhe-06.head", { device: "pc" });
    await openReport(page);
    await figure(page, "接访").fill("2");
    await figure(page, "接访").press("Enter");
    await expect(figure(page, "咨询解答")).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(figure(page, "信访受理")).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect(figure(page, "接访")).toBeFocused();
    await figure(page, "接访").evaluate((field) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "12\r\n34\r\n0\r\n");
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect(page.getByText("已粘贴 3 项")).toBeVisible();
    await expect(figure(page, "咨询解答")).toHaveValue("34");
    await expect(figure(page, "信访受理")).toHaveValue("0");
    await expect(page.getByText(say("saved"))).toBeVisible();
  });

  test("a mistake is told at its figure while typing, and stops the submission", async ({ people }) => {
    const page = await people.as("liuhe-07.head");
    await openReport(page);
    await figure(page, "走访慰问").fill("一次");
    await expect(page.getByText(/请填写数字/).first()).toBeVisible();
    await figure(page, "走访慰问").fill("2");
    await figure(page, "其中节日走访").fill("5");
    await page.getByRole("button", { name: say("check") }).click();
    await expect(page.getByRole("heading", { name: /提交前请看/ })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`months/${NOW}$`));
  });
});

test("nothing happened: a nil report is two presses and says so", async ({ people }) => {
  // Where the records say that something did, there is no nil report.
  const busy = await people.as("liuhe-12.head");
  await openReport(busy);
  await busy.getByRole("button", { name: "本月无变化" }).click();
  await expect(busy.getByText("以下指标已填了数，不能作零报告：")).toBeVisible();

  const page = await people.as("liuhe-11.head");
  // All there is in the month: a visit and an entry at the counter, logged by mistake.
  await strike(page, `/visits?figure=visits.made&period=${NOW}`, "登记错了？");
  await strike(page, `/reception?figure=reception.walk_ins&period=${NOW}`, "作废这条记录");
  await openReport(page);
  await page.getByRole("button", { name: "本月无变化" }).click();
  await expect(page.getByRole("heading", { name: `零报告：${monthName(NOW, "zh-CN")}` })).toBeVisible();
  await awake(page);
  await explainAll(page, "本月确无业务");
  await page.getByRole("button", { name: "确认零报告并提交" }).click();
  await expect(page.getByText(say("submitted"))).toBeVisible();
  await expect(page.getByText("本月为零报告。")).toBeVisible();
});

/** Takes the only record behind a figure out of the count. */
async function strike(page: Page, list: string, fold: string): Promise<void> {
  await open(page, list);
  await page.locator("main table tbody a").first().click();
  await page.locator("summary").filter({ hasText: fold }).click();
  const form = page.locator("details[open] form");
  await form.getByRole("textbox").fill("登记有误");
  await form.getByRole("button").click();
  await expect(page.getByText(/已作废/).first()).toBeVisible();
}

test("the month prints as an official form with title, unit, period, people and seal", async ({ people }) => {
  const page = await people.as("liuhe-20.head", { device: "pc" });
  const address = await openReport(page, LAST);
  await open(page, `${address}/print`);
  await page.emulateMedia({ media: "print" });
  const paper = page.locator("main");
  for (const words of [
    "退役军人服务站工作月度统计表",
    "填报单位",
    "报告期",
    monthName(LAST, "zh-CN"),
    "填报人",
    "审核人",
    "单位负责人",
    "（填报单位盖章）",
    "报出日期",
  ]) {
    await expect(paper.getByText(words).first()).toBeVisible();
  }
  await expect(page.getByRole("navigation")).toHaveCount(0);
});

test("the filing page loads at most 130 KB of script, none of it for charts", async ({ people }) => {
  const page = await people.as("liuhe-09.head");
  const scripts = new Set<string>();
  let document = 0;
  page.on("response", async (response) => {
    const kind = response.request().resourceType();
    if (kind === "script") scripts.add(response.url());
    if (kind === "document") document = (await response.request().sizes()).responseBodySize;
  });
  await openReport(page);
  await page.waitForLoadState("networkidle");
  const texts = await Promise.all([...scripts].map(async (url) => (await page.request.get(url)).body()));
  expect(texts.length).toBeGreaterThan(3);
  const gzipped = texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
  expect(gzipped).toBeLessThanOrEqual(130 * 1024);
  // 400 kbit/s carry 150,000 bytes in three seconds; the form works as soon as the document and its style are there.
  expect(document).toBeGreaterThan(5_000);
  expect(document).toBeLessThan(60_000);
  expect(texts.filter((text) => /recharts|CartesianGrid/.test(text.toString()))).toEqual([]);
});
