import type { Absence, ReportPage } from "@muster/db/queries/report-page";
import { reportPage } from "@muster/db/queries/report-page";
import type { FiguresByCode } from "@muster/domain/indicator";
import type { Period } from "@muster/domain/period";
import type { Locale } from "~/i18n/locales";
import type { Tx } from "~/server/database.server";
import { notFound, type Refusal, unprocessable } from "~/server/errors.server";
import { violationJson } from "~/server/step-refusal.server";
import { etagOf } from "./etag.server";
import type { Answer } from "./idempotency.server";

/** A report as the API gives it after a step, read again in the same transaction so that it is what was written. */
export async function reportAnswer(
  tx: Tx,
  address: { stationId: number; period: Period },
  locale: Locale,
): Promise<Answer> {
  const answer = await reportPage(tx, address);
  if (!answer.found) throw absent(answer.absence);
  return { status: 200, body: reportJson(answer.page, locale), etag: etagOf(answer.page.report.version) };
}

/** Why there is no report: 404 for what is not there or not yours, 422 for a month that cannot have one. */
export function absent(absence: Absence): Refusal {
  if (absence.kind === "not_found") return notFound();
  if (absence.kind === "future") return unprocessable("api:errors.future");
  return unprocessable("step.locked.not_expected");
}

function reportJson(page: ReportPage, locale: Locale) {
  const { report, station, catalogue, events } = page;
  return {
    station: {
      id: station.id,
      code: station.code,
      name: station.name,
      level: station.level,
      kind: station.kind,
    },
    period: report.period,
    status: report.status,
    version: report.version,
    round: report.round,
    dueOn: report.returnDueOn ?? report.dueOn,
    figures: visible(page.figures, catalogue),
    remarks: report.remarks,
    reasons: report.reasons,
    violations: page.violations.map((violation) => violationJson(violation, locale)),
    events: events.map(({ figures: _, id: __, ...event }) => event),
  };
}

/** Figures of the indicators that people see; parts that only serve a ratio stay inside. */
function visible(figures: FiguresByCode, catalogue: ReportPage["catalogue"]): FiguresByCode {
  return Object.fromEntries(
    catalogue.indicators
      .filter(({ slot, hidden }) => slot !== null && !hidden)
      .map(({ code }) => [code, figures[code] ?? null]),
  );
}
