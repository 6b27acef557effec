import type { Localized } from "./indicator";
import type { Period } from "./period";

/** Hard checks block a submission; soft ones ask for a reason. */
export type Severity = "hard" | "soft";

/**
 * A cross-check as data, in the words of the catalogue:
 * `left` and `right` are linear combinations (`prev.A01 + A07 - A08`), `comparison` one of
 * `=`, `<=`, `>=`, `0 only if`, `> 0 if`, `change <= N%`, `not all zero`.
 * `left` may also be `every count`, `every sum` or `every derived`.
 */
export interface CheckRule {
  code: string;
  severity: Severity;
  left: string;
  comparison: string;
  right: string;
  message: Localized;
  /** For `change <= N%`: differences below this many units never count. */
  floor: number;
  validFrom: Period;
  validTo: Period | null;
}

/** A check that a report fails. */
export interface Violation {
  /** Code of the check, or `OUTLIER`. */
  check: string;
  severity: Severity;
  /** Codes of the indicators it speaks of, the one to correct first. */
  indicators: string[];
  message: Localized;
  /** For a change or an outlier: what it was compared with. */
  expected?: number | null;
}
