import axe from "axe-core";
import { type Numbers, numbersOf, VISITS, type Visit } from "./addresses";
import { expect, type Language, type Look, type Page, test } from "./test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let numbers: Numbers | undefined;

/** Every page of the build in one look, each account in one window. */
export function seeEveryPage(look: Required<Pick<Look, "device" | "language" | "elder">>): void {
  const { device, language, elder } = look;
  const all = (n: Numbers): Visit[] => Object.values(VISITS).flatMap((visits) => visits(n));
  // The accounts do not depend on the numbers.
  const nobody: Numbers = {
    village: 0,
    town: 0,
    city: 0,
    submitted: 0,
    membership: "",
    auditEntry: "",
    evidence: "",
    staff: "",
    training: "",
    finding: "",
    answered: "",
    inspection: "",
    inspected: 0,
    concluded: "",
    person: "",
    assistance: "",
    refusedCase: "",
    visit: "",
    plan: "",
    reception: "",
    petition: "",
  };
  const accounts = [...new Set(all(nobody).map(({ as }) => as))];
  for (const account of accounts) {
    const title = `${device}, ${language}${elder ? ", large print" : ""}: the pages of ${account ?? "nobody"}`;
    test(`${title} have no barrier, fit, and speak the reader's language`, async ({ people, troubles }) => {
      test.setTimeout(240_000);
      troubles.expect(/status of (400|403|404|410|422)/);
      numbers ??= await numbersOf((username) => people.as(username));
      const page = await people.as(account, look);
      const faults: string[] = [];
      for (const { path } of all(numbers).filter(({ as }) => as === account)) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
        const seen = [
          // Large print changes sizes alone: what axe finds it finds in the other looks, at twice the time.
          ...(elder ? [] : await barriers(page, { contrast: device === "pc" || isVillage(account) })),
          ...(await settledOverflow(page)),
          ...(await foreignWords(page, language)),
        ];
        faults.push(...seen.map((fault) => `${path}: ${fault}`));
      }
      expect(faults).toEqual([]);
    });
  }
}

/** Villages work on phones: what their pages look like there is looked at whole. */
function isVillage(account: string | null): boolean {
  return /-\d\d\./.test(account ?? "");
}

/**
 * What axe finds. Whether a text stands out from its ground takes four fifths of its time and is the same in every
 * size but for the menus: it is asked on the PC, and on the phone of those who have nothing else.
 */
async function barriers(page: Page, { contrast }: { contrast: boolean }): Promise<string[]> {
  const window = page.viewportSize() ?? { width: 360, height: 740 };
  // In a window as high as the page nothing lies under the bars at its edges: a person would scroll it free.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: window.width, height: Math.max(height, window.height) });
  // By itself: its maker's frame for Playwright carries every result of every rule to another page, three times the time.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(
    async ({ tags, enabled }) => {
      const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
      const { violations } = await axe.run(document, {
        runOnly: tags,
        resultTypes: ["violations"],
        rules: { "color-contrast": { enabled } },
      });
      return violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.slice(0, 3).map(({ target, html }) => ({ target: target.join(" "), html })),
      }));
    },
    { tags: RULES, enabled: contrast },
  );
  await page.setViewportSize(window);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id} (${help}) at ${target}: ${html.slice(0, 160)}`),
  );
}

/** What still sticks out once charts have taken their size: they are drawn a moment after the page. */
async function settledOverflow(page: Page): Promise<string[]> {
  const first = await overflow(page);
  if (first.length === 0) return first;
  await page.waitForLoadState("networkidle");
  return overflow(page);
}

/** What sticks out of the window to the side, unless it scrolls in a box of its own. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".sr-only, .fixed"),
    );
    const names = wide.slice(-3).map((e) => `${e.tagName} ${e.className} "${e.textContent?.slice(0, 30)}"`);
    return [`scrolls to the side: ${document.documentElement.scrollWidth} > ${width}: ${names.join(" | ")}`];
  });
}

/** Usernames, passwords, addresses, codes, references, versions of browsers: the same in every language. */
const DATA =
  /muster-demo|[a-z0-9-]+\.(head|clerk|liaison|admin|overseer|auditor)|https?:\S+|prev\.|\b[A-Z]\d\d[A-Z]?\b|\b[A-Z0-9]{8}\b|\b[0-9a-f]{8}-[0-9a-f-]+|[\w.-]+\.(csv|xlsx)/g;
const LATIN =
  /\b(Excel|CSV|EN|English|API|PDF|WPS|ID|IP|UTF|GB|Chrome|HeadlessChrome|Chromium|Linux|Android|Muster|demo|code|name|level|parent_code|count|MB|GB18030|city|town|village|district|register|change|prev|every|derived|counted|only|if)\b/gi;
const KEY = /(^|\s)[a-z]+:[a-z]+[\w.]*$|^[a-z]+(\.[a-zA-Z]+)+$|\bundefined\b|\bNaN\b|\[object|\{\{/;

/**
 * Keys instead of texts, English on Chinese pages, Chinese on English pages. What people entered stays as they
 * entered it: names of stations and people, reasons. What is meant to be in another language says so with `lang`.
 */
async function foreignWords(page: Page, language: Language): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [document.title];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest("script, style, noscript, textarea, code, pre, kbd")) continue;
      if (parent.closest("[lang]") !== document.documentElement) continue;
      const text = (node.textContent ?? "").trim();
      if (text) found.push(text);
    }
    for (const element of document.querySelectorAll("[aria-label], [placeholder]")) {
      found.push(element.getAttribute("aria-label") ?? "", element.getAttribute("placeholder") ?? "");
    }
    return [...new Set(found)];
  });
  const bare = texts.map((text) => text.replace(DATA, "").trim());
  const keys = bare.filter((text) => KEY.test(text));
  const foreign = bare.filter((text) =>
    language === "en" ? isChinesePhrase(text) : /[A-Za-z]{2,}/.test(text.replace(LATIN, "")),
  );
  return [
    ...keys.slice(0, 5).map((text) => `shows a key: ${text}`),
    ...foreign.slice(0, 8).map((text) => `in the other language: ${text.slice(0, 80)}`),
  ];
}

/** Chinese that is no name of a station or person: those end in their kind, or are two to four signs alone. */
function isChinesePhrase(text: string): boolean {
  const left = text
    .replace(/[\u4e00-\u9fff]+(市|区|县|镇|乡|街道|村|社区|站|服务点|所|中心|局|院)/g, "")
    .replace(/(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])/g, "");
  return /[\u4e00-\u9fff]{2,}/.test(left);
}
