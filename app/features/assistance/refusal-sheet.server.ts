import { eventsOf, openRemark } from "@muster/db/queries/assistance/row";
import { typeOfCase } from "@muster/db/queries/assistance/types";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate } from "@muster/domain/period";
import { translate } from "~/i18n/i18n.server";
import type { Locale } from "~/i18n/locales";
import type { Tx } from "~/server/database.server";
import { keyring } from "~/server/keys.server";
import { caseInScope } from "./case.server";

/** What the last refusal of a case said, or the review that upheld it; null where it was never refused. */
export async function refusalModel(tx: Tx, id: string, locale: Locale) {
  const row = await caseInScope(tx, id);
  const [events, type, station] = await Promise.all([
    eventsOf(tx, id),
    typeOfCase(tx, row.typeCode, row.typeFrom),
    findStation(tx, row.stationId),
  ]);
  const told = events.filter(({ action }) => action === "refuse" || action === "uphold").at(-1);
  if (!told) return null;
  const { stationName, year, number, personName, appliedOn, refusal } = row;
  return {
    id,
    kind: told.action === "uphold" ? ("upheld" as const) : ("refused" as const),
    number: translate(locale)("assistance:number", { station: stationName, year, number }),
    personName,
    appliedOn,
    typeName: locale === "zh-CN" ? type.name.zh : type.name.en,
    refusal,
    /** Where a review is asked for, and who decides it. */
    stationName,
    city: station?.ancestors[0]?.name ?? stationName,
    by: told.byStationName,
    byName: told.byName,
    on: localDate(new Date(told.at)),
    words: openRemark(keyring(), tx.scope.cityId, { caseId: id, id: told.id, remark: told.remark }),
  };
}
