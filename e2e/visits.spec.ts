import { awake, type Device, expect, type Language, open, test } from "./support/test";

test.use({ story: "visits" });

const WORDS = {
  "zh-CN": {
    save: "保存",
    photo: "保存并拍照",
    hospital: "住院看望",
    logged: "已登记走访 2 人",
    choose: "请选择走访对象",
    more: "更多：地点、情况、后续事项",
    followUp: "后续要办的事",
    followOn: "何时办好",
    done: "已办结",
    closed: "后续事项已办结",
    void: "作废",
    voidTitle: "登记错了？",
    reason: "原因",
    isVoid: "走访已作废",
    note: "登记",
    event: "住院",
    make: "制定计划",
  },
  en: {
    save: "Save",
    photo: "Save and add a photo",
    hospital: "In hospital",
    logged: "Visit of 2 people logged",
    choose: "Choose whom you visited",
    more: "More: place, what was found, follow-up",
    followUp: "What is to follow",
    followOn: "By when",
    done: "Done",
    closed: "Follow-up done",
    void: "Void",
    voidTitle: "Entered by mistake?",
    reason: "Reason",
    isVoid: "The visit is void",
    note: "Note it",
    event: "In hospital",
    make: "Make the plan",
  },
} as const;

const LOOKS: readonly { language: Language; device: Device; keeper: string; plans: string }[] = [
  { language: "zh-CN", device: "phone", keeper: "liuhe-01.liaison", plans: "liuhe-20.head" },
  { language: "en", device: "pc", keeper: "liuhe-25.head", plans: "liuhe-26.head" },
];

for (const { language, device, keeper, plans } of LOOKS) {
  const say = WORDS[language];
  const as = { language, device };
  const title = `${language} on a ${device}`;

  test(`two people are visited in one go, looked after and struck off again, ${title}`, async ({
    people,
    troubles,
  }) => {
    // The form that is sent without anybody.
    troubles.expect(/422/);
    const page = await people.as(keeper, as);
    await open(page, "/visits/new");
    const save = page.getByRole("button", { name: say.save, exact: true });
    await save.click();
    await expect(page.getByText(say.choose).first()).toBeVisible();
    const tiles = page.locator("input[name=records]");
    await tiles.nth(0).check();
    await tiles.nth(1).check();
    await page.getByText(say.more).click();
    await page.getByLabel(say.followUp).fill("送药上门");
    await page.getByLabel(say.followOn).fill(await page.locator("#heldOn").inputValue());
    await save.click();
    await page.waitForURL(/\/visits$/);
    await expect(page.getByText(say.logged)).toBeVisible();
    const first = page.locator("main table a[href^='/visits/']").first();
    await first.click();
    await page.waitForURL(/\/visits\/[0-9a-f-]{36}$/);
    await expect(page.getByText("送药上门").first()).toBeVisible();
    await page.getByRole("button", { name: say.done, exact: true }).click();
    await expect(page.getByText(say.closed)).toBeVisible();
    await page.getByText(say.voidTitle).click();
    await page.getByLabel(say.reason).fill("录错了人");
    await page.getByRole("button", { name: say.void, exact: true }).click();
    await expect(page.getByText(say.isVoid)).toBeVisible();
  });

  test(`somebody in hospital is due until the visit, ${title}`, async ({ people }) => {
    const page = await people.as(keeper, as);
    await open(page, "/visits/new");
    // Who stands last has nothing that is due.
    const id = await page.locator("input[name=records]").last().inputValue();
    await open(page, `/visits/people/${id}`);
    await page.getByRole("radio", { name: say.event, exact: true }).check();
    await page.getByRole("button", { name: say.note, exact: true }).click();
    await expect(page.locator("main input[name=notice]")).toHaveCount(1);
    await open(page, "/visits/due");
    await page.locator(`a[href*='/visits/new?person=${id}']`).click();
    await page.waitForURL(/\/visits\/new/);
    await expect(page.getByRole("radio", { name: say.hospital })).toBeChecked();
    await page.getByRole("button", { name: say.save, exact: true }).click();
    await page.waitForURL(/\/visits$/);
    await open(page, "/visits/due");
    await expect(page.locator(`a[href*='/visits/new?person=${id}']`)).toHaveCount(0);
  });

  test(`a festival is planned and ticked off by a tap, ${title}`, async ({ people }) => {
    const page = await people.as(plans, as);
    await open(page, "/visits/new");
    // Somebody of the archive: who has died is offered for a visit, and not for a festival's plan.
    const living = page.locator("li:has(> label input[name=records])").filter({ hasNotText: /已去世|died/ });
    const name = (await living.locator("b").first().textContent()) ?? "";
    await open(page, "/visits/plans");
    await page.getByRole("button", { name: say.make }).click();
    await page.waitForURL(/\/visits\/plans\/[0-9a-f-]{36}$/);
    await awake(page);
    const tick = page.locator("main button[value=log]");
    if ((await tick.count()) === 0) {
      await page.locator("#q").fill(name);
      await page.locator("button[value=find]").click();
      await expect(page.locator("main input[name=records]:not([form])").first()).toBeVisible();
      await awake(page);
      // The boxes of those who are on it already belong to another form.
      await page.locator("main input[name=records]:not([form])").first().check();
      await page.locator("button[value=add]").click();
    }
    await tick.first().click();
    await expect(page.getByRole("progressbar").first()).not.toHaveAttribute("aria-valuenow", "0");
  });
}

test("a visit is logged without a script", async ({ people }) => {
  const page = await people.as("liuhe-30.head", { device: "phone", scripts: false });
  await page.goto("/visits/new");
  await page.locator("#q").fill("zzzz");
  await page.locator("button[value=find]").click();
  await expect(page.locator("input[name=records]")).toHaveCount(0);
  await page.locator("#q").fill("");
  await page.locator("button[value=find]").click();
  await page.locator("input[name=records]").first().check();
  await page.getByRole("radio", { name: "电话" }).check();
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByText("已登记走访 1 人")).toBeVisible();
});
