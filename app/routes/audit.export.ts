import { searchAudit } from "@muster/db/queries/audit-search";
import { noteExport } from "@muster/db/queries/registers/exported";
import { downloadOf } from "@muster/reports/download";
import { AuditSearch, filterOf, wordsFor } from "~/features/identity/audit.server";
import { auditTable, MOST_EXPORTED } from "~/features/identity/audit-export.server";
import { download } from "~/server/route.server";

/** The audit log as a file, for whoever answers for it (an overseer reads it on the page): the entries that its filters show, in its words. */
export const loader = download(
  { authorization: { action: "export", subject: "AuditLog" }, search: AuditSearch.omit({ cursor: true }) },
  async ({ search, scoped, actor, t, locale, now }) => {
    const { log, words } = await scoped.write(async (tx) => {
      const log = await searchAudit(tx, filterOf(search, MOST_EXPORTED));
      await noteExport(tx, { register: "audit", search, rows: log.items.length });
      return { log, words: await wordsFor(tx, log.items, { t, locale }) };
    });
    const table = auditTable(log.items, words, { reader: actor.name, now, more: log.next !== null });
    const name = t("audit:export.file", { place: actor.stationName });
    const { body, headers } = await downloadOf([table], "csv", name);
    return new Response(body as BodyInit, { headers });
  },
);
