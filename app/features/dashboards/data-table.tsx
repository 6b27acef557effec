import type { CellContent, CellFormat } from "@muster/reports/table";
import { Link, useNavigate } from "@remix-run/react";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "~/ui/cx";
import { Tag } from "~/ui/tag";
import { addressOf } from "./address";
import type { Column, Frame, Panel, Picture, Row } from "./model";
import { shown } from "./values";

const HEAD =
  "sticky top-0 z-sticky border-b border-line-strong bg-surface px-2 py-1.5 text-sm font-medium text-ink-3 [word-break:keep-all]";
const CELL = "border-b border-line px-2 py-1.5";

export interface DataTableProps {
  panel: Panel;
  frame: Frame;
}

/** A panel's table: the whole of what it shows, with bars or tinted grounds where its picture asks for them. */
export function DataTable({ panel, frame }: DataTableProps) {
  const follow = useCellLinks(panel, frame);
  const { columns, rows, picture, verdict } = panel;
  const heat = picture?.kind === "heat";
  return (
    <section
      aria-label={panel.title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative overflow-x-auto lg:max-h-[36rem] lg:overflow-y-auto print:max-h-none print:overflow-visible"
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the row's link does the same for the keyboard */}
      <table
        className={cx("w-full border-separate", heat ? "border-spacing-px text-xs" : "border-spacing-0")}
        onClick={heat ? follow : undefined}
      >
        <caption className="sr-only">{panel.title}</caption>
        <thead>
          <tr>
            <th scope="col" className={cx(HEAD, "left-0 z-bar text-left")}>
              {panel.head}
            </th>
            {columns.map(({ label, format, period }, i) => (
              <th
                key={period ?? label}
                scope="col"
                className={cx(
                  HEAD,
                  isBar(picture, i) ? "min-w-36 text-left" : format === "text" ? "text-left" : "text-right",
                  heat && "whitespace-nowrap px-0.5 text-xs",
                  aside(picture, i) && ASIDE,
                )}
              >
                {label}
              </th>
            ))}
            {verdict && (
              <th scope="col" className={cx(HEAD, "text-left")}>
                {verdict}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) =>
            row.heading ? (
              <tr key={row.name}>
                <th
                  colSpan={columns.length + 1}
                  scope="colgroup"
                  className="border-b border-line bg-sunken px-2 py-1.5 text-left text-sm text-ink-2"
                >
                  {row.name}
                </th>
              </tr>
            ) : (
              <tr key={row.code ?? row.period ?? row.station ?? `${row.name}${i}`} data-station={row.station}>
                <th
                  scope="row"
                  className={cx(CELL, "sticky left-0 min-w-20 bg-surface text-left font-normal")}
                >
                  <RowName row={row} frame={frame} />
                </th>
                {row.cells.map((cell, column) => (
                  <Cell
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells are their columns
                    key={column}
                    cell={cell}
                    column={columns[column] as Column}
                    format={row.format && columns[column]?.format !== "text" ? row.format : undefined}
                    picture={isBar(picture, column) || heat ? picture : undefined}
                    tone={row.tone}
                    aside={aside(picture, column)}
                  />
                ))}
                {verdict && (
                  <td className={cx(CELL, "whitespace-nowrap")}>
                    {row.verdict && <Tag tone={row.tone}>{row.verdict}</Tag>}
                  </td>
                )}
              </tr>
            ),
          )}
        </tbody>
      </table>
    </section>
  );
}

function isBar(picture: Picture | undefined, column: number): boolean {
  return picture?.kind === "ranking" && picture.column === column;
}

/** On a phone a ranking keeps name, bar and verdict; the counts are on the station's own page, one tap away. */
const ASIDE = "hidden sm:table-cell print:table-cell";

function aside(picture: Picture | undefined, column: number): boolean {
  return picture?.kind === "ranking" && picture.column !== column;
}

function RowName({ row, frame }: { row: Row; frame: Frame }) {
  const { t } = useTranslation(["dashboards"]);
  if (row.station !== undefined) {
    const to = addressOf(frame.page, frame.state, { station: row.station, show: undefined });
    return (
      <Link
        to={to}
        title={t("open", { name: row.name })}
        className="whitespace-nowrap no-underline hover:underline"
      >
        {row.name}
      </Link>
    );
  }
  if (row.code !== undefined) {
    return (
      <Link
        to={addressOf("figures", frame.state, { indicator: row.code })}
        className="block min-w-32 no-underline hover:underline"
      >
        {row.name}
      </Link>
    );
  }
  return <span className="whitespace-nowrap">{row.name}</span>;
}

interface CellProps {
  cell: CellContent;
  column: Column;
  format?: CellFormat;
  picture?: Picture;
  tone?: Row["tone"];
  aside?: boolean;
}

function Cell({ cell, column, format = column.format, picture, tone, aside: toTheSide }: CellProps) {
  const text = shown(cell, format);
  if (picture?.kind === "heat") {
    // The head of the heat table says per cent once.
    const short = format === "percent" && typeof cell === "number" ? String(Math.round(cell)) : text;
    return (
      <td className={cx("rounded-sm px-1 py-1.5 text-right tabular-nums", tint(cell, picture))}>{short}</td>
    );
  }
  if (picture?.kind === "ranking") return <BarCell cell={cell} text={text} picture={picture} tone={tone} />;
  const numeric = format !== "text";
  return (
    <td className={cx(CELL, numeric && "whitespace-nowrap text-right tabular-nums", toTheSide && ASIDE)}>
      {text}
    </td>
  );
}

const SCALE = [
  "",
  "bg-[rgba(47,93,70,.08)]",
  "bg-[rgba(47,93,70,.16)]",
  "bg-[rgba(47,93,70,.26)]",
  "bg-[rgba(47,93,70,.38)]",
];
const PRINTED = "[print-color-adjust:exact]";

/** The ground of a cell; the number in it says the same, so nothing rests on colour. */
function tint(cell: CellContent, picture: Extract<Picture, { kind: "heat" }>): string {
  if (typeof cell !== "number") return "text-ink-3";
  const { good, warn, low = false, top } = picture;
  if (good !== undefined && warn !== undefined) {
    const reaches = (bound: number) => (low ? cell <= bound : cell >= bound);
    return cx(PRINTED, reaches(good) ? "bg-good-soft" : reaches(warn) ? "bg-warn-soft" : "bg-bad-soft");
  }
  return cx(PRINTED, SCALE[top > 0 && cell > 0 ? Math.ceil((cell / top) * 4) : 0]);
}

interface BarCellProps {
  cell: CellContent;
  text: string;
  picture: Extract<Picture, { kind: "ranking" }>;
  tone?: Row["tone"];
}

/** A bar against the standard's gold line. The number stands in the bar where there is room, else beside it. */
function BarCell({ cell, text, picture, tone }: BarCellProps) {
  const { top, standard } = picture;
  const share = typeof cell === "number" && top > 0 ? Math.min(100, (100 * cell) / top) : 0;
  const inside = share > 24;
  return (
    <td className={cx(CELL, "min-w-36")}>
      <div className="relative h-5">
        {share > 0 && (
          <span
            className={cx(
              "absolute inset-y-0.5 left-0 rounded-sm",
              PRINTED,
              tone === "bad" ? "bg-s4" : "bg-s1",
            )}
            style={{ width: `${share.toFixed(1)}%` }}
          />
        )}
        {standard !== undefined && (
          <span
            className={cx("absolute -inset-y-0.5 w-0.5 bg-gilt", PRINTED)}
            style={{ left: `calc(${Math.min(100, (100 * standard) / top).toFixed(1)}% - 2px)` }}
          />
        )}
        <span
          className={cx(
            "absolute inset-y-0 flex items-center text-sm font-semibold tabular-nums",
            inside ? "left-1.5 text-on-accent" : "pl-1.5",
          )}
          style={inside ? undefined : { left: `${share.toFixed(1)}%` }}
        >
          {text}
        </span>
      </div>
    </td>
  );
}

/** A click on a heat cell opens its station with the range up to its month: one listener for a thousand cells. */
function useCellLinks(panel: Panel, frame: Frame) {
  const navigate = useNavigate();
  return (event: MouseEvent<HTMLTableElement>) => {
    const cell = event.target instanceof Element ? event.target.closest("td") : null;
    const station = Number(cell?.closest("tr")?.dataset.station);
    const period = cell && panel.columns[cell.cellIndex - 1]?.period;
    if (!station || !period) return;
    navigate(addressOf(frame.page, frame.state, { station, to: period, show: undefined }));
  };
}
