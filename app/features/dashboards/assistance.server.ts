import { casesPerThousand } from "@muster/domain/assistance";
import { type FiguresByCode, sumOfFigures } from "@muster/domain/indicator";
import { addMonths, type Period } from "@muster/domain/period";
import { combineMonths } from "@muster/domain/timespan";
import { casePanels } from "./case-panels.server";
import type { Ground } from "./ground.server";
import { indicatorKey } from "./key-figures.server";
import type { Months } from "./measure";
import type { Content, KeyFigure, Panel, Row } from "./model";
import { type Child, heatPanel, readBreakdown, topOf, trendPanel } from "./panels.server";
import { shown } from "./values";

const CODES = ["E01", "E02", "E03", "E04", "A01"];
/** Aid that was paid: one-off hardship aid and major-illness reimbursement. */
const CASES = ["E02", "E03"];

/**
 * Hardship assistance: applications, cases paid, money, and cases per 1,000 beneficiaries, as reported; and what the
 * cases themselves say, where the register is in use.
 */
export async function assistanceContent(ground: Ground): Promise<Content> {
  const { own, children } = await readBreakdown(ground, CODES);
  const cases = await casePanels(ground, children);
  const { t } = ground.reader;
  const indicators = ground.indicators(CODES, {
    from: addMonths(ground.range.from, -12),
    to: ground.range.to,
  });
  const key = (code: string) => indicatorKey(ground, own, indicators, code, { better: "none" });
  const at = (code: string) => (period: Period) => own.get(period)?.figures?.[code] ?? null;
  const name = ground.place.name;
  const count = ground.periods.length;
  const label = (code: "E01" | "E02" | "E03" | "E04") => t(`dashboards:assistance.${code}`);
  return {
    keys: [key("E02"), key("E03"), key("E04"), coverageKey(ground, own)],
    panels: [
      ...(ground.place.leaf ? [] : [rankingPanel(ground, children)]),
      trendPanel(
        ground,
        { id: "assistance-trend", title: t("dashboards:assistance.trend", { name, count }) },
        [
          { label: label("E02"), format: "count", at: at("E02") },
          { label: label("E03"), format: "count", at: at("E03") },
          { label: label("E01"), format: "count", at: at("E01") },
          { label: label("E04"), format: "money", at: at("E04") },
        ],
        { marks: "bar", columns: [0, 1] },
      ),
      ...(ground.place.leaf
        ? []
        : [
            heatPanel(
              ground,
              { id: "assistance-heat", title: t("dashboards:assistance.heat") },
              children,
              "count",
              (child, period) => sumOfFigures(CASES, child.months.get(period)?.figures ?? {}),
            ),
          ]),
      ...cases,
    ],
  };
}

/** The figures of the range. Cases are added up; beneficiaries are the last month's. */
function over(ground: Ground, months: Months): FiguresByCode {
  const rows = [...months.values()].flatMap(({ period, figures }) => (figures ? [{ period, figures }] : []));
  return combineMonths(ground.indicators(CODES), rows, ground.range, ground.place.level);
}

function coverageKey(ground: Ground, own: Months): KeyFigure {
  const { t } = ground.reader;
  const figures = over(ground, own);
  const cases = sumOfFigures(CASES, figures);
  return {
    id: "coverage",
    label: t("dashboards:assistance.coverage"),
    value: shown(casesPerThousand(cases, figures.A01 ?? null), "decimal"),
    unit: t("dashboards:assistance.coverageUnit"),
    note: t("dashboards:assistance.coverageNote", {
      cases: shown(cases, "count"),
      people: shown(figures.A01 ?? null, "count"),
    }),
    spark: ground.periods.map((period) => sumOfFigures(CASES, own.get(period)?.figures ?? {})),
  };
}

function rankingPanel(ground: Ground, children: readonly Child[]): Panel {
  const { t } = ground.reader;
  const rows = children.flatMap((child): Row[] => {
    const figures = over(ground, child.months);
    const cases = sumOfFigures(CASES, figures);
    if (cases === null && figures.A01 === null) return [];
    const coverage = casesPerThousand(cases, figures.A01 ?? null);
    return [
      {
        ...(child.own ? {} : { station: child.id }),
        name: child.name,
        cells: [
          figures.A01 ?? null,
          figures.E01 ?? null,
          figures.E02 ?? null,
          figures.E03 ?? null,
          figures.E04 ?? null,
          coverage,
        ],
      },
    ];
  });
  const coverageOf = (row: Row) => (typeof row.cells[5] === "number" ? row.cells[5] : -1);
  rows.sort((a, b) => coverageOf(b) - coverageOf(a));
  return {
    id: "assistance-ranking",
    title: t("dashboards:assistance.ranking"),
    head: t("dashboards:head.station"),
    columns: [
      { label: t("dashboards:staffing.people"), format: "count" },
      { label: t("dashboards:assistance.E01"), format: "count" },
      { label: t("dashboards:assistance.short.E02"), format: "count" },
      { label: t("dashboards:assistance.short.E03"), format: "count" },
      { label: t("dashboards:assistance.E04"), format: "money" },
      { label: t("dashboards:assistance.coverage"), format: "decimal" },
    ],
    rows,
    picture: { kind: "ranking", column: 5, top: topOf(rows.map((row) => row.cells[5] ?? null)) },
    empty: t("dashboards:empty.figures"),
  };
}
