import { gunzipSync, gzipSync } from "node:zlib";
import type { ImportPlan } from "@muster/db/queries/stations/import";
import { type ImportError, MOST_IMPORT_BYTES } from "@muster/db/queries/stations/import-file";
import { LONGEST_TEXT } from "~/server/text.server";

const MOST_ERRORS = 200;
const MOST_LISTED = 100;

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

/** A plan as the page shows it. */
export interface ImportView {
  ok: true;
  counts: { create: number; rename: number; unchanged: number; errors: number };
  errors: ImportError[];
  create: { line: number; code: string; name: string; level: ImportPlan["create"][number]["level"] }[];
  rename: ImportPlan["rename"];
  /** What the confirmation sends; absent while there are errors. */
  confirm: { digest: string; openedOn: string; parts: string[] } | null;
  /** The stations changed since the last preview. */
  otherPlan: boolean;
}

/** Draws a plan: the first lines of each list, and the file for the confirmation when it may be carried out. */
export function viewOf(plan: ImportPlan, bytes: Uint8Array, openedOn: string, otherPlan = false): ImportView {
  const { create, rename, unchanged, errors, digest } = plan;
  const sound = errors.length === 0 && create.length + rename.length > 0;
  return {
    ok: true,
    counts: { create: create.length, rename: rename.length, unchanged, errors: errors.length },
    errors: errors.slice(0, MOST_ERRORS),
    create: create.slice(0, MOST_LISTED).map(({ line, code, name, level }) => ({ line, code, name, level })),
    rename: rename.slice(0, MOST_LISTED),
    confirm: sound ? { digest, openedOn, parts: packFile(bytes) } : null,
    otherPlan,
  };
}
