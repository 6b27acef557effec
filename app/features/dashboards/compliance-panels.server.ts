import type { Compliance, FailingStation, StandingGroup } from "@muster/db/queries/dashboards/compliance";
import { daysFrom, localDate } from "@muster/domain/period";
import { FIVE_HAVES } from "@muster/domain/standard";
import { LEVELS } from "@muster/domain/station";
import { yearSlug } from "~/features/assessments/model";
import { formatDate } from "~/i18n/format";
import type { Ground } from "./ground.server";
import { byWeight, itemLink, itemName, weightOf } from "./items.server";
import type { Panel, Row } from "./model";
import { stationLink } from "./panels.server";
import { type Below, fromRecords, percent, total } from "./records.server";

/** Up to one station in so many below the standard is a warning, more is bad. */
const WARN_BELOW = 10;
const THRESHOLDS = { good: 100, warn: 90 };
const COUNTS = ["required", "verified", "meeting"] as const;

/** The stations below by the share of their verified stations that meet the Five Haves, the lowest first. */
export function rankingPanel(ground: Ground, stations: readonly Below<StandingGroup>[]): Panel {
  const { t } = ground.reader;
  const rows = stations.map((station) => {
    const sums = total(station.groups, COUNTS);
    return { station, ...sums, rate: percent(sums.meeting, sums.verified) };
  });
  // Of a town, who has failed comes first, then who was never verified.
  rows.sort((a, b) => (a.rate ?? 100.5) - (b.rate ?? 100.5));
  return {
    id: "compliance-ranking",
    title: t("dashboards:compliance.ranking"),
    note: fromRecords(ground),
    head: t("dashboards:head.station"),
    columns: [
      { label: t("dashboards:compliance.required"), format: "count" },
      { label: t("dashboards:compliance.verified"), format: "count" },
      { label: t("dashboards:compliance.meeting"), format: "count" },
      { label: t("dashboards:compliance.rate"), format: "percent" },
    ],
    rows: rows.map(({ station, required, verified, meeting, rate }): Row => {
      const failing = verified - meeting;
      return {
        ...stationLink(station),
        name: station.name,
        cells: [required, verified, verified === 0 ? null : meeting, rate],
        ...(verified === 0
          ? { tone: "mute", verdict: t("dashboards:compliance.never") }
          : failing === 0
            ? { tone: "good", verdict: t("dashboards:meets") }
            : {
                tone: failing * WARN_BELOW > verified ? "bad" : "warn",
                verdict:
                  required === 1
                    ? t("dashboards:compliance.fails")
                    : t("dashboards:compliance.short", { count: failing }),
              }),
      };
    }),
    verdict: t("dashboards:head.verdict"),
    picture: { kind: "ranking", column: 3, top: 100, standard: 100 },
    empty: t("dashboards:compliance.noStations"),
  };
}

/** The stations below by dimension: the share of their verified stations that pass it. */
export function matrixPanel(ground: Ground, stations: readonly Below<StandingGroup>[]): Panel {
  const { t } = ground.reader;
  const rows = stations.flatMap((station): Row[] => {
    const { verified } = total(station.groups, ["verified"]);
    if (verified === 0) return [];
    const cells = FIVE_HAVES.map((have) => {
      const lacking = station.groups.reduce((sum, group) => sum + group.lacking[have], 0);
      return percent(verified - lacking, verified);
    });
    return [{ ...stationLink(station), name: station.name, cells }];
  });
  return {
    id: "compliance-matrix",
    title: t("dashboards:compliance.matrix"),
    note: fromRecords(ground),
    head: t("dashboards:head.station"),
    columns: FIVE_HAVES.map((have) => ({ label: t(`standards:dimension.${have}`), format: "percent" })),
    rows,
    picture: { kind: "heat", ...THRESHOLDS, top: 100 },
    empty: t("dashboards:compliance.noneVerified"),
  };
}

/** The items that fail, what a dimension does not pass without first, the most frequent first. Of one station, all. */
export function itemsPanel(ground: Ground, { items }: Compliance): Panel {
  const { t } = ground.reader;
  const missed = items
    .filter((item) => item.missed > 0)
    .map((count) => ({ ...count, share: percent(count.missed, count.judged) ?? 0 }))
    .sort((a, b) => b.missed - a.missed || b.share - a.share);
  const one = ground.place.leaf;
  const rows = byWeight(ground, missed).map((row): Row => {
    if ("heading" in row) return row;
    const { item, judged, missed: count, share } = row;
    const dimension = t(`standards:dimension.${item.dimension}`);
    return {
      ...(one ? { to: `/stations/${ground.place.id}/assessments` } : itemLink(ground, item)),
      name: itemName(ground, item),
      cells: one ? [dimension] : [dimension, judged, count, share],
      tone: weightOf(item) === "mandatory" ? "bad" : "mute",
    };
  });
  return {
    id: "compliance-items",
    side: "left",
    title: t(one ? "dashboards:compliance.itemsOfOne" : "dashboards:compliance.items"),
    note: fromRecords(ground),
    head: t("dashboards:compliance.item"),
    columns: [
      { label: t("dashboards:compliance.dimension"), format: "text" },
      ...(one
        ? []
        : ([
            { label: t("dashboards:compliance.verified"), format: "count" },
            { label: t("dashboards:compliance.missed"), format: "count" },
            { label: t("dashboards:compliance.missedShare"), format: "percent" },
          ] as const)),
    ],
    rows,
    ...(one
      ? {}
      : { picture: { kind: "ranking", column: 3, top: Math.max(1, ...missed.map(({ share }) => share)) } }),
    empty: t(items.length === 0 ? "dashboards:compliance.noneVerified" : "dashboards:compliance.noneMissed"),
  };
}

/** Towns and villages beside each other, with the stars they have. */
export function levelsPanel(ground: Ground, { groups, grades }: Compliance): Panel {
  const { t, locale } = ground.reader;
  const rows = LEVELS.flatMap((level): Row[] => {
    const own = groups.filter((group) => group.level === level);
    if (own.length === 0) return [];
    const { required, verified, meeting } = total(own, COUNTS);
    const graded = (code: string | null) =>
      verified === 0
        ? null
        : total(
            own.filter(({ grade, verified: judged }) => grade === code && judged > 0),
            ["verified"],
          ).verified;
    return [
      {
        name: t(`standards:level.${level}`),
        cells: [
          required,
          verified,
          verified === 0 ? null : meeting,
          percent(meeting, verified),
          ...grades.map(({ code }) => graded(code)),
          graded(null),
        ],
      },
    ];
  });
  return {
    id: "compliance-levels",
    side: "full",
    title: t("dashboards:compliance.levels"),
    note: fromRecords(ground),
    head: t("dashboards:compliance.level"),
    columns: [
      ...COUNTS.map((part) => ({ label: t(`dashboards:compliance.${part}`), format: "count" as const })),
      { label: t("dashboards:compliance.rate"), format: "percent" },
      ...grades.map(({ name }) => ({
        label: locale === "zh-CN" ? name.zh : name.en,
        format: "count" as const,
      })),
      { label: t("dashboards:compliance.noGrade"), format: "count" },
    ],
    rows,
    empty: t("dashboards:compliance.noStations"),
  };
}

/** Who fails, why, for how long, who leads the station, and how far the rectification is. */
export function failingPanel(
  ground: Ground,
  { groups, items }: Compliance,
  failing: readonly FailingStation[],
): Panel {
  const { t, locale, now } = ground.reader;
  const today = localDate(now);
  // A date is read in one line, however narrow its column.
  const day = (date: string) => formatDate(date, locale).replaceAll(" ", "\u00a0");
  const names = new Map(items.map(({ item }) => [item.code, itemName(ground, item)]));
  const { verified, meeting } = total(groups, ["verified", "meeting"]);
  const all = verified - meeting;
  return {
    id: "compliance-failing",
    side: "full",
    title: t("dashboards:compliance.failingList"),
    note:
      all > failing.length
        ? t("dashboards:compliance.cut", { count: failing.length, all })
        : fromRecords(ground),
    head: t("dashboards:head.station"),
    columns: [
      { label: t("dashboards:compliance.parent"), format: "text" },
      { label: t("dashboards:compliance.cause"), format: "text" },
      { label: t("dashboards:compliance.from"), format: "text" },
      { label: t("dashboards:compliance.days"), format: "count" },
      { label: t("dashboards:compliance.owner"), format: "text" },
      { label: t("dashboards:compliance.dueOn"), format: "text" },
    ],
    rows: failing.map(
      (station): Row => ({
        to: `/stations/${station.id}/assessments/${yearSlug(station)}`,
        name: station.name,
        cells: [
          station.parentName,
          station.failing.map((code) => names.get(code) ?? code).join(t("dashboards:separator")),
          day(station.failingSince),
          daysFrom(station.failingSince, today),
          station.head,
          station.dueOn && day(station.dueOn),
        ],
        ...(station.overdue > 0
          ? { tone: "bad", verdict: t("dashboards:findings.late", { count: station.overdue }) }
          : station.findings > 0 && station.answered === station.findings
            ? { tone: "info", verdict: t("dashboards:findings.answered") }
            : station.findings > 0
              ? { tone: "warn", verdict: t("dashboards:findings.running") }
              : { tone: "mute", verdict: t("dashboards:findings.notRaised") }),
      }),
    ),
    verdict: t("dashboards:compliance.rectification"),
    empty: t(verified === 0 ? "dashboards:compliance.noneVerified" : "dashboards:compliance.noneFailing"),
  };
}
