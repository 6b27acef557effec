import { may } from "@muster/access/ability";
import { type Decision, stepsOn } from "@muster/access/decide";
import type { Absence, ReportPage } from "@muster/db/queries/report-page";
import type { Actor } from "@muster/domain/actor";
import type { Lock } from "@muster/domain/lock";
import { daysFrom, lastDay, localDate, type Period } from "@muster/domain/period";
import { dueDayOf, standingOf } from "@muster/domain/standing";
import { formatDate, formatPeriod } from "~/i18n/format";
import { sentence } from "~/i18n/i18n.server";
import type { Locale } from "~/i18n/locales";
import type { AppAbility } from "~/server/authorization.server";
import { notFound, type Refusal } from "~/server/errors.server";
import { readableList } from "../registers/list-behind";
import { type FilingModel, localized } from "./model";

interface Reader {
  ability: AppAbility;
  actor: Actor;
  locale: Locale;
  now: Date;
}

/** Puts a report in front of one reader: in their language, with what they may do, and why not where they may not. */
export function filingModel(page: ReportPage, { ability, actor, locale, now }: Reader): FilingModel {
  const { report, station, catalogue, month } = page;
  const today = localDate(now);
  const steps = stepsOn(ability, actor, report, month, today);
  const instance = { stationId: report.stationId, reviewerId: report.reviewerId };
  const fills = may(ability, "fill", "MonthlyReport", instance);
  const unlocked =
    report.unlockedUntil !== null && report.unlockedUntil >= today ? report.unlockedUntil : null;
  const dueOn = dueDayOf(report, today);
  const held = lockIn(steps.save);
  const closed = held?.reason === "locked" || held?.reason === "signed_off";
  const lockWords = (lock: Lock | null) =>
    lock && {
      message: words(`errors:step.locked.${lock.reason}.message`, lock, locale),
      next: words(`errors:step.locked.${lock.reason}.next`, lock, locale),
    };
  return {
    stationId: station.id,
    stationName: station.name,
    parentName: station.ancestors[station.ancestors.length - 1]?.name ?? null,
    reviewerName: station.reviewer,
    level: station.level,
    kind: station.kind,
    period: report.period,
    status: report.status,
    version: report.version,
    round: report.round,
    nil: report.nil,
    dueOn,
    daysLeft: daysFrom(today, dueOn),
    savedAt: report.updatedAt,
    savedBy: report.updatedBy,
    savedToday: report.updatedAt !== null && localDate(new Date(report.updatedAt)) === today,
    submittedAt: report.submittedAt,
    submittedBy: report.submittedBy,
    decidedAt: report.decidedAt,
    decidedBy: report.decidedBy,
    indicators: catalogue.indicators.map((indicator) => {
      const name = localized(indicator.name, locale);
      return { ...indicator, name: { zh: name, en: name }, definition: { zh: "", en: "" } };
    }),
    definitions: Object.fromEntries(
      catalogue.indicators
        .filter((indicator) => !indicator.hidden)
        .map((indicator) => [indicator.code, localized(indicator.definition, locale)]),
    ),
    rules: catalogue.checks.map((rule) => {
      const message = localized(rule.message, locale);
      return { ...rule, message: { zh: message, en: message } };
    }),
    saved: page.figures,
    reasons: report.reasons,
    proposals: page.proposals,
    register: registerFacts(page, ability),
    late: page.late,
    previous: page.previous,
    yearAgo: page.yearAgo,
    history: page.history,
    returned: report.status === "returned" ? remarksOf(page, "returned") : {},
    notes: remarksOf(page, "note"),
    remarks: page.remarks,
    may: {
      save: steps.save.allowed,
      submit: steps.submit.allowed,
      amend: steps.amend.allowed,
      cancel: steps.cancel.allowed,
      remark:
        actor.stationId !== report.stationId &&
        may(ability, "remark", "Remark", { stationId: report.stationId }),
      review:
        may(ability, "return", "MonthlyReport", instance) ||
        may(ability, "accept", "MonthlyReport", instance),
      submitAtAll: may(ability, "submit", "MonthlyReport", instance),
    },
    closed,
    standing: standingOf({ ...report, closed }, today),
    excused: report.excused,
    // Who may open an amendment needs no advice on whom to ask for one.
    lock: fills && !steps.amend.allowed ? lockWords(held) : null,
    submitLock: steps.save.allowed ? lockWords(lockIn(steps.submit)) : null,
    unlocked: unlocked === null ? null : { until: unlocked, reason: report.unlockReason ?? "" },
    userId: actor.userId,
  };
}

function lockIn(decision: Decision): Lock | null {
  return decision.allowed ? null : decision.lock;
}

function words(key: string, lock: Lock, locale: Locale): string {
  return sentence(locale, key, { until: lock.until ? formatDate(lock.until, locale) : "" }) ?? "";
}

function remarksOf(page: ReportPage, what: "returned" | "note"): Record<string, string> {
  return Object.fromEntries(
    Object.entries(page.report.remarks).flatMap(([code, remark]) => {
      const text = remark[what];
      return text ? [[code, text]] : [];
    }),
  );
}

function registerFacts(
  { register, catalogue, station }: ReportPage,
  ability: AppAbility,
): FilingModel["register"] {
  return Object.fromEntries(
    Object.entries(register).map(([code, { value, count }]) => {
      const derivation = catalogue.byCode.get(code)?.derivation ?? "";
      const source = derivation.split(".")[0] ?? "";
      return [
        code,
        { value, count, source, href: hrefOf(ability, derivation, station.id, catalogue.period) },
      ];
    }),
  );
}

/** The list behind a register value: of the station's own records, not of those below it. */
function hrefOf(ability: AppAbility, derivation: string, stationId: number, period: Period): string | null {
  const station = `/stations/${stationId}`;
  if (OF_THE_ROSTER.has(derivation)) return `${station}/staff?on=${lastDay(period)}`;
  if (derivation.startsWith("station.")) return station;
  return readableList(ability, derivation, { stationId, period, own: true });
}

/** What the roster answers, as it stood at the end of the month. */
const OF_THE_ROSTER = new Set(["station.full_time", "station.veteran_secretary"]);

/** Why there is no such report, as an error page in words. Not yours reads like not there. */
export function absenceRefusal(absence: Absence, period: Period, locale: Locale): Refusal {
  if (absence.kind === "not_found") return notFound();
  const params = {
    station: absence.station,
    period: formatPeriod(period, locale),
    on: "on" in absence ? formatDate(absence.on, locale) : "",
  };
  switch (absence.kind) {
    case "future":
      return notFound("figures:absent.future", { params });
    case "before_opening":
      return notFound("figures:absent.beforeOpening", { params });
    case "closed":
      return notFound("figures:absent.closed", { params });
    case "not_expected":
      return notFound("figures:absent.notExpected", { params });
  }
}
