import type { CaseRow } from "@muster/db/queries/assistance/row";
import {
  casesOfPerson,
  eventsOf,
  findCase,
  grantedIn,
  materialsOf,
  openDetails,
  openRemark,
} from "@muster/db/queries/assistance/row";
import { TAKES_PAPERS } from "@muster/db/queries/assistance/steps";
import { allTypes, typeOfCase } from "@muster/db/queries/assistance/types";
import { piecesBySubject } from "@muster/db/queries/evidence/read";
import { findSubject } from "@muster/db/queries/evidence/subjects";
import {
  barredBy,
  CASE_ACTIONS,
  type CaseAction,
  caseDaysOver,
  caseSides,
  caseStep,
  incomePerHead,
  limitLeft,
  type TakenStep,
} from "@muster/domain/assistance";
import { caseSubject } from "@muster/domain/evidence";
import { daysFrom, localDate } from "@muster/domain/period";
import { evidenceModel, pieceLines, pieceRights } from "~/features/evidence/model.server";
import type { Locale } from "~/i18n/locales";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import type { MemberContext } from "~/server/prepare.server";
import { namedTypes } from "./list-view.server";

type Reader = Pick<MemberContext<unknown, unknown>, "actor" | "may" | "now"> & { locale: Locale };

/** A case in the reader's scope; 404 when it is not there or not theirs. */
export async function caseInScope(tx: Tx, id: string): Promise<CaseRow> {
  const row = await findCase(tx, id);
  if (!row) throw notFound();
  return row;
}

/** Everything the page of a case shows. */
export async function caseModel(tx: Tx, id: string, reader: Reader) {
  const { actor, may, now, locale } = reader;
  const row = await caseInScope(tx, id);
  const keys = keyring();
  const { cityId } = tx.scope;
  const today = localDate(now);
  const subject = caseSubject(id);
  const place = await findSubject(tx, subject);
  if (!place) throw notFound();
  const [type, types, events, materials, others, granted, evidence] = await Promise.all([
    typeOfCase(tx, row.typeCode, row.typeFrom),
    allTypes(tx),
    eventsOf(tx, id),
    materialsOf(tx, id),
    casesOfPerson(tx, row.personId, { except: id }),
    grantedIn(tx, {
      personId: row.personId,
      typeCode: row.typeCode,
      year: Number(today.slice(0, 4)),
      except: id,
    }),
    evidenceModel(tx, subject, place, { actor, may, now }),
  ]);
  const ids = materials.map(({ code }) => caseSubject(id, code).id);
  const pieces = await piecesBySubject(tx, row.stationId, "assistance", ids);
  const rights = pieceRights({ stationId: row.stationId, path: row.path }, place.decided ?? false, may);
  const { details: _, personId: __, ...facts } = row;
  const { reason, household } = openDetails(keys, cityId, row);
  const updates = may("update", "Assistance", { stationId: row.stationId, path: row.path });
  return {
    case: facts,
    type,
    typeName: locale === "zh-CN" ? type.name.zh : type.name.en,
    named: namedTypes(types, locale),
    reason,
    household: { ...household, perHead: incomePerHead(household) },
    events: events.map(({ remark, byId: ___, ...event }) => ({
      ...event,
      text: openRemark(keys, cityId, { caseId: id, id: event.id, remark }),
    })),
    materials: materials.map((material) => {
      const known = type.materials.find(({ code }) => code === material.code);
      return {
        ...material,
        name: (locale === "zh-CN" ? known?.zh : known?.en) ?? material.code,
        subject: caseSubject(id, material.code),
        pieces: pieceLines(pieces.get(caseSubject(id, material.code).id) ?? [], today, rights),
      };
    }),
    takesPapers: updates && TAKES_PAPERS.includes(row.state),
    evidence,
    others,
    granted,
    left: limitLeft(type.yearlyLimit, granted),
    ...stepsFor(row, events, type.publicityDays, actor, updates),
    over: caseDaysOver(row.dueOn, today),
    daysLeft: row.dueOn === null ? null : daysFrom(today, row.dueOn),
    today,
  };
}

/** The steps the reader may take now, and the earlier step of theirs that bars others. */
function stepsFor(
  row: CaseRow,
  story: readonly TakenStep[],
  publicityDays: number,
  actor: Reader["actor"],
  updates: boolean,
): { steps: CaseAction[]; barred: CaseAction | "apply" | null } {
  if (!updates || row.reviewerId === null) return { steps: [], barred: null };
  const sides = caseSides(actor, { stationId: row.stationId, reviewerId: row.reviewerId });
  const steps: CaseAction[] = [];
  let barred: CaseAction | "apply" | null = null;
  for (const action of CASE_ACTIONS) {
    const step = caseStep(action, row.state, { role: actor.role, sides }, publicityDays);
    if (!step) continue;
    const by = barredBy(step, actor.userId, story);
    if (by) barred = by;
    else steps.push(action);
  }
  return { steps, barred };
}
