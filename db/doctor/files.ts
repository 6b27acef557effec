import type { FileStore } from "@muster/files/store";
import { sweepFiles } from "@muster/files/sweep";
import type { Pool } from "../client";
import { filesOfRows } from "../queries/evidence/pieces";
import { systemCaller, withScope } from "../scope";

/** Evidence whose file is missing, and files that no row names; leftovers of failed uploads are removed. */
export async function faultsOfFiles(
  app: Pool,
  files: FileStore,
  cities: readonly { id: number; name: string }[],
  now: Date,
): Promise<{ faults: string[]; fixed: string[] }> {
  const rows: { key: string; thumbnail: boolean; name: string; city: string }[] = [];
  for (const { id, name } of cities) {
    const caller = systemCaller(id, now, "doctor");
    const found = await withScope(app, caller, { readOnly: true }, filesOfRows);
    rows.push(...found.map((row) => ({ ...row, city: name })));
  }
  const sweep = await sweepFiles(files, { expected: rows, cities: cities.map(({ id }) => id), now });
  const faults = sweep.missing.map((key) => {
    const row = rows.find((each) => key.startsWith(each.key));
    return `${row?.city}: The file ${key} of the evidence ${row?.name} is missing.`;
  });
  const { length } = sweep.orphans;
  if (length > sweep.removed) {
    faults.push(
      `${length} files belong to no evidence: is this the database they were uploaded to? They are kept.`,
    );
  }
  const fixed = sweep.removed > 0 ? [`Removed ${sweep.removed} files that failed uploads had left.`] : [];
  return { faults, fixed };
}
