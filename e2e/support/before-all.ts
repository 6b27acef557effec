import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { demoDatabase } from "@muster/db/testing/database";

/** Seeds the template of the demo cities once, so that no test has to wait for it. */
export default async function beforeAll(): Promise<void> {
  const build = fileURLToPath(new URL("../../build/server/index.js", import.meta.url));
  if (!existsSync(build)) throw new Error("There is no build: run `npm run -w app build` first.");
  const database = await demoDatabase(new Date());
  await database.drop();
}
