import { searchAudit } from "@muster/db/queries/audit-search";
import { listStations } from "@muster/db/queries/stations/tree";
import { addDays, parseDay } from "@muster/domain/period";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { ACTION_GROUPS, actionLabel, shanghaiMidnight } from "~/features/identity/audit.server";
import { AuditFilters, AuditTable } from "~/features/identity/audit-list";
import { formatDateTime } from "~/i18n/format";
import { read } from "~/server/route.server";
import { Card } from "~/ui/card";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";

export const handle = page({
  i18n: ["audit"],
  title: (t) => t("audit:title"),
  crumbs: (t) => [{ label: t("nav:audit") }],
});

const Text = z.string().trim().max(100).optional().catch(undefined);
const Day = z
  .string()
  .transform((text) => parseDay(text))
  .nullish()
  .catch(null);

const Search = z.object({
  from: Day,
  to: Day,
  station: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 53)
    .optional()
    .catch(undefined),
  person: Text,
  action: z.enum(ACTION_GROUPS).optional().catch(undefined),
  q: Text,
  cursor: z.string().max(200).optional().catch(undefined),
});

export const loader = read(
  { authorization: { action: "read", subject: "AuditLog" }, search: Search },
  async ({ search, scoped, actor, t }) => {
    const { from, to, station, person, action, q, cursor } = search;
    const { log, below } = await scoped(async (tx) => ({
      log: await searchAudit(tx, {
        from: from ? shanghaiMidnight(from) : undefined,
        // The last day counts as a whole.
        to: to ? shanghaiMidnight(addDays(to, 1)) : undefined,
        stationId: station,
        person,
        action,
        q,
        cursor,
        limit: 50,
      }),
      below: await listStations(tx, { parentId: actor.stationId, limit: 200 }),
    }));
    return {
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
  const { entries, next, ...filters } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["audit"]);
  const [search] = useSearchParams();
  const nextPage = new URLSearchParams(search);
  if (next) nextPage.set("cursor", next);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <Card flush>
        <AuditFilters {...filters} />
        <AuditTable entries={entries} />
        <Pagination next={next ? `?${nextPage}` : null} />
      </Card>
    </>
  );
}
