import type { Violation } from "@muster/domain/check";
import { NIL_CHECK } from "@muster/domain/checks";
import { type FiguresByCode, withComputed } from "@muster/domain/indicator";
import { happenings, nilFigures } from "@muster/domain/nil";
import { computedOf, type FilingModel, reasonFor } from "./model";

/** What is about to be sent. */
export interface Summary {
  figures: FiguresByCode;
  computed: Record<string, string>;
  /** Figures asked of this station that are blank. */
  blanks: string[];
  /** Blank figures of events, for which 0 is a plain answer. */
  blankFlows: string[];
  /** Block the submission. */
  hard: Violation[];
  /** Need a reason, given or not. */
  soft: Violation[];
  unanswered: Violation[];
  /** Nothing happened: sending it says so explicitly. */
  nil: boolean;
  /** A nil report was asked for, but these figures are not zero. */
  notNil: string[];
}

/** Sums up what stands on the server, or what a nil report would send. */
export function summaryOf(model: FilingModel, violations: readonly Violation[], asNil: boolean): Summary {
  const known = { register: model.register, previous: model.previous };
  const nil = asNil ? nilFigures(model.indicators, model.saved, model, known) : null;
  const figures = withComputed(model.indicators, nil ?? model.saved, model);
  const asked = model.indicators.filter(
    ({ kind, kinds }) => kind === "figure" && (kinds === null || kinds.includes(model.kind)),
  );
  const blank = asked.filter(({ code }) => (figures[code] ?? null) === null);
  const rest = violations.filter((violation) => violation.check !== NIL_CHECK);
  const soft = rest.filter((violation) => violation.severity === "soft");
  return {
    figures,
    computed: computedOf(model, figures),
    blanks: blank.map(({ code }) => code),
    blankFlows: blank.filter(({ acrossTime }) => acrossTime !== "last").map(({ code }) => code),
    hard: rest.filter((violation) => violation.severity === "hard"),
    soft,
    unanswered: soft.filter((violation) => reasonFor(violation, model.reasons).trim() === ""),
    nil: nil !== null || violations.some((violation) => violation.check === NIL_CHECK),
    notNil: asNil && nil === null ? happenings(model.indicators, model.saved) : [],
  };
}
