import { type StaffingMonth, staffingOf } from "@muster/db/queries/dashboards/units";
import { addMonths, type Period } from "@muster/domain/period";
import { formatPeriod } from "~/i18n/format";
import type { Ground } from "./ground.server";
import { changeOf, indicatorKey } from "./key-figures.server";
import { byMonth, latestMonth } from "./measure";
import type { Content, KeyFigure, Panel, Row } from "./model";
import { monthColumns, namesOf, topOf, trendPanel } from "./panels.server";
import { shown } from "./values";

const MOST_NAMED = 3;

/** Full-time staff against the staffing rule: A01 and B05, with required staff and shortfall. */
export async function staffingContent(ground: Ground): Promise<Content> {
  const { tx, catalogue, place, range, state } = ground;
  const grounds = { basis: state.basis, boundaries: state.boundaries };
  // The year before its last month comes along, for comparisons.
  const yearAgo = addMonths(range.to, -12);
  const [from = range.from] = [yearAgo, range.from].sort();
  const [answer, sums] = await Promise.all([
    staffingOf(tx, catalogue, place, { from, to: range.to, ...grounds }),
    ground.own(["B08"]),
  ]);
  const inRange = answer.children.filter(({ period }) => period >= range.from);
  const names = await namesOf(
    ground,
    inRange.map(({ stationId }) => stationId),
  );
  const own = new Map(answer.place.map((month) => [month.period, month]));
  const children = inRange.filter(({ stationId }) => names.has(stationId));
  const asOf =
    [...own.keys()].filter((period) => period >= range.from && period <= range.to).at(-1) ?? range.to;
  const latest = children.filter(({ period }) => period === asOf);
  const named = (id: number) => names.get(id)?.name ?? "";
  const months = byMonth(sums);
  return {
    keys: [
      perWorkerKey(ground, own, asOf),
      ...(place.leaf ? [postsKey(ground, own.get(asOf))] : [meetingKey(ground, latest, own.get(asOf))]),
      shortfallKey(ground, own, asOf, latest, named),
      place.leaf ? peopleKey(ground, own, asOf) : secretaryKey(ground, months),
    ],
    panels: [
      ...(place.leaf ? [] : [rankingPanel(ground, latest, named, asOf)]),
      trend(ground, own),
      ...(place.leaf ? [] : [perWorkerHeat(ground, children, named)]),
    ],
  };
}

type OwnMonths = ReadonlyMap<Period, StaffingMonth>;

function perWorkerKey(ground: Ground, own: OwnMonths, asOf: Period): KeyFigure {
  const { t } = ground.reader;
  const value = own.get(asOf)?.perWorker ?? null;
  const as = { format: "count", better: "low" } as const;
  // Where the range's last month has nothing yet, its neighbours would compare another month.
  const before = (months: number) =>
    asOf === ground.range.to ? rounded(own.get(addMonths(asOf, -months))?.perWorker) : null;
  return {
    id: "perWorker",
    label: t("dashboards:staffing.perWorker"),
    value: shown(rounded(value), "count"),
    unit: t("dashboards:staffing.perWorkerUnit"),
    change:
      changeOf(t, rounded(value), before(12), { against: "sameMonth", ...as }) ??
      changeOf(t, rounded(value), before(1), { against: "lastMonth", ...as }),
    spark: ground.periods.map((period) => own.get(period)?.perWorker ?? null),
  };
}

function meetingKey(ground: Ground, latest: readonly StaffingMonth[], own?: StaffingMonth): KeyFigure {
  const { t } = ground.reader;
  if (ground.place.level === "town") return postsKey(ground, own);
  const known = latest.filter(({ shortfall }) => shortfall !== null);
  const failing = known.filter(({ shortfall }) => (shortfall ?? 0) > 0).length;
  return {
    id: "meeting",
    label: t("dashboards:staffing.meeting"),
    value: known.length > 0 ? shown(known.length - failing, "count") : shown(null, "count"),
    unit: t("dashboards:of", { total: shown(known.length, "count") }),
    change:
      known.length === 0
        ? undefined
        : failing > 0
          ? { direction: "up", tone: "bad", text: t("dashboards:staffing.failing", { count: failing }) }
          : { direction: "same", tone: "good", text: t("dashboards:staffing.allMeet") },
    spark: [],
  };
}

/** Staff there are against staff required, at one station. */
function postsKey(ground: Ground, own?: StaffingMonth): KeyFigure {
  const { t } = ground.reader;
  return {
    id: "posts",
    label: t("dashboards:staffing.posts"),
    value: shown(own?.fullTime ?? null, "count"),
    unit: t("dashboards:of", { total: shown(own?.required ?? null, "count") }),
    note: t("dashboards:staffing.postsNote", { people: ground.frame.perWorker }),
    spark: [],
  };
}

function shortfallKey(
  ground: Ground,
  own: OwnMonths,
  asOf: Period,
  latest: readonly StaffingMonth[],
  named: (id: number) => string,
): KeyFigure {
  const { t } = ground.reader;
  const value = own.get(asOf)?.shortfall ?? null;
  const short = [...latest]
    .filter(({ shortfall }) => (shortfall ?? 0) > 0)
    .sort((a, b) => (b.shortfall ?? 0) - (a.shortfall ?? 0));
  const listed = short.slice(0, MOST_NAMED).map((month) => `${named(month.stationId)} ${month.shortfall}`);
  const more =
    short.length > MOST_NAMED ? t("dashboards:andMore", { count: short.length - MOST_NAMED }) : null;
  const summed = ground.place.level === "city" || ground.place.level === "district";
  return {
    id: "shortfall",
    label: t("dashboards:staffing.shortfall"),
    value: shown(value, "count"),
    unit: t("dashboards:unit.person"),
    change:
      value === 0 ? { direction: "same", tone: "good", text: t("dashboards:staffing.allMeet") } : undefined,
    note: summed && short.length > 0 ? [...listed, ...(more ? [more] : [])].join(" · ") : undefined,
    spark: ground.periods.map((period) => own.get(period)?.shortfall ?? null),
  };
}

function peopleKey(ground: Ground, own: OwnMonths, asOf: Period): KeyFigure {
  const { t } = ground.reader;
  return {
    id: "A01",
    label: t("dashboards:staffing.people"),
    value: shown(own.get(asOf)?.beneficiaries ?? null, "count"),
    unit: t("dashboards:unit.person"),
    spark: ground.periods.map((period) => own.get(period)?.beneficiaries ?? null),
  };
}

function secretaryKey(ground: Ground, months: ReturnType<typeof byMonth>): KeyFigure {
  const { t } = ground.reader;
  const last = months.get(latestMonth(months, ground.range) ?? ground.range.to)?.figures;
  const note = t("dashboards:staffing.secretaries", {
    secretaries: shown(last?.B07 ?? null, "count"),
    villages: shown(last?.B02V ?? null, "count"),
  });
  const indicators = ground.indicators(["B08"], {
    from: addMonths(ground.range.from, -12),
    to: ground.range.to,
  });
  const label = t("dashboards:staffing.secretaryShare");
  return indicatorKey(ground, months, indicators, "B08", { better: "high", note, label });
}

function rankingPanel(
  ground: Ground,
  latest: readonly StaffingMonth[],
  named: (id: number) => string,
  asOf: Period,
): Panel {
  const { t, locale } = ground.reader;
  const verdict = verdicts(ground);
  const rows = [...latest].sort(worstFirst).map((month): Row => {
    const { stationId, beneficiaries, fullTime, required, shortfall, perWorker } = month;
    return {
      station: stationId,
      name: named(stationId),
      cells: [beneficiaries, fullTime, required, rounded(perWorker)],
      ...verdict(shortfall),
    };
  });
  return {
    id: "staffing-ranking",
    title: t(`dashboards:staffing.ranking.${below(ground)}`),
    note: t("dashboards:staffing.asOf", {
      month: formatPeriod(asOf, locale),
      standard: ground.frame.perWorker,
    }),
    head: t("dashboards:head.station"),
    columns: [
      { label: t("dashboards:staffing.peopleShort"), format: "count" },
      { label: t("dashboards:staffing.fullTime"), format: "count" },
      { label: t("dashboards:staffing.required"), format: "count" },
      { label: t("dashboards:staffing.perWorker"), format: "count" },
    ],
    rows,
    verdict: t("dashboards:head.verdict"),
    picture: {
      kind: "ranking",
      column: 3,
      top: Math.max(ground.frame.perWorker * 1.2, topOf(rows.map((row) => row.cells[3] ?? null))),
      standard: ground.frame.perWorker,
    },
    empty: t("dashboards:empty.figures"),
  };
}

/** The widest gap first, then the most people per worker: where somebody has to act. */
function worstFirst(a: StaffingMonth, b: StaffingMonth): number {
  return (b.shortfall ?? -1) - (a.shortfall ?? -1) || (b.perWorker ?? 0) - (a.perWorker ?? 0);
}

/** The words are looked up once: a town has sixty villages that meet the rule. */
function verdicts(ground: Ground): (shortfall: number | null) => Pick<Row, "tone" | "verdict"> {
  const { t } = ground.reader;
  const unknown = { tone: "mute", verdict: t("dashboards:notReported") } as const;
  const meets = { tone: "good", verdict: t("dashboards:meets") } as const;
  return (shortfall) => {
    if (shortfall === null) return unknown;
    if (shortfall === 0) return meets;
    return { tone: "bad", verdict: t("dashboards:staffing.short", { count: shortfall }) };
  };
}

type Part = "fullTime" | "required" | "shortfall";

function trend(ground: Ground, own: OwnMonths): Panel {
  const { t } = ground.reader;
  const part = (label: "people" | Part, of: "beneficiaries" | Part) => ({
    label: t(`dashboards:staffing.${label}`),
    format: "count" as const,
    at: (period: Period) => own.get(period)?.[of] ?? null,
  });
  const title = t("dashboards:staffing.trend", { name: ground.place.name, count: ground.periods.length });
  return trendPanel(
    ground,
    { id: "staffing-trend", title },
    [
      {
        label: t("dashboards:staffing.perWorker"),
        format: "count",
        at: (period) => rounded(own.get(period)?.perWorker),
      },
      part("people", "beneficiaries"),
      part("fullTime", "fullTime"),
      part("required", "required"),
      part("shortfall", "shortfall"),
    ],
    {
      marks: "line",
      columns: [0],
      standard: {
        value: ground.frame.perWorker,
        label: t("dashboards:standard", { value: ground.frame.perWorker }),
      },
    },
  );
}

function perWorkerHeat(
  ground: Ground,
  children: readonly StaffingMonth[],
  named: (id: number) => string,
): Panel {
  const { t } = ground.reader;
  const shortfalls = new Map<number, Map<Period, number | null>>();
  for (const { stationId, period, shortfall } of children) {
    const months = shortfalls.get(stationId) ?? new Map<Period, number | null>();
    shortfalls.set(stationId, months.set(period, shortfall));
  }
  const ids = [...new Set([...ground.children.keys(), ...shortfalls.keys()])].filter((id) =>
    shortfalls.has(id),
  );
  const rows = ids.map(
    (id): Row => ({
      station: id,
      name: named(id),
      cells: ground.periods.map((period) => shortfalls.get(id)?.get(period) ?? null),
    }),
  );
  return {
    id: "staffing-heat",
    title: t("dashboards:staffing.heat"),
    head: t("dashboards:head.station"),
    columns: monthColumns(ground, "count"),
    rows,
    picture: { kind: "heat", top: 0, good: 0, warn: 1, low: true },
    empty: t("dashboards:empty.figures"),
  };
}

/** What stands below: words say "towns", "villages" or "service points". */
function below(ground: Ground): "city" | "district" | "town" | "cadre_home" {
  if (ground.place.kind !== "station") return "cadre_home";
  return ground.place.level === "village" ? "town" : ground.place.level;
}

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value);
}
