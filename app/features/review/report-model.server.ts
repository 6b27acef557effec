import { stepsOn } from "@muster/access/decide";
import type { ReportPage } from "@muster/db/queries/report-page";
import type { Contact } from "@muster/db/queries/review";
import { addDays, localDate } from "@muster/domain/period";
import { bucketOf } from "@muster/domain/queue";
import { formatDate, formatDateTime, formatDay } from "~/i18n/format";
import { sentence } from "~/i18n/i18n.server";
import type { Reader } from "./access.server";
import { figureGroups } from "./figure-lines.server";
import type { ReviewModel } from "./model";
import { shortTime } from "./words.server";

/** A return asks for the correction within this many days unless the reviewer says otherwise. */
const USUAL_DAYS = 3;
/** The last day a return may name, as the command holds it. */
const MOST_DAYS = 62;

/** Puts a report in front of one reader: what needs a look first, and what they may do about it. */
export function reviewModel(page: ReportPage, contact: Contact | null, reader: Reader): ReviewModel {
  const { ability, actor, may, t, locale, now } = reader;
  const { report, station, month } = page;
  const today = localDate(now);
  const steps = stepsOn(ability, actor, report, month, today);
  const bucket = bucketOf(report);
  const mine = actor.stationId === report.reviewerId;
  const ownSubmission = report.submittedById === actor.userId;
  const grouped = figureGroups(page, reader);
  const owing = report.status === "draft" || report.status === "returned";
  return {
    stationId: station.id,
    name: station.name,
    period: report.period,
    version: report.version,
    bucket,
    status: statusOf(page, reader),
    line: headLine(page, reader),
    hints: grouped.hints,
    secondRound: grouped.secondRound,
    changed: grouped.changed,
    nil: report.nil,
    groups: grouped.groups,
    notes: notesOf(page, reader),
    excused: report.excused ?? "",
    canExcuse:
      actor.stationId === report.reportsTo &&
      !report.monthLocked &&
      !report.signedOff &&
      (owing || report.status === "amending") &&
      may("sign_off", "Month", { stationId: report.reportsTo }),
    dueOn: formatDay(report.returnDueOn ?? report.dueOn, locale),
    returnBy: { usual: addDays(today, USUAL_DAYS), first: today, last: addDays(today, MOST_DAYS) },
    may: {
      return: steps.return.allowed,
      accept: steps.accept.allowed && !ownSubmission,
      amend: steps.amend.allowed && mine,
      remind:
        mine &&
        owing &&
        may("remind", "Reminder", { stationId: report.stationId, reviewerId: report.reviewerId }),
      remark:
        actor.stationId !== report.stationId && may("remark", "Remark", { stationId: report.stationId }),
    },
    closed: closedWords(),
    remarks: page.remarks.map(({ id, indicator, body, at, byName, byRole }) => ({
      id,
      code: indicator,
      body,
      at: formatDateTime(at),
      by: `${byName}（${t(`nav:role.${byRole}` as "nav:role.head")}）`,
    })),
    missing:
      report.status === "draft"
        ? {
            given: report.figures.filter((value) => value !== null).length,
            asked: page.catalogue.indicators.filter((i) => i.kind === "figure").length,
            reminded: report.remindedAt ? shortTime(report.remindedAt) : "",
            phone: contact?.phone ?? "",
            people: (contact?.people ?? []).map(
              ({ name, role }) => `${name}（${t(`nav:role.${role}` as "nav:role.head")}）`,
            ),
          }
        : null,
  };

  function closedWords(): string | null {
    if (report.status !== "submitted") return null;
    if (ownSubmission && mine) return t("review:closed.ownSubmission");
    const lock = steps.accept.allowed ? null : steps.accept.lock;
    if (lock) {
      const params = { until: lock.until ? formatDate(lock.until, locale) : "" };
      return sentence(locale, `errors:step.locked.${lock.reason}.message`, params);
    }
    if (!mine) return t("review:closed.notMine", { reviewer: station.reviewer ?? "" });
    return steps.accept.allowed ? null : t("review:closed.headDecides");
  }
}

function statusOf({ report, events }: ReportPage, { t, locale, now }: Reader): ReviewModel["status"] {
  switch (report.status) {
    case "submitted":
      return { tone: "info", text: t("review:tag.waiting") };
    case "returned":
      return {
        tone: "warn",
        text: report.returnDueOn
          ? t("review:tag.returnedUntil", { day: formatDay(report.returnDueOn, locale) })
          : t("review:tag.returned"),
      };
    case "amending":
      return { tone: "warn", text: t("review:tag.amending") };
    case "draft":
      return report.excused
        ? { tone: "mute", text: t("review:tag.excused") }
        : {
            tone: report.dueOn < localDate(now) ? "bad" : "mute",
            text: t(events.length > 0 ? "review:tag.drafting" : "review:tag.missing"),
          };
    case "accepted":
      return { tone: "good", text: t("review:tag.accepted") };
    case "locked":
      return { tone: "good", text: t("review:tag.locked") };
  }
}

function headLine({ report }: ReportPage, { t, locale }: Reader): string {
  if (!report.submittedAt) return t("review:head.due", { day: formatDay(report.dueOn, locale) });
  const parts = [
    t("review:head.submitted", { name: report.submittedBy ?? "", at: shortTime(report.submittedAt) }),
    t(report.onTime === false ? "review:head.late" : "review:head.onTime"),
    t("review:head.round", { round: report.round }),
  ];
  if (report.decidedAt && report.decidedBy && report.status !== "submitted") {
    const key = report.status === "returned" ? "review:head.returnedBy" : "review:head.acceptedBy";
    parts.push(t(key, { name: report.decidedBy, at: shortTime(report.decidedAt) }));
  }
  return parts.join(" · ");
}

function notesOf({ report, events }: ReportPage, { t, locale }: Reader): ReviewModel["notes"] {
  const notes: ReviewModel["notes"] = [];
  const amended = events.filter((event) => event.action === "amend").pop();
  if (amended && (report.status === "amending" || report.status === "submitted")) {
    notes.push({
      id: "amend",
      tone: "warn",
      text: t("review:note.amended", {
        name: amended.byName,
        reason: amended.reason ?? t("review:note.noReason"),
      }),
    });
  }
  if (report.unlockedUntil) {
    const params = { day: formatDay(report.unlockedUntil, locale), reason: report.unlockReason ?? "" };
    notes.push({ id: "unlocked", tone: "warn", text: t("review:note.unlocked", params) });
  }
  if (report.reviewerId !== report.reportsTo) {
    notes.push({ id: "moved", tone: "info", text: t("review:note.moved") });
  }
  if (report.nil && report.round > 0) notes.push({ id: "nil", tone: "info", text: t("review:note.nil") });
  return notes;
}
