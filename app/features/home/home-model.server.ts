import { mayAny } from "@muster/access/ability";
import { assessmentTodos } from "@muster/db/queries/assessments/read";
import { caseTodos } from "@muster/db/queries/assistance/list";
import { searchAudit } from "@muster/db/queries/audit-search";
import { cityCatalogue } from "@muster/db/queries/catalogue";
import { expiringPieces } from "@muster/db/queries/evidence/pieces";
import { findingTodos } from "@muster/db/queries/findings/read";
import { lateMonths } from "@muster/db/queries/late-entries";
import { waitingTransfers } from "@muster/db/queries/people/transfers";
import { petitionTodos } from "@muster/db/queries/petitions/read";
import { receptionTodos } from "@muster/db/queries/reception/list";
import { reviewMonths, unlockedReports } from "@muster/db/queries/review";
import {
  laggardsOf,
  latestOwn,
  messagesOf,
  openInvitations,
  overviewOf,
  owedMonths,
  unreadMessages,
} from "@muster/db/queries/todos";
import { dueAt } from "@muster/db/queries/visits/due";
import { openFollowUps } from "@muster/db/queries/visits/list";
import { dueOn, lockOn } from "@muster/domain/deadline";
import { localDate, type Period, periodOf } from "@muster/domain/period";
import { actionLabel } from "~/features/identity/audit-words.server";
import { formatDateTime, formatPeriod } from "~/i18n/format";
import type { Tx } from "~/server/database.server";
import type { MemberContext } from "~/server/prepare.server";
import type { Tone } from "~/ui/tag";
import { assessmentLines } from "./assessments.server";
import { caseLines } from "./assistance.server";
import { invitationLine, reviewLines, unlockedLine } from "./below.server";
import { petitionLines, receptionLines } from "./counter.server";
import { evidenceLines } from "./evidence.server";
import { findingLines } from "./findings.server";
import { lateLines } from "./late.server";
import { messageLine, stillTelling } from "./messages.server";
import type { HomeModel, ProgressCard, TodoLine } from "./model";
import { openOwed, owedCard, owedLine, quietCard } from "./own.server";
import { transferLines } from "./people.server";
import { tilesFor } from "./tiles.server";
import { visitLines } from "./visits.server";

type Reader = Pick<MemberContext<unknown, unknown>, "ability" | "actor" | "may" | "locale" | "t" | "now">;

/** Older months that were never closed are one page away; the home page speaks of these. */
const MONTHS_BACK = 6;
/** Records are mostly late by days; older months are shown on their own pages. */
const LATE_BACK = 3;
const AUDIT_LINES = 8;
const URGENCY: readonly Tone[] = ["bad", "warn", "info", "good", "mute"];

/** Everything a member finds on arriving, in a handful of statements sent together. */
export async function homeModel(tx: Tx, reader: Reader): Promise<HomeModel> {
  const { actor, t } = reader;
  const todayIs = localDate(reader.now);
  const current = periodOf(todayIs);
  const { stationId } = actor;
  const year = Number(todayIs.slice(0, 4));
  const files = mayAny(reader.ability, "fill", "MonthlyReport");
  const looks = mayAny(reader.ability, "remark", "Remark");
  const unlocks = mayAny(reader.ability, "unlock", "Month");
  const keeps = mayAny(reader.ability, "create", "Evidence");
  const visits = mayAny(reader.ability, "create", "Visit");
  const decides = mayAny(reader.ability, "accept", "Transfer");
  const counter = mayAny(reader.ability, "create", "Reception");
  const petitions = mayAny(reader.ability, "read", "Petition");
  const handles = mayAny(reader.ability, "update", "Assistance");
  const audits =
    mayAny(reader.ability, "read", "AuditLog") && !mayAny(reader.ability, "read", "MonthlyReport");
  const [
    owed,
    latest,
    months,
    catalogue,
    overview,
    laggards,
    unlocked,
    invitations,
    messages,
    unread,
    log,
    assessed,
    expiring,
    found,
    cases,
    late,
    due,
    follow,
    transfers,
    received,
    petitioned,
  ] = await Promise.all([
    files ? owedMonths(tx, stationId, { current, today: todayIs }) : [],
    files ? latestOwn(tx, stationId) : null,
    looks ? reviewMonths(tx, stationId, todayIs, MONTHS_BACK) : [],
    cityCatalogue(tx),
    looks ? overviewOf(tx, stationId, current) : null,
    looks ? laggardsOf(tx, stationId, current) : [],
    unlocks ? unlockedReports(tx, current) : [],
    unlocks ? openInvitations(tx) : { open: 0, ending: 0 },
    files ? messagesOf(tx, stationId) : [],
    files ? unreadMessages(tx, stationId) : 0,
    audits ? searchAudit(tx, { limit: AUDIT_LINES }) : null,
    files || looks ? assessmentTodos(tx, stationId, year) : null,
    keeps ? expiringPieces(tx, stationId) : [],
    files || looks ? findingTodos(tx, stationId) : null,
    handles ? caseTodos(tx, stationId) : null,
    files ? lateMonths(tx, stationId, { current, back: LATE_BACK }) : [],
    visits ? dueAt(tx, stationId) : null,
    visits ? openFollowUps(tx, stationId) : null,
    decides ? waitingTransfers(tx, stationId) : 0,
    counter ? receptionTodos(tx, stationId) : null,
    petitions ? petitionTodos(tx, stationId) : null,
  ]);
  const words = { t, locale: reader.locale, today: todayIs };
  const own = {
    ...words,
    stationId,
    // Who reviews it does not matter to the right of the station itself.
    submits: reader.may("submit", "MonthlyReport", { stationId, reviewerId: 0 }),
  };
  const [first, ...others] = openOwed(owed, todayIs);
  const closes = reader.may("lock", "Month", { stationId })
    ? ("lock" as const)
    : reader.may("sign_off", "Month", { stationId })
      ? ("sign_off" as const)
      : null;
  const below = { ...words, closes, decides: mayAny(reader.ability, "return", "MonthlyReport") };
  const todos: TodoLine[] = [
    ...others.map((month) => owedLine(month, own)),
    ...months.flatMap((month) =>
      reviewLines(
        month,
        ({ period }) => {
          const rule = catalogue.at(period).deadlines;
          return closes === "lock" ? lockOn(rule, period) : dueOn(rule, period, "town");
        },
        below,
      ),
    ),
    ...unlockedLine(unlocked, words),
    ...invitationLine(invitations, words),
    ...(assessed ? assessmentLines(assessed, { t, year, stationId, files, checks: below.decides }) : []),
    ...lateLines(late, stationId, words),
    ...evidenceLines(expiring, stationId, words),
    ...transferLines(transfers, words),
    ...(due && follow ? visitLines({ due, follow }, words) : []),
    ...(received ? receptionLines(received, words) : []),
    ...(petitioned ? petitionLines(petitioned, words) : []),
    ...(cases ? caseLines(cases, { ...words, stationId, city: actor.path === "/" }) : []),
    ...(found
      ? findingLines(found, {
          ...words,
          stationId,
          files,
          judges: mayAny(reader.ability, "accept", "Finding"),
          looks,
        })
      : []),
  ];
  return {
    title: t("home:title"),
    note: t("home:note", { station: actor.stationName, role: t(`nav:role.${actor.role}`) }),
    owed: first ? owedCard(first, own) : null,
    quiet: first || !files ? null : quietCard(latest, own),
    tiles: tilesFor(reader, current),
    todos: todos
      .map((todo, place) => ({ todo, place }))
      .sort((a, b) => URGENCY.indexOf(a.todo.tone) - URGENCY.indexOf(b.todo.tone) || a.place - b.place)
      .map(({ todo }) => todo),
    progress: overview && progressCard(),
    messages: messages
      .filter((message) => stillTelling(message, todayIs))
      .map((message) => messageLine(message, stationId, reader)),
    unread,
    audit:
      log?.items.map((line) => ({
        id: line.id,
        text: `${line.userName} · ${line.stationName ?? ""}`,
        note: `${formatDateTime(line.at)} · ${actionLabel(line.action, t)}`,
      })) ?? null,
  };

  function progressCard(): ProgressCard | null {
    if (!overview || overview.expected === 0) return null;
    const { period } = overview;
    const waiting = overview.filed - overview.accepted;
    return {
      period,
      title: t("home:progress.title", { period: formatPeriod(period, reader.locale) }),
      sentence: t("home:progress.sentence", { ...overview, waiting: Math.max(0, waiting) }),
      total: overview.expected,
      accepted: overview.accepted,
      waiting: Math.max(0, waiting),
      returned: overview.returned,
      to: `/review?period=${period}`,
      toDashboard: `/dashboard/completeness?from=${period}&to=${period}`,
      laggards: laggards.map((each) => ({
        stationId: each.stationId,
        name: each.name,
        text: t("home:progress.laggard", { missing: each.missing, returned: each.returned }),
        to: laggardHref(each.stationId, period),
      })),
    };
  }
}

/** The queue of the station itself; a reader above only looks there. */
function laggardHref(stationId: number, period: Period): string {
  return `/review?station=${stationId}&period=${period}&status=missing`;
}
