import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox } from "./choice";
import { cx } from "./cx";
import { Link } from "./link";
import { SelectAll } from "./select-all";

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Right-aligned figures. */
  numeric?: boolean;
  /** Names the row for readers of the screen; usually the first column. */
  rowHeader?: boolean;
  sortable?: boolean;
  /** Only where there is room (office PC, print). */
  wide?: boolean;
  /** As narrow as its content. */
  tight?: boolean;
  /** Says what it is on a phone too, where no head stands above: one date among others. */
  named?: boolean;
}

export interface Sort {
  column: string;
  direction: "asc" | "desc";
  /** Address of the list sorted so. */
  href: (column: string, direction: "asc" | "desc") => string;
}

export interface TableProps<Row> {
  /** What the table shows; read aloud, and its name. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  sort?: Sort;
  /** Boxes in front of the rows, sent with the form around the table. */
  selection?: {
    name: string;
    label: (row: Row) => string;
    value: (row: Row) => string | number;
    disabled?: (row: Row) => boolean;
  };
  /** Ground of a row that needs a look. */
  rowTone?: (row: Row) => "warn" | "current" | undefined;
  /** Lines under the figures: totals. */
  footer?: ReactNode;
  /** Instead of rows when there are none. */
  empty?: ReactNode;
  /** Grows with the page instead of scrolling inside itself. */
  grow?: boolean;
  /** On a phone each row stands as a block of its own, its name above the rest, instead of being pushed about. */
  stacked?: boolean;
}

const HEAD =
  "sticky top-0 z-sticky whitespace-nowrap border-b border-line-strong bg-sunken px-2.5 py-1.5 text-left text-sm font-medium text-ink-2";
const CELL = "border-b border-line px-2.5 py-2 align-middle";

const STACKED_ROW =
  "max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:border-b max-sm:border-line max-sm:px-3 max-sm:py-2";
const STACKED_CELL = "max-sm:border-0 max-sm:p-0 max-sm:whitespace-normal max-sm:w-auto";

function place(column: Column<never>): string {
  return cx(
    column.numeric && "text-right tabular-nums",
    column.wide && "hidden lg:table-cell print:table-cell",
    column.tight && "w-px whitespace-nowrap",
  );
}

/** A dense list with a head that stays. Sorting, selecting and paging work without a script. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  sort,
  selection,
  rowTone,
  footer,
  empty,
  grow = false,
  stacked = false,
}: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  // Drawn as blocks a table's elements are none any more to readers of the screen, unless each says what it is.
  const roleOf = (role: string) => (stacked ? { role } : undefined);
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className={cx(
        "relative overflow-auto print:overflow-visible",
        !grow && (stacked ? "sm:max-h-table print:max-h-none" : "max-h-table print:max-h-none"),
      )}
    >
      <table
        {...roleOf("table")}
        className={cx("w-full border-separate border-spacing-0", stacked && "max-sm:block")}
      >
        <caption className="sr-only">{caption}</caption>
        <thead {...roleOf("rowgroup")} className={stacked ? "max-sm:sr-only" : undefined}>
          <tr {...roleOf("row")}>
            {selection && (
              <th {...roleOf("columnheader")} scope="col" className={cx(HEAD, "w-px print:hidden")}>
                <SelectAll name={selection.name} />
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell
                key={column.id}
                column={column as Column<never>}
                sort={sort}
                role={roleOf("columnheader")}
              />
            ))}
          </tr>
        </thead>
        <tbody {...roleOf("rowgroup")} className={stacked ? "max-sm:block" : undefined}>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              {...roleOf("row")}
              className={cx("hover:bg-sunken", TONES[rowTone?.(row) ?? "none"], stacked && STACKED_ROW)}
            >
              {selection && (
                <td {...roleOf("cell")} className={cx(CELL, "py-0 print:hidden", stacked && STACKED_CELL)}>
                  <Checkbox
                    hideLabel
                    label={selection.label(row)}
                    name={selection.name}
                    value={selection.value(row)}
                    disabled={selection.disabled?.(row)}
                  />
                </td>
              )}
              {columns.map((column) => {
                const style = cx(CELL, place(column as Column<never>), stacked && STACKED_CELL);
                return column.rowHeader ? (
                  <th
                    key={column.id}
                    {...roleOf("rowheader")}
                    scope="row"
                    className={cx(
                      style,
                      "min-w-24 text-left font-normal",
                      // Beside its box, where the row has one.
                      stacked && (selection ? "max-sm:flex-1 max-sm:basis-2/3" : "max-sm:w-full"),
                    )}
                  >
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} {...roleOf("cell")} className={style}>
                    {/* A number says what it counts, where no head stands above it. */}
                    {stacked && (column.numeric || column.named) && (
                      <span aria-hidden className="text-sm text-ink-3 sm:hidden print:hidden">
                        {column.header}{" "}
                      </span>
                    )}
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {footer && (
          <tfoot className="font-semibold [&_td]:px-2.5 [&_td]:py-2 [&_th]:px-2.5 [&_th]:py-2">
            {footer}
          </tfoot>
        )}
      </table>
    </section>
  );
}

const TONES = {
  warn: "bg-warn-row [&>*]:bg-warn-row",
  current: "bg-accent-soft [&>*]:bg-accent-soft",
  none: "",
};

function HeaderCell({
  column,
  sort,
  role,
}: {
  column: Column<never>;
  sort?: Sort;
  role: { role: string } | undefined;
}) {
  const { t } = useTranslation();
  const sorted = sort?.column === column.id ? sort.direction : null;
  const aria = sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined;
  return (
    <th {...role} scope="col" aria-sort={aria} className={cx(HEAD, place(column))}>
      {sort && column.sortable ? (
        <Link
          to={sort.href(column.id, sorted === "asc" ? "desc" : "asc")}
          preventScrollReset
          className={cx(
            "inline-flex items-center gap-1 no-underline hover:text-accent",
            sorted ? "font-semibold text-ink" : "text-ink-2",
          )}
        >
          {column.header}
          <span aria-hidden className={sorted ? undefined : "text-field-line print:hidden"}>
            {sorted === "asc" ? "↑" : sorted === "desc" ? "↓" : "↕"}
          </span>
          <span className="sr-only">{t("table.sort")}</span>
        </Link>
      ) : (
        column.header
      )}
    </th>
  );
}
