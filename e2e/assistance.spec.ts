import { PHOTOS } from "./support/files";
import { day } from "./support/months";
import {
  awake,
  type Device,
  expect,
  type Language,
  open,
  type Page,
  press,
  send,
  test,
} from "./support/test";

test.use({ story: "assistance" });
test.describe.configure({ mode: "serial" });

const WORDS = {
  "zh-CN": {
    kind: "一次性困难帮扶",
    bring: "一次备齐，少跑一趟。",
    toFile: "提交申请",
    noDate: "还有材料没打勾，请填写补齐日期。",
    filed: "申请已提交，下一步见本页。",
    here: "已收 7/8",
    allHere: "已收 8/8",
    noPhoto: "请先上传入户核查照片。",
    verify: "确认核查属实",
    verified: "已办理：入户核查。",
    barredVerify: /您已办理过“入户核查”/,
    pass: "复核通过",
    stillPublic: "公示期还没有结束。",
    noObjection: "公示无异议",
    papersMissing: "还有材料没有交齐，不能办理这一步。",
    tickTitle: "材料到了？打勾并保存",
    tick: "保存材料情况",
    approve: "批准",
    barredPay: /您已办理过“市级审批通过”/,
    pay: "登记发放",
    close: "登记回访并办结",
    closed: "办结",
    toVerify: /^待入户核查/,
  },
  en: {
    kind: "One-off hardship aid",
    bring: "Bring all of it at once, and one visit is enough.",
    toFile: "File the application",
    noDate: "Some papers are missing: say by when they follow.",
    filed: "Filed. The next step stands on this page.",
    here: "7 of 8 here",
    allHere: "8 of 8 here",
    noPhoto: "Please add a photo of the verification first.",
    verify: "Confirm",
    verified: "Done: Verified.",
    barredVerify: /You took the step “Verified”/,
    pass: "Pass",
    stillPublic: "The publicity has not ended yet.",
    noObjection: "No objection",
    papersMissing: "Papers are still missing.",
    tickTitle: "Papers have come? Tick and save",
    tick: "Save the papers",
    approve: "Approve",
    barredPay: /You took the step “Approved by the city”/,
    pay: "Record the payment",
    close: "Record and close",
    closed: "Closed",
    toVerify: /^To be verified/,
  },
} as const;

interface Look {
  language: Language;
  device: Device;
  village: string;
}
const LOOKS: readonly Look[] = [
  { language: "zh-CN", device: "phone", village: "liuhe-08" },
  { language: "en", device: "pc", village: "liuhe-09" },
];
/** After the seven days of publicity. */
const LATER = day(9);

/** What the first half of a case leaves to the second. */
interface Filed {
  address: string;
  name: string;
}
const FILED = new Map<string, Filed>();

for (const { language, device, village } of LOOKS) {
  const say = WORDS[language];
  const as = { language, device };
  const title = `${language} on a ${device}`;
  /** Files an application for one of the village, with all papers but those that are named. */
  const apply = async (page: Page, place: number, without: string, missingBy: string) => {
    await open(page, "/assistance/new");
    await page.getByRole("link", { name: say.kind }).click();
    await expect(page.getByText(say.bring)).toBeVisible();
    await expect(page.locator("main ol li").first()).toBeVisible();
    await awake(page);
    const choice = page.locator("#person");
    await choice.selectOption({ index: place });
    await page.locator("main form:has(#person) button").click();
    await page.locator("#reason").fill("房屋受损，家庭收入较低");
    await page.locator("#size").fill("3");
    await page.locator("#income").fill("2400");
    await page.locator("#asked").fill("3000");
    for (const box of await page.locator(`input[name=received]:not([value=${without}])`).all())
      await box.check();
    await page.locator("#missingBy").fill(missingBy);
    await press(page, say.toFile);
  };
  const verify = async (page: Page, words: string) => {
    await page.locator("#text").fill(words);
    await press(page, say.verify);
    await expect(page.getByText(say.verified)).toBeVisible();
  };

  test(`a village applies, two people verify, the town reviews and publishes, ${title}`, async ({
    people,
    troubles,
    house,
  }) => {
    // A form without a day for what is missing, and a step without a photo.
    troubles.expect(/status of 4(03|22)/);
    const office = { language, device: "pc" } as const;
    const city = await people.as("yunling.admin", office);
    const waiting = await toVerify(city, say.toVerify);

    const head = await people.as(`${village}.head`, as);
    await apply(head, 1, "income", "");
    await expect(head.getByText(say.noDate).first()).toBeVisible();
    await expect(head.locator("#reason")).toHaveValue("房屋受损，家庭收入较低");
    await head.locator("#missingBy").fill(day(5));
    await press(head, say.toFile);
    await head.waitForURL(/\/assistance\/[0-9a-f-]{36}$/);
    await expect(head.getByText(say.filed)).toBeVisible();
    const address = new URL(head.url()).pathname;
    const name = ((await head.locator("h1 span[lang=zh-CN]").textContent()) ?? "").trim();
    await expect(head.getByText(say.here)).toBeVisible();
    expect(await toVerify(city, say.toVerify)).toBe(waiting + 1);

    await awake(head);
    await head.locator("#text").fill("入户查看，屋顶漏雨属实");
    await press(head, say.verify);
    await expect(head.getByText(say.noPhoto).first()).toBeVisible();
    await head.locator("#photos input[type=file]").first().setInputFiles(PHOTOS[0]);
    await expect(head.locator("#photos img")).toHaveCount(1);
    await head.locator("#materials input[type=file]").first().setInputFiles(PHOTOS[1]);
    await expect(head.locator("#materials img")).toHaveCount(1);
    await verify(head, "入户查看，屋顶漏雨属实");
    // Four eyes: the page offers the second check to somebody else, and the server holds to it.
    await expect(head.getByText(say.barredVerify)).toBeVisible();
    await expect(head.getByRole("button", { name: say.verify, exact: true })).toHaveCount(0);
    const again = await head.request.post(`${address}?index`, {
      headers: { origin: house.origin },
      form: { intent: "verify", version: await versionOf(head), text: "自己再核查一次" },
      maxRedirects: 0,
    });
    expect(again.status()).toBe(403);

    const clerk = await people.as("liuhe.clerk", office);
    await open(clerk, address);
    await clerk.locator("#photos input[type=file]").first().setInputFiles(PHOTOS[1]);
    await expect(clerk.locator("#photos img")).toHaveCount(2);
    await verify(clerk, "电话回访邻里，情况属实");
    const town = await people.as("liuhe.head", office);
    await open(town, address);
    await press(town, say.pass);
    await expect(town.locator("main").getByText(maskedDays(language)).first()).toBeVisible();
    await awake(town);
    await press(town, say.noObjection);
    await expect(town.getByText(say.stillPublic).first()).toBeVisible();

    await open(town, "/assistance/publicity");
    const sheet = await town.locator("main").textContent();
    expect(sheet).toContain(`${name.slice(0, 1)}*`);
    expect(sheet).not.toContain(name);
    // A liaison officer keeps visits and has no access to cases.
    const liaison = await people.as("liuhe-01.liaison", as);
    expect((await liaison.goto(address))?.status()).toBe(403);

    FILED.set(village, { address, name });
  });

  // Once: its steps are the same in every look.
  if (language === "en")
    test(`an application is refused with a reason, and somebody else looks at it again, ${title}`, async ({
      people,
    }) => {
      const office = { language, device: "pc" } as const;
      const head = await people.as(`${village}.head`, as);
      await apply(head, 2, "none", "");
      await head.waitForURL(/\/assistance\/[0-9a-f-]{36}$/);
      const address = new URL(head.url()).pathname;
      await head.locator("#photos input[type=file]").first().setInputFiles(PHOTOS[0]);
      await expect(head.locator("#photos img")).toHaveCount(1);
      await verify(head, "入户查看");
      const clerk = await people.as("liuhe.clerk", office);
      await open(clerk, address);
      await verify(clerk, "核对材料");
      const town = await people.as("liuhe.head", office);
      await open(town, address);
      await town.locator("summary").filter({ hasText: "Refuse" }).click();
      await town.locator("#text-refuse").fill("人均收入高于规定");
      await town.locator("#reason").selectOption("means_above");
      await send(town, town.locator("button[value=refuse]"));
      await open(head, address);
      await expect(head.getByText("人均收入高于规定")).toBeVisible();
      await expect(head.getByText("Means above the limit").first()).toBeVisible();
      await head.getByRole("link", { name: "Print the notice" }).click();
      await head.waitForURL(/\/refusal$/);
      const notice = await head.locator("main article").textContent();
      for (const words of ["人均收入高于规定", "Means above the limit", "ask 云岭市"])
        expect(notice).toContain(words);
      await open(head, address);
      await head.locator("summary").filter({ hasText: "Ask for a review" }).click();
      await head.locator("#text-appeal").fill("收入按去年计算，今年已失业");
      await send(head, head.locator("button[value=appeal]"));
      const city = await people.as("yunling.admin", office);
      await open(city, address);
      await city.locator("#text").fill("同意，重新核实收入");
      await press(city, "Take it up again");
      await open(town, address);
      await expect(town.getByRole("button", { name: say.pass, exact: true })).toBeVisible();
    });
}

for (const { language, device, village } of LOOKS) {
  const say = WORDS[language];
  const title = `${language} on a ${device}`;

  test(`after the publicity the city approves, the money is paid, somebody visits, ${title}`, async ({
    people,
    troubles,
    house,
  }) => {
    troubles.expect(/status of 422/);
    await house.turnTo(LATER);
    const { address, name } = FILED.get(village) ?? { address: "", name: "" };
    const office = { language, device: "pc" } as const;
    const head = await people.as(`${village}.head`, { language, device });
    const town = await people.as("liuhe.head", office);
    await open(town, address);
    await press(town, say.noObjection);
    const city = await people.as("yunling.admin", office);
    await open(city, address);
    await city.locator("#amount").fill("2600");
    await press(city, say.approve);
    await expect(city.getByText(say.papersMissing).first()).toBeVisible();
    await expect(city.locator("#amount")).toHaveValue("2600");
    await open(head, address);
    await head.getByText(say.tickTitle).click();
    await head.locator("#materials input[name=received]:not(:checked)").check();
    await press(head, say.tick);
    await expect(head.getByText(say.allHere)).toBeVisible();
    await open(city, address);
    await city.locator("#amount").fill("2600");
    await press(city, say.approve);
    // Whoever approves does not pay.
    await expect(city.getByText(say.barredPay)).toBeVisible();
    await expect(city.getByRole("button", { name: say.pay, exact: true })).toHaveCount(0);
    await open(town, address);
    await press(town, say.pay);
    await expect(town.getByRole("button", { name: say.pay, exact: true })).toHaveCount(0);
    await open(head, address);
    await head.locator("#text").fill("钱已到账，屋顶已修好");
    await press(head, say.close);
    await expect(head.locator("[aria-current=step]").last()).toContainText(say.closed);

    // Behind the figure of the village's month stands this case.
    await open(head, `/assistance?figure=assistance.one_off&period=${LATER.slice(0, 7)}`);
    await expect(head.locator(`main a[href="${address}"]`)).toHaveText(name);
    await open(city, "/dashboard/assistance");
    await expect(city.getByRole("row", { name: say.kind }).first()).toBeVisible();

    expect(await house.faults()).toEqual([]);
  });
}

/** How many cases wait for their verification, as the city's dashboard counts them now. */
async function toVerify(page: Page, state: RegExp): Promise<number> {
  await page.goto("/dashboard/assistance");
  const cells = await page.getByRole("row", { name: state }).first().getByRole("cell").allInnerTexts();
  const number = cells.map((text) => text.replaceAll(",", "").trim()).find((text) => /^\d+$/.test(text));
  return Number(number ?? 0);
}

/** The version of the case that a page was drawn from, as its forms carry it. */
async function versionOf(page: Page): Promise<string> {
  return page.locator("input[name=version]").first().inputValue();
}

function maskedDays(language: Language): RegExp {
  return language === "zh-CN" ? /公示到/ : /Publicity ends on/;
}
