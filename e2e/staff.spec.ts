import { workbook } from "./support/files";
import { type Device, expect, type Language, open, type Page, test } from "./support/test";
import { speaker } from "./support/words";

test.use({ story: "a roster" });

const HEADER = [
  "姓名",
  "岗位",
  "用工形式",
  "站长（负责人）",
  "党支部书记",
  "退役军人",
  "工作电话",
  "学历",
  "到岗日期",
];
const line = (name: string, employment: string, since: string) => [
  ...[name, "联络员", employment, "否", "否", "是", "139 0000 8888", "大专", since],
];

const LOOKS: readonly { language: Language; device: Device; clerk: string; people: readonly string[] }[] = [
  { language: "zh-CN", device: "phone", clerk: "liuhe.clerk", people: ["钱长青", "孙卫民", "李守业"] },
  { language: "en", device: "pc", clerk: "liuhe.head", people: ["吴长青", "郑卫民", "冯守业"] },
];

const stationOf = async (page: Page) =>
  Number((await (await page.request.get("/api/v1/me")).json()).active.station.id);

for (const { language, device, clerk, people: names } of LOOKS) {
  const say = speaker(language);
  const [entered = "", first = "", second = ""] = names;

  test(`somebody enters a member of the staff, ${language} on a ${device}`, async ({ people, troubles }) => {
    // The form that is sent without a name.
    troubles.expect(/422/);
    const page = await people.as(clerk, { language, device });
    const id = await stationOf(page);
    await open(page, `/stations/${id}/staff`);
    await page.getByRole("link", { name: say("addPerson") }).click();
    await page.getByRole("button", { name: say("enterPerson") }).click();
    await expect(page.getByRole("textbox", { name: say("personName") })).toHaveAttribute(
      "aria-invalid",
      "true",
    );
    await page.getByRole("textbox", { name: say("personName") }).fill(entered);
    await page.getByRole("textbox", { name: say("personPost") }).fill("业务专干");
    await page.getByRole("radio", { name: say("partTime") }).check();
    await page.getByRole("button", { name: say("enterPerson") }).click();
    await page.waitForURL(/\/staff(\/[0-9a-f-]{36})?$/);
    await open(page, `/stations/${id}/staff`);
    await expect(page.getByRole("link", { name: entered })).toBeVisible();
  });

  test(`an Excel roster is previewed with its faulty rows, corrected and taken, ${language} on a ${device}`, async ({
    people,
  }) => {
    const page = await people.as(clerk, { language, device });
    const id = await stationOf(page);
    await open(page, `/stations/${id}/staff/import`);
    const upload = async (rows: string[][]) => {
      await page.locator("input[type=file]").setInputFiles(workbook([HEADER, ...rows]));
      await page.getByRole("button", { name: say("preview") }).click();
    };
    await upload([line(first, "专职", "2026-03-01"), line(second, "临时", "2026-03-01")]);
    const faulty = page.getByRole("table", { name: say("faultyRows") });
    await expect(faulty.getByRole("row", { name: new RegExp(second) })).toContainText("临时");
    await expect(page.getByRole("button", { name: say("confirmImport") })).toHaveCount(0);
    await upload([line(first, "专职", "2026-03-01"), line(second, "兼职", "2026年4月1日")]);
    await expect(page.getByRole("row", { name: new RegExp(second) })).toBeVisible();
    await page.getByRole("button", { name: say("confirmImport") }).click();
    await page.waitForURL(/\/staff$/);
    for (const name of [first, second]) await expect(page.getByRole("link", { name })).toBeVisible();
    // The same file again enters nobody twice.
    await open(page, `/stations/${id}/staff/import`);
    await upload([line(first, "专职", "2026-03-01"), line(second, "兼职", "2026年4月1日")]);
    await expect(page.getByText(say("nothingNew"))).toBeVisible();
  });
}
