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

/**
 * The path of a Chromium for the browser tests, installed when there is none, with fonts for Chinese; null when
 * none is to be had. MUSTER_CHROMIUM names one to use instead.
 * @param {(line: string) => void} log
 * @returns {Promise<string | null>}
 */
export async function provideBrowser(log) {
  const browser = (await findBrowser()) ?? (await installBrowser(log));
  if (browser && !(await hasChineseFont()) && !(await aptInstall(["fonts-noto-cjk"]))) {
    log("没有中文字体 There is no Chinese font: pages are tested with boxes for characters");
  }
  return browser;
}

async function findBrowser() {
  const { MUSTER_CHROMIUM } = process.env;
  for (const path of [...(MUSTER_CHROMIUM ? [MUSTER_CHROMIUM] : []), playwrightsOwn(), ...CANDIDATES]) {
    // Ubuntu's /usr/bin/chromium-browser exists without a browser behind it: only an answer counts.
    if (existsSync(path) && (await run(path, ["--version"])).code === 0) return path;
  }
  return null;
}

/** @returns {string} the path at which Playwright keeps its browser, downloaded or not */
function playwrightsOwn() {
  // Of the e2e workspace, which alone depends on it.
  const fromE2e = createRequire(join(ROOT, "e2e/package.json"));
  return fromE2e("@playwright/test").chromium.executablePath();
}

/** @param {(line: string) => void} log */
async function installBrowser(log) {
  log("安装浏览器 Installing Chromium");
  await aptInstall(["chromium", "chromium-sandbox", "fonts-noto-cjk"]);
  const fromDebian = await findBrowser();
  if (fromDebian) return fromDebian;
  await run(installed("playwright"), ["install", "chromium"]);
  return findBrowser();
}

async function hasChineseFont() {
  if (process.platform !== "linux") return true;
  const { code, output } = await run("fc-list", [":lang=zh"]);
  return code === 0 && output.trim() !== "";
}

/**
 * Installs Debian packages, as root or through a sudo that asks for no password.
 * @param {string[]} packages
 * @returns {Promise<boolean>} whether they are installed now
 */
async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  /** @param {string[]} args */
  const apt = (args) =>
    process.getuid?.() === 0
      ? run("apt-get", args, { env })
      : run("sudo", ["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args]);
  const wait = ["-o", "DPkg::Lock::Timeout=300"];
  await apt(["update", ...wait]);
  return (await apt(["install", "-y", "--no-install-recommends", ...wait, ...packages])).code === 0;
}
