import { rootStation } from "@muster/db/queries/stations/tree";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { rightsOn } from "~/features/stations/access.server";
import { ListSearch } from "~/features/stations/forms";
import { LevelCounts, ListFilter } from "~/features/stations/list-filter";
import { listModel } from "~/features/stations/list-model.server";
import { TreeTable } from "~/features/stations/tree-table";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";

export const handle = page<typeof loader>({
  i18n: ["stations"],
  title: (t) => t("stations:title"),
  crumbs: (t) => [{ label: t("nav:stations") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Station" }, search: ListSearch },
  ({ scoped, search, actor, may }) =>
    scoped(async (tx) => {
      const root = await rootStation(tx);
      if (!root) throw notFound();
      const { create } = rightsOn(root, { may }, actor.path);
      return {
        root: { id: root.id, name: root.name },
        create,
        import: may("import", "Station", { id: root.id, path: root.path }),
        filter: { q: search.q, level: search.level, status: search.status },
        list: await listModel(tx, search),
      };
    }),
);

export default function Stations() {
  const { root, create, import: mayImport, filter, list } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["stations"]);
  const { flat, total, range } = list;
  return (
    <>
      <PageHeader title={t("title")} note={t("note", { name: root.name })}>
        {mayImport && <LinkButton to="/stations/import">{t("action.import")}</LinkButton>}
        {create && (
          <LinkButton to={`/stations/${root.id}/new`} tone="primary">
            {t("action.create")}
          </LinkButton>
        )}
      </PageHeader>
      <LevelCounts counts={list.counts} />
      <Card flush>
        <div className="border-b border-line px-4 py-3">
          <ListFilter {...filter} />
          {flat && (
            <p className="m-0 mt-2 text-sm text-ink-3" role="status">
              {t("filter.found", { count: total })}
            </p>
          )}
        </div>
        <TreeTable lines={list.lines} flat={flat} />
        {range && total > list.lines.length && (
          <Pagination
            previous={list.previous}
            next={list.next}
            summary={t("filter.range", { ...range, total })}
          />
        )}
      </Card>
    </>
  );
}
