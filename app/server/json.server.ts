import { duplicateKeyOf } from "@muster/domain/figures-input";
import { badRequest, Refusal } from "./errors.server";
import { isMisplaced } from "./private-numbers.server";
import { isSafeName, isStorable, LONGEST_TEXT } from "./text.server";

const DEEPEST = 20;

function refuseHostile(value: unknown, depth: number, field = ""): void {
  if (depth > DEEPEST) throw badRequest("api:errors.tooDeep");
  if (typeof value === "string") {
    if (!isStorable(value) || value.length > LONGEST_TEXT) throw badRequest("api:errors.text");
    if (isMisplaced(field, value)) throw badRequest("errors:field.privateNumber");
  } else if (Array.isArray(value)) {
    for (const item of value) refuseHostile(item, depth + 1, field);
  } else if (value !== null && typeof value === "object") {
    for (const [name, item] of Object.entries(value)) {
      if (!isSafeName(name)) throw badRequest("api:errors.name");
      refuseHostile(item, depth + 1, name);
    }
  }
}

/**
 * Reads a JSON body; an empty body is `{}`. Another content type is 415; broken JSON, names that reach into
 * prototypes, NUL and half surrogate pairs and keys
 * given twice are 400.
 */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === "") return {};
  const type = (request.headers.get("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !/^application\/[\w.-]+\+json$/.test(type))
    throw new Refusal(415, "wrongType");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest("api:errors.json");
  }
  refuseHostile(value, 0);
  // The parser silently keeps the last of two, and nobody knows which one was meant.
  if (duplicateKeyOf(text) !== null) throw badRequest("api:errors.duplicateKey");
  return value;
}
