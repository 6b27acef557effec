import type { FiguresByCode } from "@muster/domain/indicator";
import { type Calendar, CLOSED_MONTHS, CURRENT } from "./calendar";
import { LIUHE } from "./cities";
import type { StationPlan } from "./plan";
import { Random } from "./random";

/** What 柳河镇's roll-up shows over the twelve closed months: the figures of the source document. */
export const LIUHE_TOTALS = { C03: 120, D01: 500, D02: 2000, D07: 7, E02: 24, E03: 5 } as const;
type Exact = keyof typeof LIUHE_TOTALS;

/** Rule boards on the walls of the town station itself at the end. */
export const LIUHE_BOARDS = 16;

/** Villages of Liuhe that were excused in one closed month, by number. */
export const LIUHE_EXCUSED: Readonly<Record<number, number>> = { 23: 2, 41: 5, 57: 8 };

/** How much more of each falls to the town station than to a village. */
const TOWN_SHARE: Record<Exact, number> = { C03: 12, D01: 50, D02: 36, D07: 30, E02: 4, E03: 2 };

/** A station's exact figures of one closed month; null where nothing is prescribed. */
export type Quota = (station: StationPlan, month: number) => Readonly<Record<string, number>> | null;

/**
 * Deals the town's totals out to its stations and months. What is dealt to a report is in its figures to the
 * unit; months in which a village was excused receive nothing.
 */
export function liuheQuota(stations: readonly StationPlan[], calendar: Calendar): Quota {
  const cells = stations.flatMap((station) =>
    Array.from({ length: CLOSED_MONTHS }, (_, month) => ({ station, month })),
  );
  const quotas = new Map<string, Record<string, number>>();
  for (const [code, total] of Object.entries(LIUHE_TOTALS) as [Exact, number][]) {
    const random = new Random(`liuhe ${code}`);
    const weights = cells.map(({ station, month }) => {
      if (LIUHE_EXCUSED[station.number] === month) return 0;
      const season = code === "C03" ? calendar.festival(month) : 1;
      return season * (station.number === 0 ? TOWN_SHARE[code] : random.between(0.6, 1.4));
    });
    random.deal(total, weights).forEach((share, i) => {
      const cell = cells[i];
      if (!cell) return;
      const key = `${cell.station.key} ${cell.month}`;
      quotas.set(key, { ...quotas.get(key), [code]: share });
    });
  }
  return (station, month) => quotas.get(`${station.key} ${month}`) ?? null;
}

/** Two villages that wait for review have something to ask about: many visits, and many questions. */
export function makeStriking(station: StationPlan, months: readonly FiguresByCode[]): void {
  const [before, now] = [months[CURRENT - 1], months[CURRENT]];
  if (station.parent?.key !== LIUHE || !before || !now) return;
  if (station.number === 13) {
    now.C01 = (before.C01 ?? 0) + (now.C03 ?? 0) + 11;
    now.C02 = now.C01 - 3;
  }
  if (station.number === 15) now.D02 = (before.D02 ?? 0) * 2 + 9;
}
