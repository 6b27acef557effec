import type { Localized } from "@muster/domain/indicator";
import type { ScopedTx } from "../../scope";
import { findCase, materialsOf } from "./row";
import { TAKES_PAPERS } from "./steps";
import { typeOfCase } from "./types";

/** What evidence needs to know of a case, or of one of its papers. */
interface CaseSubject {
  stationId: number;
  what: Localized;
  page: string;
  open: boolean;
  /** What was shown to a decision is not taken away. */
  decided: boolean;
  confidential: true;
}

/** A case, or one of its papers, as the subject of evidence; null when it is not there or not the caller's. */
export async function findCaseSubject(
  tx: ScopedTx,
  { caseId, material }: { caseId: string; material: string | null },
): Promise<CaseSubject | null> {
  const row = await findCase(tx, caseId);
  if (!row) return null;
  if (material !== null && !(await materialsOf(tx, caseId)).some(({ code }) => code === material))
    return null;
  const kind = await typeOfCase(tx, row.typeCode, row.typeFrom);
  const paper = kind.materials.find(({ code }) => code === material);
  return {
    stationId: row.stationId,
    what: paper ? { zh: paper.zh, en: paper.en } : kind.name,
    page: `/assistance/${caseId}`,
    // After the money somebody still visits and photographs.
    open: TAKES_PAPERS.includes(row.state) || row.state === "follow_up",
    decided: !["verify", "second_check", "advance", "papers"].includes(row.state),
    confidential: true,
  };
}
