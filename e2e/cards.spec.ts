import { readFileSync } from "node:fs";
import { type Device, expect, type Language, open, test } from "./support/test";

test.use({ story: "cards" });

const WORDS = {
  "zh-CN": {
    kind: "爱心联系卡",
    issue: "发卡",
    issued: "已发 1 张卡",
    version: "第 2 版",
    replace: "换发",
    replaced: "已换发",
    withdraw: "收回",
    withdrawn: "已收回",
    print: "打印",
    show: "显示卡片",
    pdf: "下载 PDF",
  },
  en: {
    kind: "Loving contact card",
    issue: "Issue cards",
    issued: "1 card issued",
    version: "version 2",
    replace: "Replace",
    replaced: "Replaced",
    withdraw: "Withdraw",
    withdrawn: "Withdrawn",
    print: "Print",
    show: "Show cards",
    pdf: "Download PDF",
  },
} as const;

const LOOKS: readonly { language: Language; device: Device; keeper: string }[] = [
  { language: "zh-CN", device: "phone", keeper: "liuhe-02.head" },
  { language: "en", device: "pc", keeper: "liuhe-03.head" },
];

for (const { language, device, keeper } of LOOKS) {
  const say = WORDS[language];

  test(`a card is issued, printed at its real size, replaced and withdrawn, ${language} on a ${device}`, async ({
    people,
  }) => {
    const page = await people.as(keeper, { language, device });
    await open(page, "/people");
    const person = await page
      .locator("main table a[href^='/people/']")
      .evaluateAll(
        (links) =>
          links
            .map((link) => link.getAttribute("href") ?? "")
            .find((href) => /^\/people\/[0-9a-f-]{36}$/.test(href)) ?? "",
      );
    await open(page, `${person}/cards`);
    await page.getByRole("radio", { name: say.kind }).check();
    await page.getByRole("button", { name: say.issue, exact: true }).click();
    await expect(page.getByText(say.issued)).toBeVisible();

    await page.getByRole("link", { name: say.print, exact: true }).click();
    await page.waitForURL(/\/cards\/print/);
    await page.getByRole("button", { name: say.show }).click();
    const face = page.locator("article.card-face").first();
    await expect(face).toBeVisible();
    // 85.6 by 54 mm at 96 dots an inch, whatever the screen.
    const box = await face.boundingBox();
    expect(Math.abs((box?.width ?? 0) - (85.6 / 25.4) * 96)).toBeLessThan(1);
    expect(Math.abs((box?.height ?? 0) - (54 / 25.4) * 96)).toBeLessThan(1);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: say.pdf }).click(),
    ]);
    expect(
      readFileSync(await file.path())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");

    await open(page, `${person}/cards`);
    // Others of the person's cards stay as they are.
    const cards = page
      .locator("main section section")
      .filter({ has: page.getByRole("heading", { name: say.kind, exact: true }) });
    await cards.getByText(say.replace, { exact: true }).first().click();
    await cards.getByRole("button", { name: say.replace, exact: true }).click();
    await expect(cards.getByText(say.version)).toBeVisible();
    await expect(cards.getByText(new RegExp(`${say.replaced}$`))).toBeVisible();
    await cards.getByText(say.withdraw, { exact: true }).first().click();
    await cards.getByRole("button", { name: say.withdraw, exact: true }).click();
    await expect(cards.getByText(new RegExp(`${say.withdrawn}$`))).toBeVisible();
    await expect(cards.getByText(say.withdraw, { exact: true })).toHaveCount(0);
  });
}
