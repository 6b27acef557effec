import { daysFrom, type LocalDate } from "./period";

/**
 * What a piece of evidence may belong to. A further room adds its kind here, in the check of the table `evidence`
 * and in `db/queries/evidence/subjects.ts`, which finds the station a subject stands at.
 */
export const SUBJECT_KINDS = ["station", "assessment_item", "finding", "visit", "assistance"] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** What a piece of evidence belongs to. */
export interface Subject {
  kind: SubjectKind;
  id: string;
}

/** One item of one assessment of a station. */
export interface AssessedItem {
  stationId: number;
  year: number;
  round: number;
  code: string;
}

/** An item of an assessment as the subject of evidence: `1042-2026-1-G5`. */
export function itemSubject({ stationId, year, round, code }: AssessedItem): Subject {
  return { kind: "assessment_item", id: `${stationId}-${year}-${round}-${code}` };
}

/** Reads the id of such a subject; null when it is none. */
export function parseItemSubject(id: string): AssessedItem | null {
  const [, stationId, year, round, code] = ITEM_SUBJECT.exec(id) ?? [];
  return code ? { stationId: Number(stationId), year: Number(year), round: Number(round), code } : null;
}

const ITEM_SUBJECT = /^([1-9]\d{0,14})-(20\d\d)-([1-9]\d?)-([A-Z]\d{1,2})$/;

/** A case of assistance, or one material of it, as the subject of evidence: `<uuid>`, `<uuid>-<code>`. */
export function caseSubject(caseId: string, material?: string): Subject {
  return { kind: "assistance", id: material ? `${caseId}-${material}` : caseId };
}

/** Reads the id of such a subject; null when it is none. */
export function parseCaseSubject(id: string): { caseId: string; material: string | null } | null {
  const [, caseId, material] = CASE_SUBJECT.exec(id) ?? [];
  return caseId ? { caseId, material: material ?? null } : null;
}

const CASE_SUBJECT = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-([a-z][a-z0-9_]{0,19}))?$/;

export type EvidenceKind = "image" | "pdf";

/** Most bytes of one file as it is sent. */
export const LARGEST_FILE = 10 * 1024 * 1024;
/** Most pieces of evidence of one subject at a time; removed ones do not count. */
export const MOST_PER_SUBJECT = 20;
/** So many days before its last day a piece of evidence is reminded of. */
export const REMIND_DAYS = 30;

/** Why a file is not taken. */
export const FILE_REFUSALS = [
  /** Nothing was chosen, or the file has no content. */
  "empty",
  "too_large",
  /** Neither JPEG, PNG, WebP, HEIC nor PDF, whatever its name says. */
  "unknown_type",
  /** It begins as what it says and breaks off or makes no sense. */
  "damaged",
  "too_many_pixels",
  /** A PDF that is another kind of file at the same time. */
  "hidden_content",
  /** It took longer or more than any ordinary file does. */
  "too_complex",
] as const;
export type FileRefusal = (typeof FILE_REFUSALS)[number];

export type Expiry = "none" | "valid" | "soon" | "expired";

/** How a piece of evidence stands on a day; it is good up to and including `expiresOn`. */
export function expiryOn(expiresOn: LocalDate | null, today: LocalDate): Expiry {
  if (expiresOn === null) return "none";
  const left = daysFrom(today, expiresOn);
  if (left < 0) return "expired";
  return left <= REMIND_DAYS ? "soon" : "valid";
}
