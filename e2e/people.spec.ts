import { idNumberOf } from "@muster/db/testing/id-numbers";
import { rowsOf, workbook } from "./support/files";
import { awake, type Device, expect, type Language, open, press, test } from "./support/test";

test.use({ story: "people" });

const WORDS = {
  "zh-CN": {
    save: "保存",
    wrong: "身份证号校验不符，请核对。",
    says: /男，1951年3月8日出生/,
    elsewhere: "此人的档案在本市其他站点，可以申请转入。",
    ask: "申请转入",
    asked: "申请已提交，由上级站点核定。",
    accept: "同意转入",
    accepted: /^已同意转入：/,
    show: "查看",
    revealed: "查看遮盖信息",
    preview: "预览",
    faults: "需要修改的行",
    confirm: "确认登记 2 行",
    imported: "已登记 2 人。",
    nothing: "文件中没有需要新登记的内容。",
    sheet: "打印档案表",
    draw: "生成档案表",
    everything: "完整内容",
    exported: "导出服务对象名单",
    printed: "打印档案表",
  },
  en: {
    save: "Save",
    wrong: "The ID number has a wrong digit.",
    says: /male, born 8 Mar 1951/,
    elsewhere: "This person is in the archive of another station of the city. You can ask for a transfer.",
    ask: "Ask for a transfer",
    asked: "The request has gone to the station above.",
    accept: "Accept",
    accepted: /^Accepted: /,
    show: "Show",
    revealed: "Masked data looked at",
    preview: "Preview",
    faults: "Rows to correct",
    confirm: "Add 2 rows",
    imported: "2 people are in the archive.",
    nothing: "The file holds nothing new.",
    sheet: "Print the archive form",
    draw: "Draw the form",
    everything: "Everything",
    exported: "Exported a list of people",
    printed: "Archive form printed",
  },
} as const;

interface Look {
  language: Language;
  device: Device;
  /** Who enters somebody, and who asks for them. */
  first: string;
  second: string;
  order: number;
}
const LOOKS: readonly Look[] = [
  { language: "zh-CN", device: "phone", first: "liuhe-02.head", second: "liuhe-03.head", order: 11 },
  { language: "en", device: "pc", first: "liuhe-04.head", second: "liuhe-05.head", order: 12 },
];

for (const { language, device, first, second, order } of LOOKS) {
  const say = WORDS[language];
  const as = { language, device };
  const title = `${language} on a ${device}`;
  const number = idNumberOf("1951-03-08", "male", order);
  const wrong = number.slice(0, 17) + (number.endsWith("1") ? "2" : "1");

  test(`somebody is entered, asked for by another station and moved there, ${title}`, async ({
    people,
    troubles,
  }) => {
    // A number that is none, and one that another station has.
    troubles.expect(/status of 422/);
    const page = await people.as(first, as);
    await open(page, "/people/new");
    await page.locator("#name").fill("郑大山");
    await page.locator("#idNumber").fill(wrong);
    await page.locator("#phone").fill("13900002222");
    await page.locator("#category").selectOption("31");
    await press(page, say.save);
    await expect(page.getByText(say.wrong).first()).toBeVisible();
    for (const [id, value] of [
      ["name", "郑大山"],
      ["idNumber", wrong],
      ["phone", "13900002222"],
      ["category", "31"],
    ])
      await expect(page.locator(`#${id}`)).toHaveValue(value ?? "");
    await page.locator("#idNumber").fill(number);
    await expect(page.getByText(say.says)).toBeVisible();
    await press(page, say.save);
    await page.waitForURL(/\/people\/[0-9a-f-]{36}$/);
    const record = new URL(page.url()).pathname;
    const station: string = (await (await page.request.get("/api/v1/me")).json()).active.station.name;

    // The other station learns that there is somebody, and nothing of who or where.
    const other = await people.as(second, as);
    await open(other, "/people/new");
    await other.locator("#name").fill("郑某");
    await other.locator("#idNumber").fill(number);
    await other.locator("#category").selectOption("31");
    await press(other, say.save);
    await expect(other.getByText(say.elsewhere).first()).toBeVisible();
    const shown = (await other.locator("body").textContent()) ?? "";
    for (const secret of ["郑大山", "13900002222", station]) expect(shown).not.toContain(secret);
    await other.locator("#reason").fill("已迁入本村居住");
    await press(other, say.ask);
    await expect(other.getByText(say.asked)).toBeVisible();

    const town = await people.as("liuhe.clerk", { language, device: "pc" });
    await open(town, "/people/transfers");
    const card = town.locator("section").filter({ hasText: "郑大山" }).last();
    await card.getByRole("button", { name: say.accept, exact: true }).click();
    await expect(town.getByText(say.accepted)).toBeVisible();

    await open(other, "/people");
    await other.locator("main table a", { hasText: "郑大山" }).click();
    await other.waitForURL(/\/people\/[0-9a-f-]{36}$/);
    expect(new URL(other.url()).pathname).not.toBe(record);
    await awake(other);
    // The number is shown for a purpose, and that it was is in the log.
    await expect(other.getByText(number)).toHaveCount(0);
    await press(other, say.show);
    await expect(other.getByText(number)).toBeVisible();
    // On paper it stands masked, unless everything is asked for.
    await open(other, new URL(other.url()).pathname);
    await other.getByRole("link", { name: say.sheet }).click();
    await other.waitForURL(/\/sheet$/);
    await awake(other);
    await press(other, say.draw);
    await expect(other.getByRole("article").getByText("郑大山")).toBeVisible();
    await expect(other.getByRole("article").getByText(number)).toHaveCount(0);
    await other.getByRole("radio", { name: say.everything }).check();
    await press(other, say.draw);
    await expect(other.getByRole("article").getByText(number)).toBeVisible();
    expect((await other.request.get("/people/export?q=郑大")).status()).toBe(200);

    const city = await people.as("yunling.admin", { language, device: "pc" });
    await open(city, "/audit?action=person");
    for (const words of [say.revealed, say.printed, say.exported])
      await expect(city.getByRole("row", { name: words }).first()).toBeVisible();
    const log = (await city.locator("body").textContent()) ?? "";
    for (const secret of [number, "郑大"]) expect(log).not.toContain(secret);
  });

  test(`an Excel file is previewed, corrected and taken whole, ${title}`, async ({ people, house }) => {
    const page = await people.as(first, as);
    // The template as it is downloaded, with some of its columns filled in.
    const template = await (await page.request.get("/people/export?template=1")).body();
    const head = rowsOf(template).find((cells) => cells.length > 20) ?? [];
    const row = (name: string, place: number, phone: string) => {
      const known = [name, idNumberOf("1960-07-01", "male", order * 10 + place), "", "", phone, "31", "", ""];
      return head.map((_, i) => known[i] ?? "");
    };
    const upload = async (rows: string[][]) => {
      await page.locator("input[type=file]").setInputFiles(workbook([head, ...rows]));
      await press(page, say.preview);
    };
    await open(page, "/people/import");
    await upload([row("顾长河", 1, "13900003331"), row("顾长江", 2, "12")]);
    const faulty = page.getByRole("table", { name: say.faults });
    await expect(faulty.getByRole("row", { name: /顾长江/ })).toBeVisible();
    await expect(page.getByRole("button", { name: say.confirm })).toHaveCount(0);
    // The sound row is not taken alone.
    await open(page, "/people");
    await expect(page.locator("main table a", { hasText: "顾长河" })).toHaveCount(0);
    await open(page, "/people/import");
    const sound = [row("顾长河", 1, "13900003331"), row("顾长江", 2, "13900003332")];
    await upload(sound);
    await press(page, say.confirm);
    await expect(page.getByText(say.imported)).toBeVisible();
    for (const name of ["顾长河", "顾长江"])
      await expect(page.locator("main table a", { hasText: name })).toBeVisible();
    await open(page, "/people/import");
    await upload(sound);
    await expect(page.getByText(say.nothing)).toBeVisible();
    expect(await house.faults()).toEqual([]);
  });
}
