import { useTranslation } from "react-i18next";
import { Checkbox } from "~/ui/choice";
import { cx } from "~/ui/cx";
import { ChevronDown } from "~/ui/icons";
import { CELL, Hints, ReasonRow, RegisterValue, type Ticking, Value } from "./figure-cells";
import type { FigureGroups, FigureLine } from "./model";

export interface FiguresTableProps {
  caption: string;
  groups: FigureGroups;
  secondRound: boolean;
  /** Null where nothing can be returned. */
  ticking: Ticking | null;
}

const HEAD =
  "border-b border-line-strong bg-sunken px-2 py-1.5 text-left text-sm font-medium text-ink-2 align-bottom";
/** On a phone a figure's hints stand in a line of their own under it. */
const UNDERLINED = "border-b-0 lg:border-b";
const WIDE = "hidden lg:table-cell print:table-cell";

/** The figures of a report in the order of looking: what needs a look, what moved, and the rest folded. */
export function FiguresTable({ caption, groups, secondRound, ticking }: FiguresTableProps) {
  const { t } = useTranslation(["review"]);
  const { first, moved, rest } = groups;
  const columns = ticking ? 8 : 7;
  const title = secondRound
    ? first.length > 0
      ? t("table.changed", { count: first.length })
      : t("table.changedNone")
    : first.length > 0
      ? t("table.need", { count: first.length })
      : t("table.firstNone");
  return (
    <>
      <datalist id="return-reasons">
        <option value={t("decide.suggest.register")} />
        <option value={t("decide.suggest.large")} />
        <option value={t("decide.suggest.explain")} />
        <option value={t("decide.suggest.missing")} />
      </datalist>
      <table className="w-full border-separate border-spacing-0 lg:table-fixed print:table-fixed">
        <caption className="sr-only">{caption}</caption>
        <Columns ticking={ticking !== null} />
        <Head ticking={ticking !== null} />
        <tbody>
          <GroupRow title={title} tone={first.length > 0 ? "warn" : "good"} columns={columns} />
          {first.map((line) => (
            <FigureRow key={line.code} line={line} ticking={ticking} secondRound={secondRound} warn />
          ))}
        </tbody>
        {moved.length > 0 && (
          <tbody>
            <GroupRow title={t("table.moved", { count: moved.length })} columns={columns} />
            {moved.map((line) => (
              <FigureRow key={line.code} line={line} ticking={ticking} secondRound={secondRound} />
            ))}
          </tbody>
        )}
      </table>
      {rest.length > 0 && (
        <details className="group">
          <summary className="flex min-h-11 items-center gap-1 border-b border-line px-4 text-accent hover:bg-sunken">
            {t(secondRound ? "table.restSecond" : "table.rest", { count: rest.length })}
            <ChevronDown aria-hidden className="size-icon transition-transform group-open:rotate-180" />
          </summary>
          <table className="w-full border-separate border-spacing-0 lg:table-fixed print:table-fixed">
            <caption className="sr-only">
              {t(secondRound ? "table.restSecond" : "table.rest", { count: rest.length })}
            </caption>
            <Columns ticking={ticking !== null} />
            <Head ticking={ticking !== null} hidden />
            <tbody>
              {rest.map((line) => (
                <FigureRow key={line.code} line={line} ticking={ticking} secondRound={secondRound} />
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}

/** Both tables have the same columns, so that the folded rows line up with the open ones. */
function Columns({ ticking }: { ticking: boolean }) {
  return (
    <colgroup className="hidden lg:table-column-group print:table-column-group">
      {ticking && <col className="w-10" />}
      <col className="w-16" />
      <col className="lg:w-40" />
      <col className="lg:w-20" />
      <col className="lg:w-16" />
      <col className="lg:w-24" />
      <col className="lg:w-24" />
      <col />
    </colgroup>
  );
}

function Head({ ticking, hidden = false }: { ticking: boolean; hidden?: boolean }) {
  const { t } = useTranslation(["review"]);
  return (
    <thead className={hidden ? "sr-only" : undefined}>
      <tr>
        {ticking && <td className={cx(HEAD, "w-10 print:hidden")} />}
        <th scope="col" className={cx(HEAD, WIDE)}>
          {t("table.code")}
        </th>
        <th scope="col" className={HEAD}>
          {t("table.indicator")}
        </th>
        <th scope="col" className={cx(HEAD, "text-right")}>
          {t("table.now")}
        </th>
        <th scope="col" className={cx(HEAD, WIDE, "text-right")}>
          {t("table.last")}
        </th>
        <th scope="col" className={cx(HEAD, WIDE, "text-right")}>
          {t("table.change")}
        </th>
        <th scope="col" className={cx(HEAD, WIDE, "pl-4")}>
          {t("table.register")}
        </th>
        <th scope="col" className={cx(HEAD, WIDE)}>
          {t("table.hints")}
        </th>
      </tr>
    </thead>
  );
}

function GroupRow({ title, tone, columns }: { title: string; tone?: "warn" | "good"; columns: number }) {
  return (
    <tr>
      <th
        scope="rowgroup"
        colSpan={columns}
        className={cx(
          "border-b border-line px-4 py-1.5 text-left text-sm font-semibold",
          tone === "warn" ? "text-warn" : tone === "good" ? "text-good" : "text-ink-2",
        )}
      >
        <span aria-hidden>{tone === "warn" ? "! " : tone === "good" ? "✓ " : ""}</span>
        {title}
      </th>
    </tr>
  );
}

interface RowProps {
  line: FigureLine;
  ticking: Ticking | null;
  secondRound: boolean;
  warn?: boolean;
}

function FigureRow({ line, ticking, secondRound, warn }: RowProps) {
  const { t } = useTranslation(["review"]);
  const on = ticking?.ticked.has(line.code) ?? false;
  const ground = on ? "bg-accent-soft" : warn ? "bg-warn-row" : "";
  const spoken =
    line.hints.length > 0 || line.returned !== "" || line.note !== "" || (line.register?.gap ?? "") !== "";
  const edge = spoken ? UNDERLINED : "";
  return (
    <>
      <tr className="hover:[&>*]:bg-sunken">
        {ticking && (
          <td className={cx(CELL, ground, edge, "w-10 px-0 py-0 print:hidden")}>
            {line.tickable && (
              <Checkbox
                hideLabel
                label={t("table.tick", { code: line.code, name: line.name })}
                name="cell"
                value={line.code}
                checked={on}
                onChange={(event) => ticking.toggle(line.code, event.currentTarget.checked)}
              />
            )}
          </td>
        )}
        <td className={cx(CELL, WIDE, ground, "text-ink-3")}>{line.code}</td>
        <th scope="row" className={cx(CELL, ground, edge, "text-left font-normal [overflow-wrap:anywhere]")}>
          <span className="mr-1 text-sm text-ink-3 lg:hidden print:hidden">{line.code}</span>
          <b className="font-semibold">{line.name}</b> <span className="text-sm text-ink-3">{line.unit}</span>
        </th>
        <td className={cx(CELL, ground, edge, "text-right lg:whitespace-nowrap")}>
          <Value line={line} />
        </td>
        <td className={cx(CELL, WIDE, ground, "text-right text-ink-3")}>{line.previous}</td>
        <td className={cx(CELL, WIDE, ground, "whitespace-nowrap text-right")}>
          {line.change} {line.share && <span className="text-sm text-ink-3">{line.share}</span>}
        </td>
        <td className={cx(CELL, WIDE, ground, "pl-4")}>
          <RegisterValue line={line} />
        </td>
        <td className={cx(CELL, WIDE, ground)}>
          <Hints line={line} secondRound={secondRound} />
        </td>
      </tr>
      {spoken && (
        <tr className="lg:hidden print:hidden">
          <td colSpan={ticking ? 8 : 7} className={cx(CELL, ground, "pt-0", ticking && "pl-12")}>
            <Hints line={line} secondRound={secondRound} />
          </td>
        </tr>
      )}
      {on && ticking && <ReasonRow line={line} ticking={ticking} />}
    </>
  );
}
