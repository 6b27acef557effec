// Prints how much JavaScript a page loads, compressed, and fails above the budget:
//   node app/server/js-budget.mjs "routes/_app.stations_.$stationId.months.$period"
// Without a route: every page. Counts what the browser fetches before the page reacts: entry, frame, route and all
// they import. The manifest is not among them: with lazy route discovery the page brings its own part of it inlined.
// Run after a build.
import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 130;
/** The page a village opens on a phone over a weak network. */
const BUDGETED = /stations.*months\.\$period/;

const client = fileURLToPath(new URL("../../build/client", import.meta.url));
const manifestName = readdirSync(`${client}/assets`).find((name) => name.startsWith("manifest-"));
if (!manifestName) throw new Error("no build: run `npm run -w app build` first");
const manifestText = readFileSync(`${client}/assets/${manifestName}`, "utf8");
/** @type {{ entry: { module: string, imports: string[] }, routes: Record<string, { id: string, parentId?: string, module: string, imports: string[] }> }} */
const manifest = JSON.parse(manifestText.slice(manifestText.indexOf("{"), manifestText.lastIndexOf("}") + 1));

/** @param {string} path */
const sizeOf = (path) => gzipSync(readFileSync(client + path), { level: 9 }).length / 1024;

/** @param {string} id */
function filesOf(id) {
  const files = new Set([manifest.entry.module, ...manifest.entry.imports]);
  for (let route = manifest.routes[id]; route; route = manifest.routes[route.parentId ?? ""]) {
    for (const file of [route.module, ...route.imports]) files.add(file);
  }
  return [...files];
}

const asked = process.argv.slice(2);
let over = false;
for (const id of asked.length > 0 ? asked : Object.keys(manifest.routes)) {
  if (!manifest.routes[id])
    throw new Error(`no route ${id}; there are:\n${Object.keys(manifest.routes).join("\n")}`);
  const files = filesOf(id);
  const total = files.reduce((sum, file) => sum + sizeOf(file), 0);
  const tooMuch = BUDGETED.test(id) && total > BUDGET_KB;
  over ||= tooMuch;
  console.log(`${total.toFixed(1).padStart(7)} KB  ${id}${tooMuch ? `  above ${BUDGET_KB} KB` : ""}`);
  if (asked.length > 0)
    for (const file of files) console.log(`${sizeOf(file).toFixed(1).padStart(9)}  ${file}`);
}
process.exitCode = over ? 1 : 0;
