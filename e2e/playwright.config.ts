import { defineConfig } from "@playwright/test";

/**
 * Chromium only: MUSTER_CHROMIUM names one, `npm test` finds or installs it. Without the flags a Chromium in a closed
 * network keeps looking for its maker's hosts.
 */
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  globalSetup: "./support/before-all.ts",
  outputDir: "../.cache/e2e",
  // Two cores: a browser and a server each.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at the second try is a test that fails sometimes.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["line"]],
  use: {
    browserName: "chromium",
    headless: true,
    launchOptions: {
      ...(process.env.MUSTER_CHROMIUM ? { executablePath: process.env.MUSTER_CHROMIUM } : {}),
      args: CHROMIUM_FLAGS,
    },
    trace: "off",
    screenshot: "off",
  },
});
