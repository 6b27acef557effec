import { downloadOf } from "@muster/reports/download";
import type { Translate } from "~/i18n/locales";
import { sheetTable } from "./sheet.server";

/** Lines of one exported list. */
export const MOST_EXPORTED = 20_000;

/** A column of a register's exported list: its head, and what it says of a line. */
export interface ExportColumn<Line> {
  name: string;
  label: (t: Translate) => string;
  value: (line: Line) => string;
  /**
   * One that the list on the screen lets its reader choose: `usual` is taken along when nothing was chosen, `rare` is
   * not. Without it the column is always there.
   */
  choice?: "usual" | "rare";
}

/** Makes columns whose heads stand in a catalogue, each by its name. */
export function columnMaker<Name extends string, Line>(head: (t: Translate, name: Name) => string) {
  return (
    name: Name,
    value: (line: Line) => string,
    choice?: ExportColumn<Line>["choice"],
  ): ExportColumn<Line> => ({ name, label: (t) => head(t, name), value, ...(choice ? { choice } : {}) });
}

/** The columns that somebody takes along: those that the list shows when its reader has chosen some (`cols`). */
export function takenAlong<Line>(
  columns: readonly ExportColumn<Line>[],
  cols: readonly string[],
): ExportColumn<Line>[] {
  return columns.filter(
    ({ name, choice }) => !choice || (cols.length > 0 ? cols.includes(name) : choice === "usual"),
  );
}

/** What a register's list shows as an Excel file. Whatever must not leave is masked before it comes here. */
export async function exportedList<Line>(
  columns: readonly ExportColumn<Line>[],
  lines: readonly Line[],
  {
    cols,
    cut,
    notes = [],
    ...said
  }: {
    cols: readonly string[];
    /** Said when there are more lines than the file takes. */
    cut: string;
    notes?: readonly string[];
    t: Translate;
    reader: string;
    now: Date;
    title: string;
  },
): Promise<Response> {
  const taken = takenAlong(columns, cols);
  const table = sheetTable(
    taken,
    lines.map((line) => taken.map(({ value }) => value(line))),
    { ...said, notes: [...notes, ...(lines.length === MOST_EXPORTED ? [cut] : [])] },
  );
  const { body, headers } = await downloadOf([table], "xlsx", table.title);
  return new Response(body as BodyInit, { headers });
}
