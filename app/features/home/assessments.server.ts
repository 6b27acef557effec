import type { AssessmentTodos } from "@muster/db/queries/assessments/read";
import type { Translate } from "~/i18n/locales";
import type { TodoLine } from "./model";

interface Reader {
  t: Translate;
  year: number;
  stationId: number;
  /** Fills in what the own station says of itself. */
  files: boolean;
  /** Checks or returns what the stations below say. */
  checks: boolean;
}

/** What a year's assessments ask for: the own self-assessment, what waits for a check, who has not sent theirs. */
export function assessmentLines(
  { own, waiting, owing }: AssessmentTodos,
  { t, year, stationId, files, checks }: Reader,
): TodoLine[] {
  const lines: TodoLine[] = [];
  if (files && own?.status === "returned") {
    lines.push({
      id: "assessment-own",
      tone: "warn",
      word: t("home:word.returned"),
      title: t("home:assessment.ownReturned", { year }),
      note: t("home:assessment.ownNote"),
      to: `/stations/${stationId}/assessments`,
    });
  } else if (files && (own === null || own.status === "draft")) {
    lines.push({
      id: "assessment-own",
      tone: "mute",
      word: t("home:word.due"),
      title: t("home:assessment.own", { year }),
      note: t("home:assessment.ownNote"),
      to: `/stations/${stationId}/assessments`,
    });
  }
  if (checks && waiting > 0) {
    lines.push({
      id: "assessment-waiting",
      tone: "info",
      word: t("home:word.review"),
      title: t("home:assessment.waiting", { year, count: waiting }),
      note: t("home:assessment.waitingNote"),
      to: `/assessments?year=${year}&status=self_submitted`,
    });
  }
  if (checks && owing > 0) {
    lines.push({
      id: "assessment-owing",
      tone: "mute",
      word: t("home:word.waits"),
      title: t("home:assessment.owing", { year, count: owing }),
      note: t("home:assessment.owingNote"),
      to: `/assessments?year=${year}`,
    });
  }
  return lines;
}
