import { z } from "zod";

/** Where a page of a list begins or ends: the values its order goes by, the last of them the record's id. */
export type Edge = readonly string[];

const EdgeText = z
  .string()
  .max(400)
  .transform((text, context): Edge => {
    try {
      const parsed: unknown = JSON.parse(new TextDecoder().decode(bytesOf(text)));
      if (Array.isArray(parsed) && parsed.every((value) => typeof value === "string")) return parsed;
    } catch {
      // Not one of ours: the list begins at its beginning.
    }
    context.addIssue({ code: "custom", message: "field.invalid" });
    return z.NEVER;
  })
  .optional()
  .catch(undefined);

/** What every list's address may hold besides its filters. Anything odd counts as not asked. */
export const ListSearch = z.object({
  after: EdgeText,
  before: EdgeText,
  cols: z
    .preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(40)).max(40))
    .catch([]),
});

/** An edge as it stands in an address. */
export function edgeText(edge: Edge): string {
  const bytes = new TextEncoder().encode(JSON.stringify(edge));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
}
