import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const appFolder = fileURLToPath(new URL("./app", import.meta.url));

// One configuration for all rooms: `npx vitest run db/` runs one of them.
// The Remix plugin stays out: it expects a browser build.
export default defineConfig({
  resolve: { alias: { "~": appFolder } },
  test: {
    include: ["{app,db,packages}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "build/**"],
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Property tests and database clones are heavy; two cores serve two files at a time.
    maxWorkers: 2,
  },
});
