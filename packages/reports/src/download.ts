import { toCsv } from "./csv";
import { type ReportTable, wellFormed } from "./table";
import { toXlsx } from "./xlsx";

export const FILE_FORMATS = ["csv", "xlsx"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

const TYPES: Record<FileFormat, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** A file to be sent: its bytes and the headers that name it. */
export interface Download {
  body: Uint8Array;
  headers: Record<string, string>;
}

/** Writes tables as one file; `name` goes without an ending and may be Chinese. */
export async function downloadOf(
  tables: readonly ReportTable[],
  format: FileFormat,
  name: string,
): Promise<Download> {
  const body = format === "csv" ? new TextEncoder().encode(toCsv(tables)) : await toXlsx(tables);
  return {
    body,
    headers: {
      "Content-Type": TYPES[format],
      "Content-Disposition": contentDisposition(`${name}.${format}`),
      "Content-Length": String(body.byteLength),
    },
  };
}

/** An attachment's name: plain for old clients, and in UTF-8 by RFC 5987 for all others. */
export function contentDisposition(fileName: string): string {
  // Characters that no file system of an office PC takes.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are among them
  const safe = wellFormed(fileName.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, "_"));
  const plain = safe.replace(/[^\x20-\x7e]/g, "_").replace(/["%]/g, "_");
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
