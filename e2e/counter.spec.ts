import { awake, type Device, expect, type Language, open, press, send, test } from "./support/test";

test.use({ story: "the counter" });

const WORDS = {
  "zh-CN": {
    save: "保存",
    knowledge: "查知识库",
    use: /^用这条答复登记/,
    logged: "已登记。",
    passUp: /^转.*解答$/,
    later: "稍后办理",
    replySend: "发送答复",
    told: "记下答复，办结",
    settled: "已办结",
    topic: "请选择一个主题。",
    search: "搜索内容、答复、主题或服务对象",
    toCase: "转为帮扶申请",
    case: "查看帮扶申请",
    carried: "转办中",
    kind: "一次性困难帮扶",
    fromCounter: "查看来访记录",
    toPetition: "转为信访件",
    petition: "查看信访件",
    register: "登记",
    left: /剩 15 天/,
    accept: "受理",
    handled: /剩 60 天/,
    record: "记录办理过程",
    reply: "答复意见（办结）",
    replied: "已答复",
    askReview: "信访人申请复查",
    answerReview: "作出复查意见",
    reviewed: "已复查",
    notice: "信访事项受理告知书",
    letter: "信访事项复查意见书",
  },
  en: {
    save: "Save",
    knowledge: "Knowledge base",
    use: /^Log with this answer/,
    logged: "Logged.",
    passUp: /^Pass up to/,
    later: "To do later",
    replySend: "Send reply",
    told: "Write down and settle",
    settled: "Settled",
    topic: "Please pick a topic.",
    search: "Search questions, answers, topics or people",
    toCase: "Apply for assistance",
    case: "Open the assistance case",
    carried: "Carried on",
    kind: "One-off hardship aid",
    fromCounter: "Open the entry",
    toPetition: "Register as a petition",
    petition: "Open the petition",
    register: "Register",
    left: /15 days left/,
    accept: "Accept",
    handled: /60 days left/,
    record: "Record what was done",
    reply: "Reply (closes it)",
    replied: "Replied to",
    askReview: "Petitioner asks for a review",
    answerReview: "Answer the review",
    reviewed: "Reviewed",
    notice: "Notice of acceptance",
    letter: "Letter of review",
  },
} as const;

const LOOKS: readonly { language: Language; device: Device; village: string }[] = [
  { language: "zh-CN", device: "phone", village: "liuhe-10.head" },
  { language: "en", device: "pc", village: "liuhe-11.head" },
];
const OFFICE = "pc";

for (const { language, device, village } of LOOKS) {
  const say = WORDS[language];
  const as = { language, device };
  const title = `${language} on a ${device}`;

  test(`a visitor is logged in a few touches, with an answer that was there or comes from above, ${title}`, async ({
    people,
    troubles,
  }) => {
    // The form without a topic.
    troubles.expect(/status of 422/);
    const page = await people.as(village, as);
    await open(page, "/reception/new");
    // Topic, matter, answer, save: nothing else stands open.
    await expect(page.locator("main textarea:visible, main input:visible:not([type=radio])")).toHaveCount(2);
    await page.locator("#question").fill("医药费报销比例是多少");
    await press(page, say.save);
    await expect(page.getByText(say.topic).first()).toBeVisible();
    await expect(page.locator("#question")).toHaveValue("医药费报销比例是多少");
    await page.locator("input[name=topic]").first().check();
    await page.locator("#answer").fill("按医保规定结算，剩余部分可申请补助");
    await press(page, say.save);
    await page.waitForURL(/\/reception\/[0-9a-f-]{36}$/);
    await expect(page.getByText(say.logged)).toBeVisible();
    await expect(page.locator("h1 ~ *, header").getByText(say.settled).first()).toBeVisible();

    // What the knowledge base knows is taken over with one touch.
    await open(page, "/reception/new");
    await page.getByRole("link", { name: say.knowledge }).click();
    await page.waitForURL(/\/reception\/knowledge/);
    await page.locator("input[name=q]").fill("优待证 有效期");
    await page.locator("input[name=q]").press("Enter");
    await page.waitForURL(/q=/);
    const use = page.getByRole("link", { name: say.use });
    await expect(use).toHaveCount(1);
    await use.click();
    await page.waitForURL(/\/reception\/new\?knowledge=/);
    await expect(page.locator("#answer")).not.toHaveValue("");
    await awake(page);
    await press(page, say.save);
    await page.waitForURL(/\/reception\/[0-9a-f-]{36}$/);

    // A question goes up, the answer comes back, the visitor is told.
    await open(page, "/reception/new");
    await page.locator("input[name=topic]").nth(1).check();
    await page.locator("#question").fill("异地安置的优待金由谁发放");
    await page.getByRole("radio", { name: say.passUp }).check();
    await press(page, say.save);
    await page.waitForURL(/\/reception\/[0-9a-f-]{36}$/);
    const address = new URL(page.url()).pathname;
    const town = await people.as("liuhe.clerk", { language, device: OFFICE });
    await open(town, "/reception?view=asked");
    await town.locator(`main a[href="${address}"]`).click();
    await town.waitForURL((url) => url.pathname === address);
    await awake(town);
    await town.locator("#reply").fill("由户籍地退役军人事务局发放");
    await press(town, say.replySend);
    await open(page, address);
    await expect(page.locator("#answer")).toHaveValue("由户籍地退役军人事务局发放");
    await press(page, say.told);
    // It is found again by a word of its answer.
    await open(page, "/reception");
    await page.getByRole("searchbox", { name: say.search }).fill("异地安置 户籍地");
    await page.locator("main input[name=q]").press("Enter");
    await page.waitForURL(/q=/);
    await expect(page.locator("main table a[href^='/reception/']")).toHaveCount(1);
    await expect(page.locator(`main table a[href="${address}"]`)).toBeVisible();
  });

  test(`something for later becomes a case of assistance, linked from both sides, ${title}`, async ({
    people,
  }) => {
    const page = await people.as(village, as);
    await open(page, "/people");
    const person = page.locator("main table a[href^='/people/']").first();
    const name = ((await person.textContent()) ?? "").trim();
    const id = (await person.getAttribute("href"))?.split("/").pop();
    await open(page, `/reception/new?person=${id}`);
    await page.locator("input[name=topic]").first().check();
    await page.locator("#question").fill("屋顶漏雨，无力修缮");
    await page.getByRole("radio", { name: say.later }).check();
    await press(page, say.save);
    await page.waitForURL(/\/reception\/[0-9a-f-]{36}$/);
    const entry = new URL(page.url()).pathname;
    await page.getByRole("link", { name: say.toCase }).click();
    await page.getByRole("link", { name: say.kind }).click();
    await page.waitForURL(/type=/);
    await expect(page.locator("main").getByText(name).first()).toBeVisible();
    await expect(page.locator("#reason")).toHaveValue("屋顶漏雨，无力修缮");
    await awake(page);
    await page.locator("#size").fill("2");
    await page.locator("#asked").fill("2000");
    for (const box of await page.locator("input[name=received]").all()) await box.check();
    await send(page, page.locator("button[value=apply]"));
    await page.waitForURL(/\/assistance\/[0-9a-f-]{36}$/);
    await page.getByRole("link", { name: say.fromCounter }).click();
    await page.waitForURL((url) => url.pathname === entry);
    await expect(page.locator("h1 ~ *, header").getByText(say.carried).first()).toBeVisible();
    await page.getByRole("link", { name: say.case }).click();
    await page.waitForURL(/\/assistance\/[0-9a-f-]{36}$/);
  });

  test(`a petition is registered, accepted by its clock, replied to and reviewed, ${title}`, async ({
    people,
    house,
  }) => {
    const page = await people.as(village, as);
    await open(page, "/reception/new");
    await page.locator("input[name=topic]").first().check();
    await page.locator("#question").fill("反映补助发放时间过长");
    await page.getByRole("radio", { name: say.later }).check();
    await press(page, say.save);
    await page.waitForURL(/\/reception\/[0-9a-f-]{36}$/);
    const entry = new URL(page.url()).pathname;
    await page.getByRole("link", { name: say.toPetition }).click();
    await page.waitForURL(/\/petitions\/new/);
    await awake(page);
    await page.locator("#name0").fill("周建华");
    await page.locator("#phone0").fill("13900001234");
    await page.locator("#subject").fill("反映补助发放时间");
    await expect(page.locator("#body")).toHaveValue("反映补助发放时间过长");
    await press(page, say.register);
    await page.waitForURL(/\/petitions\/[0-9a-f-]{36}$/);
    const address = new URL(page.url()).pathname;
    await expect(page.getByText(say.left).first()).toBeVisible();
    await expect(page.getByText("13900001234")).toHaveCount(0);
    await awake(page);
    await press(page, say.accept);
    await expect(page.getByText(say.handled).first()).toBeVisible();
    await page.getByRole("link", { name: say.notice }).click();
    await page.waitForURL(/\/notices\/acceptance$/);
    await expect(page.getByRole("heading", { name: say.notice })).toBeVisible();
    await expect(page.locator("main").getByText("周建华").first()).toBeVisible();
    await open(page, address);
    await page.locator("summary").filter({ hasText: say.record }).click();
    await page.locator("#record-text").fill("与信访人约谈，核对发放记录");
    await send(page, page.locator("button[value=record]"));
    await expect(page.getByText("与信访人约谈，核对发放记录")).toBeVisible();
    await page.locator("#reply-text").fill("补助已于本月补发");
    await press(page, say.reply);
    await expect(page.getByText(say.replied).first()).toBeVisible();
    await page.locator("summary").filter({ hasText: say.askReview }).click();
    await page.locator("#ask_review-text").fill("对补发金额不服");
    await send(page, page.locator("button[value=ask_review]"));
    // The level above reviews; the village cannot review itself.
    await expect(page.locator("button[value=answer_review]")).toHaveCount(0);
    const town = await people.as("liuhe.head", { language, device: OFFICE });
    await open(town, address);
    await town.locator("#answer_review-text").fill("经复查，维持原处理意见");
    await press(town, say.answerReview);
    await expect(town.getByText(say.reviewed).first()).toBeVisible();
    await expect(town.getByRole("link", { name: say.letter })).toBeVisible();
    // The entry it came out of leads to it.
    await open(page, entry);
    await page.getByRole("link", { name: say.petition }).click();
    await page.waitForURL((url) => url.pathname === address);
    expect(await house.faults()).toEqual([]);
  });
}
