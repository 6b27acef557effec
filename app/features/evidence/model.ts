import type { EvidenceKind, Expiry, Subject } from "@muster/domain/evidence";
import type { Tone } from "~/ui/tag";

/** One piece of evidence as the list shows it. */
export interface PieceLine {
  id: string;
  kind: EvidenceKind;
  title: string;
  takenBy: string;
  createdAt: string;
  expiresOn: string | null;
  width: number | null;
  height: number | null;
  expiry: Expiry;
  /** The reader may remove it. */
  removes: boolean;
  /** The reader may change its title and last day. */
  edits: boolean;
}

/** The evidence of one subject, and what the reader may do with it. */
export interface EvidenceModel {
  subject: Subject;
  pieces: PieceLine[];
  adds: boolean;
  /** The subject still takes evidence. */
  open: boolean;
  most: number;
  remindDays: number;
  today: string;
  /** Whose uploads this browser may keep and send: another role's are not ours to send. */
  owner: string;
}

/** Where the evidence of a subject is shown and sent to. */
export function evidenceAddress({ kind, id }: Subject): string {
  return `/evidence?kind=${kind}&id=${encodeURIComponent(id)}`;
}

export const EXPIRY_TONES: Record<Exclude<Expiry, "none">, Tone> = {
  valid: "good",
  soon: "warn",
  expired: "bad",
};
