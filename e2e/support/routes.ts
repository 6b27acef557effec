import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const CLIENT = fileURLToPath(new URL("../../build/client", import.meta.url));

interface BuiltRoute {
  id: string;
  parentId?: string;
  path?: string;
  module: string;
}

function manifest(): Record<string, BuiltRoute> {
  const name = readdirSync(`${CLIENT}/assets`).find((file) => file.startsWith("manifest-"));
  if (!name) throw new Error("There is no build: run `npm run -w app build` first.");
  const text = readFileSync(`${CLIENT}/assets/${name}`, "utf8");
  return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)).routes;
}

/** Addresses of all pages of the build, with `:params`. What draws nothing has no page: a form's target, the API. */
export function pagesOfBuild(): string[] {
  const routes = manifest();
  const layouts = new Set(Object.values(routes).map(({ parentId }) => parentId));
  const pathOf = ({ path = "", parentId }: BuiltRoute): string => {
    const parent = parentId ? routes[parentId] : undefined;
    return [parent ? pathOf(parent) : "", path].filter(Boolean).join("/");
  };
  return Object.values(routes)
    .filter(({ id, module }) => !layouts.has(id) && readFileSync(CLIENT + module, "utf8").trim() !== "")
    .map((route) => `/${pathOf(route)}`)
    .sort();
}
