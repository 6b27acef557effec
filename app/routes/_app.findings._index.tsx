import { findingSums, itemsFound, listFindings } from "@muster/db/queries/findings/read";
import { findStation } from "@muster/db/queries/stations/row";
import { listStations } from "@muster/db/queries/stations/tree";
import { localDate } from "@muster/domain/period";
import { Link, useLoaderData, useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { lineOf } from "~/features/inspections/finding-lines.server";
import { FindingTable } from "~/features/inspections/finding-table";
import { LedgerSearch } from "~/features/inspections/forms";
import { filterOf } from "~/features/inspections/ledger.server";
import { LedgerFilter } from "~/features/inspections/ledger-filter";
import { pageLinks } from "~/features/inspections/page-links";
import { useFormat } from "~/i18n/use-format";
import { read } from "~/server/route.server";
import { buttonStyle } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";
import { PrintButton } from "~/ui/print-button";

export const handle = page<typeof loader>({
  i18n: ["inspections"],
  title: (t) => t("inspections:findings.title"),
  crumbs: (t) => [{ label: t("inspections:findings.title") }],
});

const PER_PAGE = 50;
const MOST_CHILDREN = 300;
const CODES = { opened: "G01", closed: "G02", overdue: "G03" } as const;

export const loader = read(
  { authorization: { action: "read", subject: "Finding" }, search: LedgerSearch },
  ({ scoped, search, actor, now }) =>
    scoped(async (tx) => {
      const filter = await filterOf(tx, search, actor.stationId);
      const { states: _, ...anyState } = filter;
      const today = localDate(now);
      const [list, sums, items, own, children] = await Promise.all([
        listFindings(tx, { ...filter, limit: PER_PAGE, offset: (search.page - 1) * PER_PAGE }),
        // Beside a list of one state, how many there are in the others.
        findingSums(tx, search.view || search.figure ? filter : anyState),
        itemsFound(tx),
        findStation(tx, actor.stationId),
        listStations(tx, { parentId: actor.stationId, limit: MOST_CHILDREN }),
      ]);
      const station = search.station ?? actor.stationId;
      const named = [...(own ? [own] : []), ...children.lines].map(({ id, name }) => ({ id, name }));
      const elsewhere = named.some(({ id }) => id === station) ? null : await findStation(tx, station);
      return {
        rows: list.rows.map((row) => lineOf(row, today)),
        today,
        total: list.total,
        pageNumber: search.page,
        perPage: PER_PAGE,
        sums: { ...sums, total: sums.open + sums.returned + sums.answered + sums.closed },
        items,
        stations: elsewhere ? [...named, { id: elsewhere.id, name: elsewhere.name }] : named,
        asked: {
          state: search.state ?? "",
          severity: search.severity ?? "",
          overdue: search.overdue ?? "",
          item: search.item ?? "",
          station: String(station),
        },
        figure:
          search.figure && search.period
            ? { name: search.figure, period: search.period, code: CODES[search.figure] }
            : null,
        view: search.view ?? null,
      };
    }),
);

export default function Ledger() {
  const { rows, today, total, pageNumber, perPage, sums, items, stations, asked, figure, view } =
    useLoaderData<typeof loader>();
  const { t } = useTranslation(["inspections"]);
  const f = useFormat();
  const { search } = useLocation();
  const special = figure
    ? t(`findings.figure.${figure.name}`, { period: f.period(figure.period), code: figure.code })
    : view
      ? t(`findings.${view}`)
      : null;
  return (
    <>
      <PageHeader title={t("findings.title")} note={t("findings.note")}>
        {/* A file, which the browser fetches itself. */}
        <a href={`/findings/export${search}`} className={buttonStyle()}>
          {t("findings.excel")}
        </a>
        <PrintButton />
      </PageHeader>
      {/* A sheet of the ledger says whose it is and of which day. */}
      <p className="m-0 mb-2 hidden print:block">
        {t("findings.printed", {
          station: stations.find(({ id }) => String(id) === asked.station)?.name ?? "",
          date: f.date(today),
        })}
      </p>
      {special ? (
        <Notice title={special} className="mb-3">
          {figure && <p className="m-0">{t("findings.figureHint")}</p>}
          <Link to="/findings" className="inline-flex min-h-target items-center print:hidden">
            {t("findings.clear")}
          </Link>
        </Notice>
      ) : (
        <div className="mb-3">
          <LedgerFilter asked={asked} stations={stations} items={items} />
        </div>
      )}
      <p className="m-0 mb-2 text-ink-2">{t("findings.sum", sums)}</p>
      <Card flush>
        <FindingTable
          caption={t("findings.title")}
          rows={rows}
          empty={<EmptyState title={t("findings.empty")}>{t("findings.emptyHint")}</EmptyState>}
        />
        {total > perPage && (
          <Pagination
            {...pageLinks(search, pageNumber, perPage, total)}
            summary={t("findings.range", {
              from: (pageNumber - 1) * perPage + 1,
              to: Math.min(pageNumber * perPage, total),
              total,
            })}
          />
        )}
      </Card>
    </>
  );
}
