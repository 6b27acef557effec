import { addDays, addMonths, firstDay, type LocalDate, type Period } from "./period";
import type { Level } from "./station";

/** When a city's months are due; a version holds from `validFrom` on. */
export interface DeadlineRule {
  validFrom: Period;
  /** Day of the next month by which villages file; 3 by default. */
  villageDay: number;
  /** Day of the next month by which towns, districts and homes file and sign off; 6 by default. */
  townDay: number;
  /** Day of the next month on which the city locks; 10 by default. */
  lockDay: number;
  /** Day of the month itself from which it may be submitted; 20 by default. Drafts at any time. */
  submitFromDay: number;
}

export const DEFAULT_DEADLINES: Omit<DeadlineRule, "validFrom"> = {
  villageDay: 3,
  townDay: 6,
  lockDay: 10,
  submitFromDay: 20,
};

/** The rule of a period: the latest version that had begun by then. */
export function deadlinesAt(rules: readonly DeadlineRule[], at: Period): DeadlineRule {
  const begun = rules.filter((r) => r.validFrom <= at).sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  return begun[0] ?? { validFrom: at, ...DEFAULT_DEADLINES };
}

/** The day by which a station of this level files `at`. */
export function dueOn(rule: DeadlineRule, at: Period, level: Level): LocalDate {
  const day = level === "village" ? rule.villageDay : rule.townDay;
  return addDays(firstDay(addMonths(at, 1)), day - 1);
}

/** The day on which the city locks `at`. */
export function lockOn(rule: DeadlineRule, at: Period): LocalDate {
  return addDays(firstDay(addMonths(at, 1)), rule.lockDay - 1);
}

/** The first day on which `at` may be submitted. */
export function submitFrom(rule: DeadlineRule, at: Period): LocalDate {
  return addDays(firstDay(at), rule.submitFromDay - 1);
}
