import type { LocalDate, Period } from "@muster/domain/period";
import type { Bucket } from "@muster/domain/queue";
import type { Tone } from "~/ui/tag";

/** One line of the queue, in words. */
export interface QueueLine {
  stationId: number;
  name: string;
  bucket: Bucket;
  /** When it came, or by when it should. */
  when: string;
  tag: { tone: Tone; text: string };
  /** The reader may accept it from here, without opening it. */
  acceptable: boolean;
  /** It has stations of its own: their queue can be looked at. */
  manages: boolean;
}

/** A reviewer's month, as the left side of the screen shows it. */
export interface QueueModel {
  reviewer: { id: number; name: string };
  /** The reader reviews here; else the page is for looking only. */
  own: boolean;
  period: Period;
  total: number;
  piles: Record<Bucket, number>;
  /** `64 villages: accepted 46, waiting 4, ...` */
  sentence: string;
  /** The whole queue in working order, without any filter. */
  lines: QueueLine[];
  filter: { status: Bucket | ""; q: string };
  /** Numbers of the lines that pass the filter. */
  shown: number[];
  /** How many wait without a hint. */
  clean: number;
  /** How many can be reminded. */
  owing: number;
  signedOff: boolean;
  locked: boolean;
  may: { accept: boolean; remind: boolean; signOff: boolean; lock: boolean };
}

/** One month in the list of months. */
export interface MonthLine {
  period: Period;
  piles: Record<Bucket, number>;
  total: number;
  state: { tone: Tone; text: string };
  current: boolean;
}

/** What became of one station in a bulk acceptance. */
export interface BulkResult {
  stationId: number;
  name: string;
  ok: boolean;
  /** Why not; empty when it was accepted. */
  why: string;
}

/** One figure as the reviewer sees it; values are texts. */
export interface FigureLine {
  code: string;
  name: string;
  unit: string;
  value: string;
  previous: string;
  change: string;
  share: string;
  register: { text: string; gap: string } | null;
  /** Failed soft checks, each with the reason given. */
  hints: { id: string; text: string; reason: string }[];
  note: string;
  /** Why this cell was sent back last. */
  returned: string;
  /** The value of the round before, where it differs. */
  before: string | null;
  /** It can be sent back: filed by the station, not computed. */
  tickable: boolean;
}

/** The figures of a report in the order of looking. */
export interface FigureGroups {
  /** What needs a look: hints, gaps, what changed since the last round, what was sent back. */
  first: FigureLine[];
  /** What differs from last month. */
  moved: FigureLine[];
  /** The rest, folded. */
  rest: FigureLine[];
}

/** A report in front of its reviewer. */
export interface ReviewModel {
  stationId: number;
  name: string;
  period: Period;
  version: number;
  bucket: Bucket;
  status: { tone: Tone; text: string };
  /** `Li Ming submitted 11-01 20:16 · on time · round 1` */
  line: string;
  hints: number;
  /** Round 2 and later: what changed since. */
  secondRound: boolean;
  changed: number;
  nil: boolean;
  groups: FigureGroups;
  /** Why it was reopened, why it was unlocked, why it may be missing. */
  notes: { id: string; tone: "info" | "warn"; text: string }[];
  excused: string;
  canExcuse: boolean;
  dueOn: string;
  /** The day a return asks for unless the reviewer says otherwise, and the last one allowed. */
  returnBy: { usual: string; first: string; last: string };
  may: { return: boolean; accept: boolean; amend: boolean; remind: boolean; remark: boolean };
  /** Why nothing can be decided, in words. */
  closed: string | null;
  remarks: { id: string; code: string | null; body: string; at: string; by: string }[];
  /** For one that has not come: how far it is and whom to call. */
  missing: { given: number; asked: number; reminded: string; phone: string; people: string[] } | null;
}

/** A station that stands in the way of a sign-off or lock. */
export interface OpenLine {
  stationId: number;
  name: string;
  problem: string;
  reason: string;
}

/** A station that can be opened in a closed month. */
export interface FoundStation {
  stationId: number;
  name: string;
  code: string;
  parent: string | null;
  unlockedUntil: LocalDate | null;
}

/** A month before and after the city's lock. */
export interface LockMonth {
  period: Period;
  q: string;
  coverage: { expected: number; filed: number; accepted: number; returned: number; missing: number } | null;
  open: OpenLine[];
  lock: { by: string; at: string; excused: { stationId: number; name: string; reason: string }[] } | null;
  months: MonthLine[];
  unlocked: {
    stationId: number;
    name: string;
    parent: string | null;
    period: Period;
    until: LocalDate;
    reason: string;
    expired: boolean;
  }[];
  found: FoundStation[];
  until: { usual: string; first: string; last: string };
}
