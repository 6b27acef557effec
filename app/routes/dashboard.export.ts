import { downloadOf } from "@muster/reports/download";
import { ExportSearch, fileNameOf, tablesOf } from "~/features/dashboards/export.server";
import { readDashboard } from "~/features/dashboards/page.server";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";

/** The tables of a dashboard as a file: the rows on its screen, lists that end there with all theirs. */
export const loader = read(
  { authorization: { action: "export", subject: "Dashboard" }, search: ExportSearch },
  async (context) => {
    const { page, format, table, ...search } = context.search;
    const data = await readDashboard(page, search, context, { whole: true });
    const tables = tablesOf(data, table, context);
    if (!tables) throw notFound();
    const name = fileNameOf(data.frame, table ? tables[0] : undefined, context);
    const { body, headers } = await downloadOf(tables, format, name);
    return new Response(body as BodyInit, { headers });
  },
);
