import { randomUUID } from "node:crypto";
import { readFirstSheet } from "@muster/reports/read";
import { z } from "zod";
import type { Translate } from "~/i18n/locales";
import { badRequest } from "~/server/errors.server";
import { packFile, unpackFile } from "./packed-file.server";
import { LINES_AROUND, readSheet, type Sheet, type SheetFault, type SheetSpec } from "./sheet.server";

/** Largest workbook: 5,000 people with all their columns have about 1 MB. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_FAULTS = 200;
const MOST_LISTED = 100;

export const UploadForm = z.object({
  file: z
    .instanceof(File, { message: "registers:import.noFile" })
    .refine((file) => file.size > 0, "registers:import.noFile"),
});
export const ConfirmForm = z.object({
  digest: z.string().regex(/^[0-9a-f]{32}$/),
  parts: z
    .array(z.string().regex(/^[A-Za-z0-9+/=]+$/))
    .min(1)
    .max(400),
  /** Made with the form: by it the page asks how far its file is. */
  run: z.string().max(40).catch(""),
});

/** A line of the file, by the texts of the page's columns. */
export interface ListedLine {
  line: number;
  cells: string[];
}

/** What a file would do, as the page shows it. */
export interface ImportView {
  ok: true;
  /** `change` where a file may change what is there. */
  counts: { add: number; change?: number; unchanged: number; faults: number };
  /** Faulty rows in words, up to a limit; line 0 is the whole file. */
  faults: { line: number; name: string; column: string; reason: string }[];
  /** The first of those who would be added, by the texts of the page's columns. */
  add: ListedLine[];
  /** The first of what would be changed. */
  change?: ListedLine[];
  /** What the confirmation sends; absent while there are faults. */
  confirm: { digest: string; parts: string[]; run: string; fields: Record<string, string> } | null;
  /** What is there has changed since the file was shown, and nothing was written. */
  stale?: boolean;
}

/** Reads an uploaded workbook by a register's spec. */
export async function readUpload<Row>(
  spec: SheetSpec<Row>,
  file: File,
): Promise<{ sheet: Sheet<Row>; bytes: Uint8Array }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { sheet: await sheetIn(spec, bytes), bytes };
}

/** The sound rows of a file that comes back with its confirmation; 400 when somebody has changed it. */
export async function readConfirmed<Row>(
  spec: SheetSpec<Row>,
  parts: readonly string[],
): Promise<Sheet<Row>["rows"]> {
  const bytes = unpackFile(parts);
  const sheet = bytes && (await sheetIn(spec, bytes));
  if (!sheet || sheet.faults.length > 0) throw badRequest("registers:import.stale");
  return sheet.rows;
}

async function sheetIn<Row>(spec: SheetSpec<Row>, bytes: Uint8Array): Promise<Sheet<Row>> {
  return readSheet(spec, await readFirstSheet(bytes, spec.mostRows + LINES_AROUND, MOST_BYTES));
}

/**
 * Draws a plan: counts, the faults in words, the first rows, and the file for the confirmation when it is sound;
 * `fields` go along with it.
 */
export function importView(
  bytes: Uint8Array,
  plan: {
    add: ListedLine[];
    change?: ListedLine[];
    unchanged: number;
    faults: SheetFault[];
    digest: string;
  },
  t: Translate,
  fields: Record<string, string> = {},
): ImportView {
  const faults = plan.faults
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, name, problem, params, words = {}, column }) => {
      const said = Object.entries(words).map(([hole, key]) => [hole, t(key as "people:field.name")]);
      const values = { ...params, ...Object.fromEntries(said) };
      return {
        line,
        name,
        column: column ? String(t(column as "people:field.name")) : "",
        reason: String(t(problem as "registers:import.problem.header", values)),
      };
    });
  const { add, change, unchanged, digest } = plan;
  const sound = faults.length === 0 && add.length + (change?.length ?? 0) > 0;
  return {
    ok: true,
    counts: {
      add: add.length,
      ...(change ? { change: change.length } : {}),
      unchanged,
      faults: faults.length,
    },
    faults: faults.slice(0, MOST_FAULTS),
    add: add.slice(0, MOST_LISTED),
    ...(change ? { change: change.slice(0, MOST_LISTED) } : {}),
    confirm: sound ? { digest, parts: packFile(bytes), run: randomUUID(), fields } : null,
  };
}
