import { useTranslation } from "react-i18next";
import { cx } from "~/ui/cx";
import { ASIDE, BAR, isAside, isBar, NUMBER } from "./cells";
import type { Frame, Panel } from "./model";
import { tableBody } from "./table-body";
import { useTableLinks } from "./table-links";

export interface DataTableProps {
  panel: Panel;
  frame: Frame;
}

/**
 * Looks of the cells, said once for the table: a page holds thousands of cells, and every class name on each of
 * them would be rendered, sent and read a thousand times.
 */
const LOOKS =
  "w-full border-separate [&_td]:tabular-nums [&_td]:[word-break:keep-all] [&_th]:text-left [&_thead_th]:sticky [&_thead_th]:top-0 " +
  "[&_thead_th]:z-sticky [&_thead_th]:border-b [&_thead_th]:border-line-strong [&_thead_th]:bg-surface " +
  "[&_thead_th]:py-1.5 [&_thead_th]:font-medium [&_thead_th]:text-ink-3 [&_thead_th]:[word-break:keep-all] " +
  "[&_tbody_th]:sticky [&_tbody_th]:left-0 [&_tbody_th]:min-w-20 [&_tbody_th]:border-b [&_tbody_th]:border-line " +
  "[&_tbody_th]:bg-surface [&_tbody_th]:px-2 [&_tbody_th]:font-normal [&_thead_th:first-child]:left-0 " +
  "[&_thead_th:first-child]:z-bar [&_thead_th:first-child]:px-2 [&_a]:no-underline hover:[&_a]:underline";
const LIST_LOOKS =
  "border-spacing-0 [&_td]:border-b [&_td]:border-line [&_td]:px-2 [&_td]:py-1.5 [&_tbody_th]:py-1.5 " +
  "[&_thead_th]:px-2 [&_thead_th]:text-sm [&_tr>.n]:whitespace-nowrap [&_tr>.n]:text-right";
const HEAT_LOOKS =
  "border-spacing-px text-xs [&_td]:rounded-sm [&_td]:px-1 [&_td]:py-1.5 [&_td]:text-right " +
  "[&_td]:[print-color-adjust:exact] [&_thead_th]:whitespace-nowrap [&_thead_th]:px-0.5 [&_thead_th]:text-xs " +
  "[&_tr>.n]:text-right [&_tbody_th]:whitespace-nowrap";
/** A month's cell opens the station in that month. */
const MONTH_LOOKS = "[&_td]:cursor-pointer";

/** A panel's table: the whole of what it shows, with bars or tinted grounds where its picture asks for them. */
export function DataTable({ panel, frame }: DataTableProps) {
  const { t } = useTranslation(["dashboards"]);
  const follow = useTableLinks(panel, frame);
  const { columns, picture, verdict } = panel;
  const heat = picture?.kind === "heat";
  const monthly = heat && columns[0]?.period !== undefined;
  return (
    <section
      aria-label={panel.title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative overflow-x-auto lg:max-h-[36rem] lg:overflow-y-auto print:max-h-none print:overflow-visible"
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the links in it do the same for the keyboard */}
      <table
        className={cx(LOOKS, heat ? HEAT_LOOKS : LIST_LOOKS, monthly && MONTH_LOOKS)}
        onClick={follow}
        title={monthly ? t("heat.hint") : undefined}
      >
        <caption className="sr-only">{panel.title}</caption>
        <thead>
          <tr>
            <th scope="col">{panel.head}</th>
            {columns.map(({ label, format, period }, i) => (
              <th
                key={period ?? label}
                scope="col"
                className={cx(
                  isBar(picture, i) ? BAR : format !== "text" && NUMBER,
                  isAside(picture, i) && ASIDE,
                )}
              >
                {label}
              </th>
            ))}
            {verdict && <th scope="col">{verdict}</th>}
          </tr>
        </thead>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: escaped where it is made, which says why */}
        <tbody dangerouslySetInnerHTML={{ __html: tableBody(panel, frame) }} />
      </table>
    </section>
  );
}
