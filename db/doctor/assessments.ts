import type { Stage } from "@muster/domain/assessment";
import {
  type AssessmentRow,
  assessmentColumns,
  type SaidByCode,
  type SaidValue,
  verdictUpTo,
} from "../queries/assessments/read";
import { type FullSet, readSet } from "../queries/standards/read";
import type { ScopedTx } from "../scope";

type Judged = AssessmentRow & { spotFiveHaves: boolean | null };

/**
 * Assessments whose stored verdict is not what their values give, in sentences. Lists and dashboards read the stored
 * one, so nobody would see it otherwise.
 */
export async function faultsOfAssessments(tx: ScopedTx): Promise<string[]> {
  const { cityId } = tx.scope;
  const rows = await tx.sql<Judged[]>`
    select ${assessmentColumns(tx)}, a.spot_five_haves as "spotFiveHaves" from assessment a
    where a.city_id = ${cityId} and (a.points is not null or a.status in ('checked', 'spot_checked'))
    order by a.station_id, a.year, a.round`;
  if (rows.length === 0) return [];
  const said = await valuesByAssessment(tx);
  const sets = new Map<number, FullSet | null>();
  const faults: string[] = [];
  for (const row of rows) {
    if (!sets.has(row.setNumber)) sets.set(row.setNumber, await readSet(tx, row.setNumber));
    const set = sets.get(row.setNumber);
    // A foreign key holds the version; its items are what a draft may lose.
    if (set) faults.push(...faultsOf(row, set, said.get(nameOf(row)) ?? {}));
  }
  return faults;
}

async function valuesByAssessment(tx: ScopedTx): Promise<Map<string, SaidByCode>> {
  const rows = await tx.sql<
    (SaidValue & { stationId: number; year: number; round: number; code: string; stage: Stage })[]
  >`
    select station_id as "stationId", year, round, code, stage, value, not_applicable as "notApplicable", remark,
      measured, at, by_name as "byName"
    from assessment_value where city_id = ${tx.scope.cityId}
      and (value is not null or not_applicable or remark <> '')`;
  const found = new Map<string, SaidByCode>();
  for (const { stationId, year, round, code, stage, ...value } of rows) {
    const name = nameOf({ stationId, year, round });
    const said = found.get(name) ?? {};
    said[code] = { ...said[code], [stage]: value };
    found.set(name, said);
  }
  return found;
}

const nameOf = ({ stationId, year, round }: Pick<AssessmentRow, "stationId" | "year" | "round">) =>
  `${stationId}/${year}/${round}`;

function faultsOf(row: Judged, set: FullSet, said: SaidByCode): string[] {
  const upTo = (stage: Stage) => verdictUpTo(set, row.level, said, stage);
  const last = row.status === "spot_checked" ? "spot" : row.status === "checked" ? "check" : "self";
  const { points, fiveHaves, grade } = upTo(last);
  const stored = [row.points, row.fiveHaves, row.grade];
  const words = (verdict: readonly unknown[]) => verdict.map((part) => part ?? "none").join(", ");
  const name = `The assessment ${nameOf(row)}`;
  const sides = [
    ["check", row.checkedFiveHaves],
    ["spot", row.spotFiveHaves],
  ] as const;
  return [
    ...(words(stored) === words([points, fiveHaves, grade])
      ? []
      : [`${name} is stored as ${words(stored)}, but its values give ${words([points, fiveHaves, grade])}.`]),
    ...sides.flatMap(([stage, met]) =>
      met === null || met === upTo(stage).fiveHaves
        ? []
        : [
            `${name} says of its ${stage} that the Five Haves were ${met ? "" : "not "}met; its values do not.`,
          ],
    ),
  ];
}
