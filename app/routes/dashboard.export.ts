import { noteExport } from "@muster/db/queries/registers/exported";
import { downloadOf } from "@muster/reports/download";
import { ExportSearch, fileNameOf, tablesOf } from "~/features/dashboards/export.server";
import { readDashboard } from "~/features/dashboards/page.server";
import { notFound } from "~/server/errors.server";
import { download } from "~/server/route.server";

/** The tables of a dashboard as a file: the rows on its screen, lists that end there with all theirs. */
export const loader = download(
  { authorization: { action: "export", subject: "Dashboard" }, search: ExportSearch },
  async (context) => {
    const { page, format, table, ...search } = context.search;
    const data = await readDashboard(page, search, context, { whole: true });
    const tables = tablesOf(data, table, context);
    if (!tables) throw notFound();
    const rows = tables.reduce((sum, each) => sum + each.rows.length, 0);
    await context.scoped.write((tx) =>
      noteExport(tx, { register: "dashboard", search: context.search, rows, board: page }),
    );
    const name = fileNameOf(data.frame, table ? tables[0] : undefined, context);
    const { body, headers } = await downloadOf(tables, format, name);
    return new Response(body as BodyInit, { headers });
  },
);
