import type { z } from "zod";
import { badRequest, Refusal } from "./errors.server";
import { isMisplaced } from "./private-numbers.server";
import { isSafeName, isStorable, LONGEST_TEXT } from "./text.server";
import type { ReceivedFile } from "./upload.server";

/** A form as it was sent: a field's text, its texts where the schema takes a list, or a file. */
export type RawForm = Record<string, string | string[] | File | ReceivedFile>;
/** One field of it. */
export type FieldValue = string | File | ReceivedFile;

/** What the page shows again after a refusal. */
export type FormValues = Record<string, string | string[]>;

const MOST_FIELDS = 2_000;
const FORM_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data"];
const SECRET = /password|passcode|secret|token/i;

/**
 * Reads a form's fields. A wrong content type is 415; a broken body, or more fields than any page of ours has, is
 * 400: a megabyte of `a=&a=&...` holds 350,000 of them, and everything behind this would go through them all.
 */
export async function readFields(request: Request): Promise<[string, string | File][]> {
  const type = (request.headers.get("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!FORM_TYPES.includes(type)) throw new Refusal(415, "wrongType");
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    throw badRequest("form.unreadable");
  }
  const fields = [...form];
  if (fields.length > MOST_FIELDS) throw badRequest("form.hostile");
  return fields;
}

/** The schema of one field of an object schema, without optional, default and the like around it. */
function fieldSchema(schema: z.ZodType, name: string): z.core.$ZodTypeDef | null {
  const shape = (schema.def as { shape?: Record<string, z.ZodType> }).shape;
  if (!shape || !Object.hasOwn(shape, name)) return null;
  let def = shape[name]?.def as (z.core.$ZodTypeDef & { innerType?: z.ZodType; in?: z.ZodType }) | undefined;
  while (def && (def.innerType || def.in)) def = (def.innerType ?? def.in)?.def as typeof def;
  return def ?? null;
}

/** Names of the fields for which the schema takes a list (`z.array`). */
function listFields(schema: z.ZodType): string[] {
  const shape = (schema.def as { shape?: Record<string, z.ZodType> }).shape ?? {};
  return Object.keys(shape).filter((name) => fieldSchema(schema, name)?.type === "array");
}

/**
 * Fields to an object, before any schema sees them. Refused with 400: names that reach into prototypes, a field sent
 * twice that is not a list. Lists are always lists, also with one value.
 */
export function gather(fields: readonly [string, FieldValue][], schema: z.ZodType): RawForm {
  const lists = new Set(listFields(schema));
  const form: RawForm = {};
  for (const name of lists) form[name] = [];
  for (const [name, value] of fields) {
    if (!isSafeName(name)) throw badRequest("form.hostile");
    const list = form[name];
    if (lists.has(name) && typeof value === "string" && Array.isArray(list)) list.push(value);
    else if (Object.hasOwn(form, name)) throw badRequest("form.duplicate");
    else form[name] = value;
  }
  return form;
}

/** What the person typed, to show again. Files cannot be shown again and secrets must not be. */
export function valuesOf(fields: readonly [string, FieldValue][]): FormValues {
  const values: FormValues = {};
  for (const [name, value] of fields) {
    if (typeof value !== "string" || !isSafeName(name) || SECRET.test(name)) continue;
    const known = Object.hasOwn(values, name) ? values[name] : undefined;
    const text = value.slice(0, LONGEST_TEXT);
    values[name] = known === undefined ? text : [...(Array.isArray(known) ? known : [known]), text];
  }
  return values;
}

/** A message beside a field: key in namespace `errors` (or `ns:key`) and its values. */
export interface FieldMessage {
  key: string;
  params?: Record<string, string | number>;
}
export type FieldMessages = Record<string, FieldMessage[]>;

/**
 * Texts that cannot be stored, are longer than any field takes, or hold numbers of people that have fields of their own;
 * found before the schema runs.
 */
export function unstorableFields(form: RawForm): FieldMessages {
  const messages: FieldMessages = {};
  for (const [name, value] of Object.entries(form)) {
    for (const text of Array.isArray(value) ? value : [value]) {
      if (typeof text !== "string") continue;
      if (!isStorable(text)) messages[name] = [{ key: "field.characters" }];
      else if (text.length > LONGEST_TEXT)
        messages[name] = [{ key: "field.tooLong", params: { maximum: LONGEST_TEXT } }];
      else if (isMisplaced(name, text)) messages[name] = [{ key: "field.privateNumber" }];
    }
  }
  return messages;
}

/** A schema's issue as a key of the catalogue. A message of the schema's own that looks like a key is taken as one. */
function messageOf(issue: z.core.$ZodIssue): FieldMessage {
  // A custom message written as a key, `figures:errors.notOpen` or `field.required`.
  if (/^([a-z]+:)?[a-zA-Z]+(\.[a-zA-Z0-9_]+)+$/.test(issue.message)) {
    const params = issue.code === "custom" ? (issue.params as FieldMessage["params"]) : undefined;
    return { key: issue.message, params };
  }
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return { key: "field.required" };
      if (issue.expected === "int") return { key: "field.integer" };
      return { key: issue.expected === "number" ? "field.number" : "field.invalid" };
    case "too_small":
      if (issue.origin === "string") {
        return issue.minimum === 1
          ? { key: "field.required" }
          : { key: "field.tooShort", params: { minimum: Number(issue.minimum) } };
      }
      if (issue.origin === "array")
        return { key: "field.tooFew", params: { minimum: Number(issue.minimum) } };
      return { key: "field.tooSmall", params: { minimum: Number(issue.minimum) } };
    case "too_big":
      return {
        key: issue.origin === "string" ? "field.tooLong" : "field.tooBig",
        params: { maximum: Number(issue.maximum) },
      };
    case "invalid_value":
    case "invalid_union":
      return { key: "field.option" };
    default:
      return { key: "field.invalid" };
  }
}

/** Checks a form against its schema: the typed content, or messages beside the fields (`""` is the form itself). */
export function check<T>(
  form: RawForm,
  schema: z.ZodType<T>,
): { ok: true; content: T } | { ok: false; messages: FieldMessages } {
  const unstorable = unstorableFields(form);
  if (Object.keys(unstorable).length > 0) return { ok: false, messages: unstorable };
  const parsed = schema.safeParse(form, { reportInput: true });
  if (parsed.success) return { ok: true, content: parsed.data };
  const messages: FieldMessages = {};
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0] ?? "");
    messages[name] = [...(messages[name] ?? []), messageOf(issue)];
  }
  return { ok: false, messages };
}
