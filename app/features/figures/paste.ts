/** Cells of a pasted block, row by row; spreadsheets separate columns by tabs and end the last row with a line break. */
export function cellsOf(text: string): string[][] {
  const rows = text.replace(/\r\n?/g, "\n").split("\n");
  if (rows[rows.length - 1] === "") rows.pop();
  return rows.map((row) => row.split("\t").map((cell) => cell.trim()));
}

export interface PastePlan {
  /** Text for each field, by code. */
  values: Record<string, string>;
  /** Cells that found no field. */
  left: number;
}

/**
 * Where a pasted block goes, or null for a single cell, which the browser pastes as ever. A block whose rows begin
 * with an indicator's code or name goes to those fields, with the row's last cell as its value; any other fills down
 * from `start` in the order of the form, first column only. An empty cell leaves its field as it is.
 */
export function planPaste(
  text: string,
  fields: readonly { code: string; names: readonly string[] }[],
  start: string,
): PastePlan | null {
  const rows = cellsOf(text);
  if (rows.length <= 1 && (rows[0]?.length ?? 0) <= 1) return null;
  const byName = new Map(fields.flatMap(({ code, names }) => [code, ...names].map((name) => [name, code])));
  const named = rows.some(([first = "", ...rest]) => rest.length > 0 && byName.has(first));
  return named ? byRowName(rows, byName) : fillDown(rows, fields, start);
}

function byRowName(rows: readonly string[][], byName: ReadonlyMap<string, string>): PastePlan {
  const plan: PastePlan = { values: {}, left: 0 };
  for (const row of rows) {
    const code = byName.get(row[0] ?? "");
    const value = row[row.length - 1] ?? "";
    if (code === undefined || row.length < 2) plan.left += row.some(Boolean) ? 1 : 0;
    else if (value !== "") plan.values[code] = value;
  }
  return plan;
}

function fillDown(rows: readonly string[][], fields: readonly { code: string }[], start: string): PastePlan {
  const plan: PastePlan = { values: {}, left: 0 };
  const from = Math.max(
    0,
    fields.findIndex(({ code }) => code === start),
  );
  rows.forEach(([value = ""], index) => {
    const field = fields[from + index];
    if (value === "") return;
    if (field) plan.values[field.code] = value;
    else plan.left += 1;
  });
  return plan;
}
