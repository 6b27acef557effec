import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** Takes the README's pictures: `npx playwright test -c e2e/screenshots.config.ts`. */
export default defineConfig({ ...tests, testMatch: "screenshots.ts", workers: 1 });
