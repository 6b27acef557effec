import { searchAudit } from "@muster/db/queries/audit-search";
import { listStations } from "@muster/db/queries/stations/tree";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ACTION_GROUPS, AuditSearch, filterOf } from "~/features/identity/audit.server";
import { AuditFilters, AuditTable } from "~/features/identity/audit-list";
import { actionLabel } from "~/features/identity/audit-words.server";
import { formatDateTime } from "~/i18n/format";
import { read } from "~/server/route.server";
import { buttonStyle } from "~/ui/button";
import { Card } from "~/ui/card";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";

export const handle = page({
  i18n: ["audit"],
  title: (t) => t("audit:title"),
  crumbs: (t) => [{ label: t("nav:audit") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "AuditLog" }, search: AuditSearch },
  async ({ search, scoped, actor, may, t }) => {
    const { from, to, station, person, action, q } = search;
    const { log, below } = await scoped(async (tx) => ({
      log: await searchAudit(tx, filterOf(search, 50)),
      below: await listStations(tx, { parentId: actor.stationId, limit: 200 }),
    }));
    return {
      mayExport: may("export", "AuditLog"),
      next: log.next,
      filter: {
        from: from ?? "",
        to: to ?? "",
        station: station ? String(station) : "",
        person: person ?? "",
        action: action ?? "",
        q: q ?? "",
      },
      stations: below.lines.map(({ id, name }) => ({ value: String(id), label: name })),
      groups: ACTION_GROUPS.map((value) => ({ value, label: t(`audit:group.${value}`) })),
      entries: log.items.map((entry) => ({
        id: entry.id,
        at: formatDateTime(entry.at),
        who: entry.userName,
        role: t(`nav:role.${entry.role as "head"}`),
        station: entry.stationName,
        action: actionLabel(entry.action, t),
        reference: entry.reference,
        ip: entry.ip,
      })),
    };
  },
);

export default function AuditPage() {
  const { entries, next, mayExport, ...filters } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["audit"]);
  const [search] = useSearchParams();
  const nextPage = new URLSearchParams(search);
  if (next) nextPage.set("cursor", next);
  const file = new URLSearchParams(search);
  file.delete("cursor");
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        {mayExport && entries.length > 0 && (
          <a href={`/audit/export?${file}`} download className={buttonStyle()}>
            {t("export.csv")}
          </a>
        )}
      </PageHeader>
      <Card flush>
        <AuditFilters {...filters} />
        <AuditTable entries={entries} />
        <Pagination next={next ? `?${nextPage}` : null} />
      </Card>
    </>
  );
}
