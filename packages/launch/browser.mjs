// @ts-check
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { installed, ROOT, run } from "./steps.mjs";

const CANDIDATES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** What to do where no browser was found and none could be installed. */
export const NO_BROWSER = `没有浏览器 No Chromium was found and none could be installed. As an administrator run one of
  apt-get install chromium fonts-noto-cjk              (Debian)
  npx playwright install --with-deps chromium          (Ubuntu)
or set MUSTER_CHROMIUM to the path of one.`;

/**
 * What of the machine the decision rests on; tests bring another.
 * @typedef {object} Machine
 * @property {(path: string) => boolean} exists
 * @property {typeof run} run
 * @property {boolean} root whether this process is root
 * @property {NodeJS.Platform} platform
 * @property {NodeJS.ProcessEnv} env
 */

/** @type {Machine} */
const THIS_MACHINE = {
  exists: existsSync,
  run,
  root: process.getuid?.() === 0,
  platform: process.platform,
  env: process.env,
};

/**
 * The path of a Chromium for the browser tests, installed when there is none, with fonts for Chinese; null when
 * none is to be had. MUSTER_CHROMIUM names one to use instead.
 * @param {(line: string) => void} log
 * @param {Machine} [machine]
 * @returns {Promise<string | null>}
 */
export async function provideBrowser(log, machine = THIS_MACHINE) {
  const { MUSTER_CHROMIUM } = machine.env;
  if (MUSTER_CHROMIUM && !(await answers(MUSTER_CHROMIUM, machine))) {
    log(`MUSTER_CHROMIUM=${MUSTER_CHROMIUM} 不能运行 does not run: another one is used`);
  }
  const browser = (await findBrowser(machine)) ?? (await installBrowser(log, machine));
  if (browser && !(await hasChineseFont(machine)) && !(await aptInstall(["fonts-noto-cjk"], machine))) {
    log("没有中文字体 There is no Chinese font, boxes stand for characters: apt-get install fonts-noto-cjk");
  }
  return browser;
}

/** @param {Machine} machine */
async function findBrowser(machine) {
  const { MUSTER_CHROMIUM } = machine.env;
  for (const path of [...(MUSTER_CHROMIUM ? [MUSTER_CHROMIUM] : []), playwrightsOwn(), ...CANDIDATES]) {
    if (await answers(path, machine)) return path;
  }
  return null;
}

/**
 * Ubuntu's /usr/bin/chromium-browser exists without a browser behind it, and Playwright's lacks libraries on a bare
 * machine: only an answer counts.
 * @param {string} path
 * @param {Machine} machine
 */
async function answers(path, machine) {
  return machine.exists(path) && (await machine.run(path, ["--version"])).code === 0;
}

/** @returns {string} the path at which Playwright keeps its browser, downloaded or not */
export function playwrightsOwn() {
  // Of the e2e workspace, which alone depends on it.
  const fromE2e = createRequire(join(ROOT, "e2e/package.json"));
  return fromE2e("@playwright/test").chromium.executablePath();
}

/**
 * @param {(line: string) => void} log
 * @param {Machine} machine
 */
async function installBrowser(log, machine) {
  log("安装浏览器 Installing Chromium");
  const playwright = installed("playwright");
  const ways = [
    // Of these only Debian has chromium-sandbox: Ubuntu, whose Chromium is a snap, refuses at once.
    () => aptInstall(["chromium", "chromium-sandbox", "fonts-noto-cjk"], machine),
    () => machine.run(playwright, ["install", "chromium"]),
    // It would ask for a password where sudo needs one.
    async () => (await mayInstall(machine)) && machine.run(playwright, ["install-deps", "chromium"]),
  ];
  for (const way of ways) {
    await way();
    const browser = await findBrowser(machine);
    if (browser) return browser;
  }
  return null;
}

/** @param {Machine} machine */
async function hasChineseFont(machine) {
  if (machine.platform !== "linux") return true;
  const { code, output } = await machine.run("fc-list", [":lang=zh"]);
  return code === 0 && output.trim() !== "";
}

/**
 * Whether packages can be installed: as root, or through a sudo that asks for no password.
 * @param {Machine} machine
 */
async function mayInstall({ root, run }) {
  return root || (await run("sudo", ["-n", "true"])).code === 0;
}

/**
 * Installs Debian packages.
 * @param {string[]} packages
 * @param {Machine} machine
 * @returns {Promise<boolean>} whether they are installed now
 */
async function aptInstall(packages, machine) {
  if (!(await mayInstall(machine))) return false;
  const env = { ...machine.env, DEBIAN_FRONTEND: "noninteractive" };
  /** @param {string[]} args */
  const apt = (args) =>
    machine.root
      ? machine.run("apt-get", args, { env })
      : machine.run("sudo", ["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args]);
  const wait = ["-o", "DPkg::Lock::Timeout=300"];
  await apt(["update", ...wait]);
  return (await apt(["install", "-y", "--no-install-recommends", ...wait, ...packages])).code === 0;
}
