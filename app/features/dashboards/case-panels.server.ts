import { may } from "@muster/access/ability";
import { type CaseBoard, inOrderOfAge, type PaidGroup } from "@muster/db/queries/assistance/board";
import { allTypes } from "@muster/db/queries/assistance/types";
import { cityCategories } from "@muster/db/queries/people/row";
import { isSmall, OPEN_STATES, REFUSAL_REASONS } from "@muster/domain/assistance";
import { formatDate, formatInteger } from "~/i18n/format";
import type { Ground } from "./ground.server";
import type { Column, Panel, Row } from "./model";
import { type Child, topOf } from "./panels.server";
import { fromRecords, percent } from "./records.server";

type Cell = Row["cells"][number];

/** What only who reads cases may count to the last one: for others small numbers stay hidden, and their money with them. */
class Shown {
  constructor(
    readonly reads: boolean,
    private readonly hidden: string,
  ) {}

  count(cases: number): Cell {
    return !this.reads && isSmall(cases) ? this.hidden : cases;
  }

  /** A number that would give few cases away. */
  beside(cases: number, value: Cell): Cell {
    return !this.reads && isSmall(cases) ? null : value;
  }
}

/** The panels that come from cases: none where the register is not in use. */
export async function casePanels(ground: Ground, children: readonly Child[]): Promise<Panel[]> {
  const { tx, place, range, reader } = ground;
  const [board, types, categories] = await Promise.all([
    ground.records.cases(range),
    allTypes(tx),
    cityCategories(tx),
  ]);
  if (!board.used) return [];
  const reads = may(reader.ability, "read", "Assistance", {
    stationId: place.id,
    path: place.path,
  });
  const shown = new Shown(reads, reader.t("dashboards:cases.hidden"));
  const zh = reader.locale === "zh-CN";
  const typeNames = new Map(types.map(({ code, name }) => [code, zh ? name.zh : name.en]));
  const categoryNames = new Map(
    categories.map(({ code, nameZh, nameEn }) => [code, `${code} ${zh ? nameZh : nameEn}`]),
  );
  const t = reader.t;
  return [
    ...(place.leaf ? [] : [equityPanel(ground, children, board, shown)]),
    openPanel(ground, board, shown),
    waitPanel(ground, board, shown),
    paidPanel(ground, shown, {
      id: "cases-types",
      title: t("dashboards:cases.types"),
      head: t("dashboards:cases.type"),
      groups: [...typeNames].flatMap(([code, name]) => named(board.types, code, name)),
      filter: "type",
    }),
    paidPanel(ground, shown, {
      id: "cases-ages",
      title: t("dashboards:cases.ages"),
      head: t("dashboards:cases.age"),
      groups: inOrderOfAge(board.ages).map((group) => ({ ...group, name: t(`people:age.${group.key}`) })),
      filter: "age",
    }),
    paidPanel(ground, shown, {
      id: "cases-categories",
      title: t("dashboards:cases.categories"),
      head: t("dashboards:cases.category"),
      groups: [...board.categories]
        .sort((a, b) => b.cases - a.cases)
        .map((group) => ({
          ...group,
          name: categoryNames.get(group.key) ?? t("dashboards:cases.noCategory"),
        })),
      filter: "category",
    }),
    refusalPanel(ground, board, shown),
  ];
}

function named(groups: readonly PaidGroup[], key: string, name: string) {
  return groups.filter((group) => group.key === key).map((group) => ({ ...group, name }));
}

/** The ledger of what a row counts, for who may read it. */
function ledger(ground: Ground, shown: Shown, query: Record<string, string>): Pick<Row, "to"> {
  if (!shown.reads) return {};
  return { to: `/assistance?${new URLSearchParams({ ...query, station: String(ground.place.id) })}` };
}

const paidIn = (ground: Ground) => ({ by: "paid", from: ground.range.from, to: ground.range.to });
const column = (label: string, format: Column["format"]): Column => ({ label, format });

function paidPanel(
  ground: Ground,
  shown: Shown,
  {
    id,
    title,
    head,
    groups,
    filter,
  }: {
    id: string;
    title: string;
    head: string;
    groups: readonly (PaidGroup & { name: string })[];
    filter: "type" | "age" | "category";
  },
): Panel {
  const { t } = ground.reader;
  const rows = groups.map(
    ({ key, name, cases, paid }): Row => ({
      ...(key ? ledger(ground, shown, { ...paidIn(ground), [filter]: key }) : {}),
      name,
      cells: [
        shown.count(cases),
        shown.beside(cases, paid),
        shown.beside(cases, cases === 0 ? null : Math.round(paid / cases)),
      ],
    }),
  );
  return {
    id,
    title,
    note: fromRecords(ground),
    head,
    columns: [
      column(t("dashboards:assistance.cases"), "count"),
      column(t("dashboards:cases.money"), "money"),
      column(t("dashboards:cases.average"), "money"),
    ],
    rows,
    side: filter === "type" ? "left" : "right",
    empty: t("dashboards:cases.none"),
  };
}

/** What stands open at each step today, how much of it late, and since when the oldest waits. */
function openPanel(ground: Ground, { open }: CaseBoard, shown: Shown): Panel {
  const { t, locale } = ground.reader;
  const rows = OPEN_STATES.flatMap((state): Row[] => {
    const group = open.find((each) => each.state === state);
    if (!group) return [];
    return [
      {
        ...ledger(ground, shown, { state }),
        name: t(`assistance:state.${state}`),
        cells: [
          shown.count(group.count),
          shown.beside(group.count, group.overdue),
          shown.beside(group.count, formatDate(group.oldest, locale)),
        ],
      },
    ];
  });
  return {
    id: "cases-open",
    title: t("dashboards:cases.open"),
    note: fromRecords(ground),
    head: t("dashboards:cases.step"),
    columns: [
      column(t("dashboards:cases.count"), "count"),
      column(t("dashboards:cases.overdue"), "count"),
      column(t("dashboards:cases.oldest"), "text"),
    ],
    rows,
    side: "left",
    empty: t("dashboards:cases.noneOpen"),
  };
}

/** How long each step took: half of the cases less than the one, nine of ten less than the other. */
function waitPanel(ground: Ground, { waits }: CaseBoard, shown: Shown): Panel {
  const { t } = ground.reader;
  const rows = OPEN_STATES.flatMap((state): Row[] => {
    const group = waits.find((each) => each.state === state);
    if (!group) return [];
    return [
      {
        name: t(`assistance:state.${state}`),
        cells: [
          shown.count(group.left),
          shown.beside(group.left, group.median),
          shown.beside(group.left, group.ninety),
        ],
      },
    ];
  });
  return {
    id: "cases-waits",
    title: t("dashboards:cases.waits"),
    note: fromRecords(ground),
    head: t("dashboards:cases.step"),
    columns: [
      column(t("dashboards:cases.taken"), "count"),
      column(t("dashboards:cases.median"), "decimal"),
      column(t("dashboards:cases.ninety"), "decimal"),
    ],
    rows,
    side: "right",
    empty: t("dashboards:cases.none"),
  };
}

function refusalPanel(ground: Ground, { refusals }: CaseBoard, shown: Shown): Panel {
  const { t } = ground.reader;
  const rows = REFUSAL_REASONS.flatMap((reason): Row[] => {
    const group = refusals.find(({ key }) => key === reason);
    if (!group) return [];
    return [
      {
        ...ledger(ground, shown, { refusal: reason }),
        name: t(`assistance:reason.${reason}`),
        cells: [shown.count(group.cases)],
      },
    ];
  });
  return {
    id: "cases-refusals",
    title: t("dashboards:cases.refusals"),
    note: fromRecords(ground),
    head: t("dashboards:cases.reason"),
    columns: [column(t("dashboards:cases.count"), "count")],
    rows,
    side: "left",
    empty: t("dashboards:cases.noRefusals"),
  };
}

/** Whether the stations below are served alike: cases and money by their people, days to the money, budget used. */
function equityPanel(ground: Ground, children: readonly Child[], board: CaseBoard, shown: Shown): Panel {
  const { t } = ground.reader;
  const people = new Map(
    children.map(({ id, own, months }) => [
      own ? ground.place.id : id,
      months.get(ground.range.to)?.figures?.A01 ?? null,
    ]),
  );
  const budgets = new Map(board.budgets.map((budget) => [budget.station, budget]));
  const all = new Map(board.children.map((group) => [group.child, group]));
  const line = (id: number, name: string, own: boolean): Row[] => {
    const group = all.get(id);
    const budget = budgets.get(id);
    if (!group && !budget) return [];
    const { cases = 0, paid = 0, days = null } = group ?? {};
    const served = people.get(id) ?? null;
    const per = (value: number) => (served ? (value * 1000) / served : null);
    return [
      {
        ...(own ? {} : { station: id }),
        name,
        cells: [
          shown.count(cases),
          shown.beside(cases, paid),
          shown.beside(cases, per(cases)),
          shown.beside(cases, paid === 0 ? 0 : per(paid)),
          shown.beside(cases, days),
          own || !budget ? null : percent(budget.spent, budget.amount),
        ],
      },
    ];
  };
  const rows = [
    ...line(ground.place.id, t("dashboards:ownStation", { name: ground.place.name }), true),
    ...[...ground.children.values()].flatMap(({ id, name }) => line(id, name, false)),
  ];
  const total = budgets.get(ground.place.id);
  return {
    id: "cases-equity",
    title: t("dashboards:cases.equity"),
    note: total
      ? t("dashboards:cases.budget", {
          percent: (percent(total.spent, total.amount) ?? 0).toFixed(1),
          amount: formatInteger(Math.round(total.amount / 100)),
        })
      : fromRecords(ground),
    head: t("dashboards:head.station"),
    columns: [
      column(t("dashboards:assistance.cases"), "count"),
      column(t("dashboards:cases.money"), "money"),
      column(t("dashboards:assistance.coverage"), "decimal"),
      column(t("dashboards:cases.perThousand"), "money"),
      column(t("dashboards:cases.days"), "decimal"),
      column(t("dashboards:cases.used"), "percent"),
    ],
    rows,
    side: "full",
    picture: { kind: "ranking", column: 2, top: topOf(rows.map(({ cells }) => cells[2] ?? null)) },
    empty: t("dashboards:cases.none"),
  };
}
