import { idNumberOf } from "@muster/db/testing/id-numbers";
import { formsOf } from "./drawn-forms";

/** Numbers of nobody that must show up nowhere: an ID number, a mobile phone, a bank account. */
export const CANARIES = [idNumberOf("1947-03-05", "male", 91), "13877665599", "6222029876543210987"] as const;

/** What the canary walk asks and gets. */
export interface CanaryAnswer {
  status: number;
  to: string;
  text: string;
}
export type CanaryAsk = (path: string, form?: [string, string][]) => Promise<CanaryAnswer>;

/** What was typed stays in its field after a refusal or a search, and in the page's state beside it: nowhere else. */
function outsideFields(html: string): string {
  return html
    .replace(/<script\b[^>]*>.*?<\/script>/gs, "")
    .replace(/<textarea\b[^>]*>.*?<\/textarea>/gs, "")
    .replace(/<input\b[^>]*>/g, "");
}

const found = (text: string) => CANARIES.filter((canary) => text.includes(canary));

/** Asks for an address with the canaries in its query, and with one in the place of each of its parameters. */
export async function readsWithCanary(ask: CanaryAsk, path: string, pattern: string): Promise<string[]> {
  const query = new URLSearchParams(
    CANARIES.flatMap((canary, i) => [
      [["q", "name", "note"][i] ?? "", canary],
      [canary, "1"],
    ]),
  );
  const wrong = /:\w+/.test(pattern) ? [`/${pattern.replace(/:\w+/g, CANARIES[0])}`] : [];
  const faults: string[] = [];
  for (const address of [`${path}${path.includes("?") ? "&" : "?"}${query}`, ...wrong]) {
    const { status, to, text } = await ask(address);
    if (status >= 500) faults.push(`${pattern}: ${status}`);
    if (found(to).length > 0) faults.push(`${pattern}: sent on to an address with it`);
    if (found(text).length > 0) faults.push(`${pattern}: shown (${status})`);
  }
  return faults;
}

const KEPT =
  /^(intent|version|requestKey|request_key|id|ids|digest|parts|run|.*[Ii]d|period|on|day|.*On|.*From|.*Until)$/;

/** Sends each form of a page with a canary in every field that is left to be filled in, one canary at a time. */
export async function writesWithCanary(ask: CanaryAsk, path: string, seen: Set<string>): Promise<string[]> {
  const page = await ask(path);
  if (page.status !== 200) return [];
  const faults: string[] = [];
  for (const { action, fields } of formsOf(page.text, path)) {
    const shape = `${action.replace(/[?].*/, "").replace(/[0-9a-f-]{36}|\d+/g, "*")} ${fields
      .map(([name, value]) => (name === "intent" ? value : name.replace(/\d+/, "")))
      .join()}`;
    if (seen.has(shape) || action.startsWith("/logout") || !fields.some(([name]) => !KEPT.test(name)))
      continue;
    seen.add(shape);
    for (const canary of CANARIES) {
      const filled = fields.map(([name, value]): [string, string] => [
        name,
        KEPT.test(name) ? value : canary,
      ]);
      const once = [...new Map(filled)];
      const { status, to, text } = await ask(
        action.startsWith("?") ? path.replace(/[?].*/, "") + action : action,
        once,
      );
      if (status >= 500) faults.push(`${shape}: ${status}`);
      if (found(to).length > 0) faults.push(`${shape}: sent on to an address with it`);
      const shown = found(outsideFields(text));
      if (shown.length > 0) faults.push(`${shape}: shown (${status})`);
    }
  }
  return faults;
}
