import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Trend } from "~/charts/trend";
import { useFormat } from "~/i18n/use-format";
import { cx } from "~/ui/cx";
import { exportAddress } from "./address";
import { DataTable, type DataTableProps } from "./data-table";
import type { Panel } from "./model";
import { shown } from "./values";

const TAB = "cursor-pointer rounded-full px-2.5 py-0.5 text-sm text-ink-2";
/** Which of the two is chosen shows without a script: the radios stand before the head and the contents. */
const CHOSEN = {
  chart: "peer-checked/chart:[&_.show-chart]:bg-accent peer-checked/chart:[&_.show-chart]:text-on-accent",
  table: "peer-checked/table:[&_.show-table]:bg-accent peer-checked/table:[&_.show-table]:text-on-accent",
  focus:
    "peer-focus-visible/chart:[&_.show-chart]:outline peer-focus-visible/table:[&_.show-table]:outline [&_label]:outline-2 [&_label]:outline-offset-2 [&_label]:outline-accent",
};

export interface PanelViewProps extends DataTableProps {
  className?: string;
  /** Without export links and switches: the big screen. */
  bare?: boolean;
}

/** One block of a dashboard: its title, its picture or table, and its file. */
export function PanelView({ panel, frame, className, bare = false }: PanelViewProps) {
  const id = useId();
  const { t } = useTranslation(["dashboards"]);
  const switchable = panel.picture?.kind === "trend" && panel.rows.length > 0;
  const name = (view: "chart" | "table") => `${t("view.label", { title: panel.title })} ${t(`view.${view}`)}`;
  return (
    <div
      id={panel.id}
      className={cx(
        "min-w-0 rounded-lg border border-line bg-surface p-4 print:border-0 print:p-0",
        className,
      )}
    >
      {switchable && !bare && (
        <>
          <input
            type="radio"
            id={`${id}-chart`}
            name={`${id}-view`}
            aria-label={name("chart")}
            defaultChecked
            className="peer/chart sr-only"
          />
          <input
            type="radio"
            id={`${id}-table`}
            name={`${id}-view`}
            aria-label={name("table")}
            className="peer/table sr-only"
          />
        </>
      )}
      <header
        className={cx(
          "mb-2.5 flex flex-wrap items-center gap-x-2.5 gap-y-1",
          CHOSEN.chart,
          CHOSEN.table,
          CHOSEN.focus,
        )}
      >
        <h2 className="m-0 min-w-40 flex-1 text-md leading-snug">{panel.title}</h2>
        {panel.note && <span className="text-sm text-ink-3">{panel.note}</span>}
        {switchable && !bare && (
          <span aria-hidden className="flex rounded-full bg-mute-soft p-0.5 print:hidden">
            <label htmlFor={`${id}-chart`} className={`show-chart ${TAB}`}>
              {t("view.chart")}
            </label>
            <label htmlFor={`${id}-table`} className={`show-table ${TAB}`}>
              {t("view.table")}
            </label>
          </span>
        )}
        {panel.rows.length > 0 && !bare && <FileLinks panel={panel} frame={frame} />}
      </header>
      {panel.rows.length === 0 ? (
        <p className="m-0 py-3 text-ink-2">{panel.empty}</p>
      ) : switchable ? (
        <>
          <div className={bare ? undefined : "hidden peer-checked/chart:block print:block"}>
            <TrendOf panel={panel} tall={bare ? "h-[21vh]" : undefined} />
          </div>
          <div className={bare ? "sr-only" : "hidden peer-checked/table:block print:mt-3 print:block"}>
            <DataTable panel={panel} frame={frame} />
          </div>
        </>
      ) : (
        <DataTable panel={panel} frame={frame} />
      )}
    </div>
  );
}

function FileLinks({ panel, frame }: DataTableProps) {
  const { t } = useTranslation(["dashboards"]);
  const title = t("export.table", { title: panel.title });
  return (
    <span className="flex gap-2 text-sm print:hidden">
      {(["xlsx", "csv"] as const).map((format) => (
        <a
          key={format}
          href={exportAddress(frame.page, frame.state, format, panel.id)}
          download
          title={title}
          aria-label={`${title} ${FILES[format]}`}
          className="inline-flex min-h-6 items-center text-ink-3 no-underline hover:text-accent hover:underline"
        >
          {FILES[format]}
        </a>
      ))}
    </span>
  );
}

const FILES = { xlsx: "Excel", csv: "CSV" };

function TrendOf({ panel, tall }: { panel: Panel; tall?: string }) {
  const f = useFormat();
  if (panel.picture?.kind !== "trend") return null;
  const { marks, columns, standard } = panel.picture;
  const format = panel.columns[columns[0] ?? 0]?.format ?? "count";
  return (
    <Trend
      tall={tall}
      title={panel.title}
      labels={panel.rows.map(({ period, name }) => (period ? f.month(period) : name))}
      series={columns.map((column) => ({
        label: panel.columns[column]?.label ?? "",
        values: panel.rows.map(({ cells }) => {
          const cell = cells[column];
          return typeof cell === "number" ? cell : null;
        }),
      }))}
      marks={marks}
      standard={standard}
      format={(value) => shown(value, format === "percent" ? "decimal" : format)}
    />
  );
}
