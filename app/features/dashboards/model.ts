import type { Period } from "@muster/domain/period";
import type { Coverage } from "@muster/domain/rollup";
import type { Kind, Level } from "@muster/domain/station";
import type { CellContent, CellFormat } from "@muster/reports/table";
import type { Tone } from "~/ui/tag";

/** The dashboards, each a page under /dashboard. */
export const PAGES = ["overview", "compliance", "staffing", "assistance", "figures", "completeness"] as const;
export type PageName = (typeof PAGES)[number];

/** What the address of a dashboard says; complete, so that a link shows the same again. */
export interface DashboardState {
  station: number;
  from: Period;
  to: Period;
  basis: "accepted" | "provisional";
  boundaries: "reported" | "today";
  indicator?: string;
  /** An item of the standards: the compliance page lists who does not pass it. */
  item?: string;
  /** Which of the open reports the completeness page lists. */
  show?: "missing" | "returned";
  screen?: boolean;
}

export interface MonthCoverage extends Coverage {
  period: Period;
}

/** What stands around every dashboard. */
export interface Frame {
  page: PageName;
  state: DashboardState;
  place: { id: number; name: string; level: Level; kind: Kind; leaf: boolean };
  ancestors: { id: number; name: string }[];
  children: { id: number; name: string }[];
  /** Open months, latest first. */
  months: Period[];
  /** The last month of the range; null when it was never opened for this station. */
  coverage: MonthCoverage | null;
  /** The current month, while it is open. */
  current: MonthCoverage | null;
  /** Stations that count in the sums of the range and have moved out of sight since. */
  movedAway: number;
  /** Beneficiaries that one full-time worker may serve, by the rule of the range's last month. */
  perWorker: number;
  /** When the page was made, and for whom: the watermark of prints and files. */
  at: string;
  reader: string;
}

export interface Column {
  label: string;
  format: CellFormat;
  /** The month a heat table's column stands for. */
  period?: Period;
}

export interface Row {
  /** A station that may be opened. */
  station?: number;
  /** Another page of ours with the record behind the row: an assessment, a roster. */
  to?: string;
  /** An indicator that may be opened. */
  code?: string;
  period?: Period;
  name: string;
  cells: CellContent[];
  tone?: Tone;
  verdict?: string;
  /** How this row's numbers are written, where its columns hold several kinds. */
  format?: CellFormat;
  /** Heads the rows that follow; has no cells. */
  heading?: boolean;
}

/**
 * One block of a dashboard: a table, and perhaps its picture. The table is the whole content: it is in the page
 * without a script, in print, and in the exported file.
 */
export interface Panel {
  id: string;
  title: string;
  note?: string;
  /** Name of the first column. */
  head: string;
  columns: Column[];
  rows: Row[];
  /** Name of the verdicts' column. */
  verdict?: string;
  picture?: Picture;
  /** Where it stands on a wide screen; rankings stand at the left and other pictures at the right by default. */
  side?: "left" | "right" | "full";
  /** Said instead of the table when there are no rows. */
  empty: string;
}

export type Picture =
  /** Months as lines or bars; `columns` are the indices drawn. */
  | { kind: "trend"; marks: "line" | "bar"; columns: number[]; standard?: { value: number; label: string } }
  /** A bar in each row's cell of this column, against a standard. */
  | { kind: "ranking"; column: number; top: number; standard?: number }
  /** Each cell on a ground by its value: by thresholds, or lighter and darker up to the largest. */
  | { kind: "heat"; good?: number; warn?: number; low?: boolean; top: number };

/** A change in words; its direction and whether it is good are two things. */
export interface Change {
  direction: "up" | "down" | "same";
  tone: "good" | "bad" | "mute";
  text: string;
}

export interface KeyFigure {
  id: string;
  label: string;
  value: string;
  unit?: string;
  change?: Change;
  note?: string;
  /** By month, oldest first. */
  spark: (number | null)[];
  /** Another dashboard with the details. */
  page?: PageName;
  indicator?: string;
  /** Or the list of records behind it. */
  to?: string | undefined;
}

/** What one page shows in its frame. */
export interface Content {
  keys: KeyFigure[];
  panels: Panel[];
  /** Indicators to choose from, by section. */
  choices?: { section: string; options: { value: string; label: string }[] }[];
}
