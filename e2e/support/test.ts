import { type BrowserContext, test as base, expect, type Locator, type Page } from "@playwright/test";
import { type House, openHouse } from "./house";

export { expect, type Page };

export type Language = "zh-CN" | "en";
export type Device = "phone" | "pc";

const SIZES = { phone: { width: 360, height: 740 }, pc: { width: 1440, height: 900 } } as const;

/** How somebody looks at the service. */
export interface Look {
  device?: Device;
  language?: Language;
  /** Large print. */
  elder?: boolean;
  /** Whether scripts run. */
  scripts?: boolean;
}

export interface People {
  /** A window of somebody who is signed in; null for nobody. */
  as(username: string | null, look?: Look): Promise<Page>;
}

/** What a test expects to go wrong in the browser's eyes, such as a page that is not there. */
export interface Troubles {
  expect(pattern: RegExp): void;
}

interface WorkerFixtures {
  /** Tests with the same story share a clone of the demo; another story starts from a fresh one. */
  story: string;
  house: House;
}

/** Requests that a page gives up itself when it is left, and scripts where none may run. */
const GIVEN_UP = /ERR_ABORTED|^csp$/;

export const test = base.extend<{ people: People; troubles: Troubles; look: Look }, WorkerFixtures>({
  story: ["", { option: true, scope: "worker" }],
  look: [{}, { option: true }],
  house: [
    async ({ story: _ }, use) => {
      const house = await openHouse();
      await use(house);
      await house.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  troubles: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const expected: RegExp[] = [];
      await use(Object.assign({ expect: (pattern: RegExp) => void expected.push(pattern) }, { expected }));
    },
    { scope: "test" },
  ],
  people: async ({ browser, house, troubles, look: usual }, use, info) => {
    const contexts: BrowserContext[] = [];
    const seen: string[] = [];
    await use({
      async as(username, look = {}) {
        const { device = "pc", language = "zh-CN", elder = false, scripts = true } = { ...usual, ...look };
        const context = await browser.newContext({
          baseURL: house.origin,
          viewport: SIZES[device],
          hasTouch: device === "phone",
          isMobile: device === "phone",
          locale: language,
          timezoneId: "Asia/Shanghai",
          javaScriptEnabled: scripts,
          reducedMotion: "reduce",
        });
        contexts.push(context);
        const cookie = (name: string, value: string) => ({ name, value, url: house.origin });
        await context.addCookies([
          cookie("locale", language),
          ...(elder ? [cookie("elder", "1")] : []),
          ...(username ? [cookie("muster", await house.signIn(username))] : []),
        ]);
        context.on("page", (page) => watch(page, username ?? "nobody", seen));
        return context.newPage();
      },
    });
    if (info.status !== info.expectedStatus) await attachScreenshots(contexts, info);
    const { expected } = troubles as Troubles & { expected: RegExp[] };
    await Promise.all(contexts.map((context) => context.close()));
    expect(
      seen.filter((line) => !expected.some((pattern) => pattern.test(line))),
      "what the browsers complained about",
    ).toEqual([]);
  },
});

function watch(page: Page, who: string, seen: string[]): void {
  const note = (what: string) => seen.push(`${who} at ${page.url()}: ${what}`);
  page.on("pageerror", (error) => note(error.stack ?? error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") note(message.text());
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    if (!GIVEN_UP.test(why)) note(`${request.method()} ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) note(`${response.status()} ${response.url()}`);
  });
}

async function attachScreenshots(
  contexts: BrowserContext[],
  info: { attach(name: string, options: { body: Buffer; contentType: string }): Promise<void> },
) {
  for (const page of contexts.flatMap((context) => context.pages())) {
    const body = await page.screenshot({ fullPage: true }).catch(() => null);
    if (body) await info.attach(new URL(page.url()).pathname, { body, contentType: "image/png" });
  }
}

/** Waits until the page's scripts have taken over; before that its forms work as plain forms. */
export async function awake(page: Page): Promise<Page> {
  await page.waitForFunction(() => {
    const main = document.querySelector("main");
    return main !== null && Object.keys(main).some((key) => key.startsWith("__reactFiber"));
  });
  return page;
}

/** Opens an address and waits until it reacts. */
export async function open(page: Page, path: string): Promise<Page> {
  await page.goto(path);
  return awake(page);
}

/** Sends a form by its button, and waits until the server has answered: the next look may be somebody else's. */
export async function send(page: Page, button: Locator): Promise<void> {
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await button.click();
  await answer;
}

/** Sends the form whose button says this. */
export function press(page: Page, name: string): Promise<void> {
  return send(page, page.getByRole("button", { name, exact: true }));
}
