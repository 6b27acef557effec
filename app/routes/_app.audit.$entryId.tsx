import { findAuditEntry } from "@muster/db/queries/audit-search";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { wordsFor } from "~/features/identity/audit.server";
import { actionLabel, changesInWords, subjectInWords } from "~/features/identity/audit-words.server";
import { formatDateTime } from "~/i18n/format";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { EmptyState } from "~/ui/empty-state";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Table } from "~/ui/table";

export const handle = page<typeof loader>({
  i18n: ["audit"],
  title: (_, data) => data.action,
  crumbs: (t, data) => [{ label: t("nav:audit"), to: "/audit" }, { label: data.action }],
});

export const loader = read(
  {
    authorization: { action: "read", subject: "AuditLog" },
    params: z.object({ entryId: z.uuid() }),
  },
  async ({ params, scoped, t, locale }) => {
    const { entry, words } = await scoped(async (tx) => {
      const entry = await findAuditEntry(tx, params.entryId);
      if (!entry) throw notFound();
      return { entry, words: await wordsFor(tx, [entry], { t, locale }) };
    });
    return {
      action: actionLabel(entry.action, t),
      at: formatDateTime(entry.at),
      who: entry.userName,
      role: t(`nav:role.${entry.role as "head"}`),
      station: entry.stationName ?? t("audit:elsewhere"),
      subject: subjectInWords(entry, words),
      ip: entry.ip,
      reference: entry.reference,
      changes: changesInWords(entry, words),
    };
  },
);

export default function AuditEntryPage() {
  const entry = useLoaderData<typeof loader>();
  const { t } = useTranslation(["audit"]);
  const missing = <span className="text-ink-3">—</span>;
  return (
    <>
      <PageHeader title={entry.action} note={`${entry.at} · ${entry.who} · ${entry.station}`} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title={t("detail.facts")}>
          <DescriptionList
            columns={1}
            items={[
              { term: t("column.at"), value: entry.at },
              { term: t("column.who"), value: `${entry.who}（${entry.role}）` },
              { term: t("column.station"), value: entry.station },
              { term: t("column.action"), value: entry.action },
              { term: t("column.subject"), value: entry.subject },
              { term: t("column.ip"), value: entry.ip || "—" },
              {
                term: t("column.reference"),
                value: <span className="break-all font-mono text-sm">{entry.reference}</span>,
              },
            ]}
          />
        </Card>
        <Card title={t("detail.changes")} flush>
          <Table
            caption={t("detail.changes")}
            rows={entry.changes}
            rowKey={(row) => row.id}
            rowTone={(row) => (row.before !== null && row.before !== row.after ? "warn" : undefined)}
            empty={<EmptyState title={t("detail.noChanges")} />}
            columns={[
              { id: "name", header: t("detail.value"), rowHeader: true, cell: (row) => row.label },
              { id: "before", header: t("detail.before"), cell: (row) => row.before ?? missing },
              { id: "after", header: t("detail.after"), cell: (row) => row.after ?? missing },
            ]}
          />
        </Card>
      </div>
    </>
  );
}
