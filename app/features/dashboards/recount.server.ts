import { peopleVisited } from "@muster/db/queries/dashboards/visited";
import type { Indicator } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import type { Ground } from "./ground.server";
import type { Months } from "./measure";

/** An indicator whose people are counted again from the records, at every level and over every range. */
export interface Recount {
  code: string;
  /** Over the whole range, of the place or of one of its children; null where nothing was logged. */
  over(child: number | null): number | null;
  /** The same months with the recounted value in each that was reported. */
  months(of: Months, child: number | null): Months;
}

/**
 * The recount of an indicator that must not be added up, where its register is kept; null for any other indicator,
 * and where nothing was logged: then what was reported for a single month stands.
 */
export async function recountOf(
  { tx, place, range }: Pick<Ground, "tx" | "place" | "range">,
  { code, acrossTime, derivation }: Pick<Indicator, "code" | "acrossTime" | "derivation">,
): Promise<Recount | null> {
  if (acrossTime !== "distinct" || derivation !== "visits.people") return null;
  const rows = await peopleVisited(tx, place, range);
  if (rows.length === 0) return null;
  const key = (child: number | null, period: Period | null) => `${child ?? ""} ${period ?? ""}`;
  const counted = new Map(rows.map(({ child, period, people }) => [key(child, period), people]));
  return {
    code,
    over: (child) => counted.get(key(child, null)) ?? null,
    months: (of, child) =>
      new Map(
        [...of].map(([period, sum]) => {
          const people = counted.get(key(child, period));
          if (people === undefined || !sum.figures) return [period, sum];
          return [period, { ...sum, figures: { ...sum.figures, [code]: people } }];
        }),
      ),
  };
}
