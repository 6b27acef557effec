import type { Period } from "@muster/domain/period";
import type { Tone } from "~/ui/tag";

/** One thing to do; the line opens the thing itself. */
export interface TodoLine {
  id: string;
  tone: Tone;
  /** The tone in a word, so that nothing rests on colour. */
  word: string;
  title: string;
  note: string;
  to: string;
}

/** The month owed first, as the card at the top says it. */
export interface OwedCard {
  title: string;
  text: string;
  button: string;
  to: string;
  late: boolean;
}

/** Where nothing is owed: how the last month stands and what comes next. */
export interface QuietCard {
  title: string;
  text: string;
}

/** A way to a page that is used often. */
export interface Tile {
  id: string;
  title: string;
  note: string;
  to: string;
}

/** How far the month is in the reader's scope. */
export interface ProgressCard {
  period: Period;
  title: string;
  sentence: string;
  total: number;
  accepted: number;
  waiting: number;
  returned: number;
  to: string;
  toDashboard: string;
  laggards: { stationId: number; name: string; text: string; to: string }[];
}

/** A message in words. */
export interface MessageLine {
  id: string;
  tone: Tone;
  title: string;
  note: string;
  to: string | null;
  unread: boolean;
}

/** One line of the audit log's summary. */
export interface AuditSummary {
  id: string;
  text: string;
  note: string;
}

/** A member's home page. */
export interface HomeModel {
  title: string;
  note: string;
  owed: OwedCard | null;
  quiet: QuietCard | null;
  tiles: Tile[];
  todos: TodoLine[];
  progress: ProgressCard | null;
  messages: MessageLine[];
  unread: number;
  audit: AuditSummary[] | null;
}
