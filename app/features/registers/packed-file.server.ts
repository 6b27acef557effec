import { gunzipSync, gzipSync } from "node:zlib";
import { MOST_IMPORT_BYTES } from "@muster/db/queries/stations/import-file";
import { LONGEST_TEXT } from "~/server/text.server";

/**
 * A file on its way from the preview to the confirmation, inside the form itself: no copy of it lies about, and any
 * server can take the confirmation. It is read and checked again there as if it had just been uploaded.
 */
export function packFile(bytes: Uint8Array): string[] {
  const text = gzipSync(bytes).toString("base64");
  return text.match(new RegExp(`.{1,${LONGEST_TEXT}}`, "g")) ?? [];
}

/** The bytes of a packed file, or null when somebody has changed them or they unfold beyond the limit. */
export function unpackFile(parts: readonly string[]): Uint8Array | null {
  try {
    return gunzipSync(Buffer.from(parts.join(""), "base64"), { maxOutputLength: MOST_IMPORT_BYTES + 1 });
  } catch {
    return null;
  }
}
