import { verdictUpTo } from "@muster/db/queries/assessments/read";
import type { AssessmentPage } from "@muster/db/queries/assessments/steps";
import { findingsOfAssessment } from "@muster/db/queries/findings/read";
import { raiseFinding } from "@muster/db/queries/findings/steps";
import { itemsFor, type StandardItem } from "@muster/domain/standard";
import { z } from "zod";
import { settled } from "~/features/inspections/refusal.server";
import { translate } from "~/i18n/i18n.server";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { unprocessable } from "~/server/errors.server";
import { askedOf } from "./model";

export const RaiseItemForm = z.object({ code: z.string().max(12) });

/** Mandatory items that fail by what counts of an assessment that was sent. */
function failing({ row, set, said }: AssessmentPage): StandardItem[] {
  if (row.status === "draft" || row.status === "returned") return [];
  const { items } = verdictUpTo(set, row.level, said, "spot");
  return itemsFor(set, row.level).filter(({ code, mandatory }) => mandatory && items[code] === "failed");
}

/** What fails, with the finding that was raised of it, for whoever may raise one; else null. */
export async function raisable(
  tx: Tx,
  page: AssessmentPage,
  { may }: Pick<Permissions, "may">,
  actorStationId: number,
) {
  const { station, row } = page;
  const subject = { stationId: station.id, path: station.path, inspectorId: actorStationId };
  if (!may("create", "Finding", subject)) return null;
  const items = failing(page);
  const known = items.length > 0 ? await findingsOfAssessment(tx, row) : new Map();
  return items.map(({ code, name }) => ({
    code,
    name,
    finding: (known.get(code) as { id: string; state: string } | undefined) ?? null,
  }));
}

/** Raises a finding of a failing mandatory item, in the words of the standards. */
export async function raiseItem(
  tx: Tx,
  page: AssessmentPage,
  code: string,
  { demand }: Pick<Permissions, "demand">,
  actorStationId: number,
): Promise<{ id: string; repeated: boolean }> {
  const { station, row } = page;
  demand("create", "Finding", { stationId: station.id, path: station.path, inspectorId: actorStationId });
  const item = failing(page).find((each) => each.code === code);
  if (!item) throw unprocessable("inspections:refusal.unknown_item");
  // What is kept is in the language of the office, whoever presses the button.
  const t = translate("zh-CN");
  const outcome = await raiseFinding(tx, {
    stationId: station.id,
    item: { code, zh: item.name.zh, en: item.name.en },
    body: t("inspections:raise.body", { item: item.name.zh, asked: askedOf(item, row.level, t) }),
    severity: "major",
    dueOn: null,
    assessment: { year: row.year, round: row.round },
  });
  return settled(outcome);
}
