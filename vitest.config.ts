import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const appFolder = fileURLToPath(new URL("./app", import.meta.url));

// Pure rooms: their tests may share a process, and save the half of their time that loading takes. What has a database
// begins afresh in each file: what it keeps of a city must not meet the city of another database.
const PURE = ["packages/**/*.test.{ts,tsx}", "app/{i18n,ui}/**/*.test.{ts,tsx}"];

// One configuration for all rooms: `npx vitest run db/` runs one of them.
// The Remix plugin stays out: it expects a browser build.
export default defineConfig({
  resolve: { alias: { "~": appFolder } },
  test: {
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Property tests and database clones are heavy; two cores serve two files at a time.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "pure", include: PURE, isolate: false } },
      {
        extends: true,
        test: {
          name: "rooms",
          include: ["{app,db}/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", "build/**", ...PURE],
        },
      },
    ],
  },
});
