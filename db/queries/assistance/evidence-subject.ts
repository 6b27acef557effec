import type { ScopedTx } from "../../scope";
import type { SubjectPlace } from "../evidence/subjects";
import { findCase, materialsOf } from "./row";
import { TAKES_PAPERS } from "./steps";
import { typeOfCase } from "./types";

/** A case, or one of its papers, as the subject of evidence. What was shown to a decision is not taken away. */
export async function findCaseSubject(
  tx: ScopedTx,
  { caseId, material }: { caseId: string; material: string | null },
  placeOf: (stationId: number) => Promise<SubjectPlace | null>,
): Promise<SubjectPlace | null> {
  const row = await findCase(tx, caseId);
  const place = row && (await placeOf(row.stationId));
  if (!row || !place) return null;
  if (material !== null && !(await materialsOf(tx, caseId)).some(({ code }) => code === material))
    return null;
  const kind = await typeOfCase(tx, row.typeCode, row.typeFrom);
  const paper = kind.materials.find(({ code }) => code === material);
  // After the money somebody still visits and photographs.
  const takes = TAKES_PAPERS.includes(row.state) || row.state === "follow_up";
  return {
    ...place,
    what: paper ? { zh: paper.zh, en: paper.en } : kind.name,
    page: `/assistance/${caseId}`,
    open: place.open && takes,
    decided: !["verify", "second_check", "advance", "papers"].includes(row.state),
    confidential: true,
  };
}
