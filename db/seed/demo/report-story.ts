import type { Role } from "@muster/domain/actor";
import { dueOn } from "@muster/domain/deadline";
import { type Figures, type FiguresByCode, toSlots, withComputed } from "@muster/domain/indicator";
import { type LocalDate, localDate } from "@muster/domain/period";
import type { CityCatalogue, PeriodCatalogue } from "../../queries/catalogue";
import type { Register } from "../../queries/derivations";
import type { PastFigures } from "../../queries/report-row";
import { changedFigures } from "../../queries/report-step";
import { checkReport } from "../../queries/reports";
import type { auditLog } from "../../schema/audit";
import type { FigureRemark, message, monthlyReport, reportEvent } from "../../schema/report";
import { accountId } from "./accounts";
import { type Calendar, CURRENT } from "./calendar";
import type { Fate } from "./fates";
import { type Facts, placeIn, type StationPlan } from "./plan";
import { Random } from "./random";
import { answer, mistakes } from "./reasons";

/** Rows of the demo, ready to be written. */
export interface Rows {
  reports: ReportDraft[];
  events: (typeof reportEvent.$inferInsert)[];
  audits: (typeof auditLog.$inferInsert)[];
  messages: (typeof message.$inferInsert)[];
}

/** Who takes a step. */
interface Hand {
  id: string;
  name: string;
  role: Role;
}

export interface StoryContext {
  cityId: number;
  calendar: Calendar;
  catalogue: CityCatalogue;
  /** Name and username of each town's clerk by the town's key. */
  clerks: ReadonlyMap<string, { name: string; username: string }>;
  rows: Rows;
}

/**
 * Tells one station's month step by step, as the commands would have written it: submitted, returned with
 * reasons, submitted again, accepted, locked. Answers what the station filed, for its next months.
 */
export function tellReport(
  context: StoryContext,
  station: StationPlan,
  month: number,
  fate: Fate,
  filed: FiguresByCode,
  history: readonly PastFigures[],
): Figures | null {
  const story = new ReportStory(context, station, month, history);
  return story.tell(fate, filed);
}

type Insert = typeof monthlyReport.$inferInsert;
type Read =
  | "status"
  | "version"
  | "round"
  | "figures"
  | "acceptedFigures"
  | "remarks"
  | "expected"
  | "onTime";

/** A report's row with every column that a step reads. */
type ReportDraft = Omit<Insert, Read> & { [K in Read]: Exclude<Insert[K], undefined> };

class ReportStory {
  private readonly random: Random;
  private readonly content: PeriodCatalogue;
  private readonly register: Register;
  private readonly report: ReportDraft;
  private readonly parent: StationPlan;

  constructor(
    private readonly context: StoryContext,
    private readonly station: StationPlan,
    private readonly month: number,
    private readonly history: readonly PastFigures[],
  ) {
    const period = context.calendar.period(month);
    const place = placeIn(station, month);
    if (!place.parent) throw new RangeError("the city files no report");
    this.parent = place.parent;
    this.random = new Random(`story ${station.key} ${month}`);
    this.content = context.catalogue.at(period);
    this.register = registerOf(station.facts[month]);
    this.report = {
      cityId: context.cityId,
      path: station.path,
      stationId: station.id,
      period,
      reportedPath: place.path,
      reportsTo: place.parent.id,
      level: station.level,
      kind: station.kind,
      expected: true,
      status: "draft",
      version: 0,
      round: 0,
      figures: [],
      acceptedFigures: null,
      remarks: {},
      reasons: {},
      nil: false,
      warnings: 0,
      dueOn: dueOn(this.content.deadlines, period, station.level),
      returnDueOn: null,
      firstFiledAt: null,
      onTime: null,
      submittedAt: null,
      submittedBy: null,
      submittedById: null,
      decidedAt: null,
      decidedBy: null,
      signedOff: false,
      excused: null,
      updatedAt: null,
      updatedBy: null,
    };
  }

  tell(fate: Fate, filed: FiguresByCode): Figures | null {
    this.context.rows.reports.push(this.report);
    switch (fate.kind) {
      case "untouched":
        return null;
      case "excused":
        this.report.excused = fate.reason;
        return null;
      case "draft":
        this.save(fate.savedOn, filed);
        return null;
      case "filed":
        this.file(fate, filed);
        return this.report.figures;
    }
  }

  private save(on: number, filed: FiguresByCode): void {
    // A started draft: people and stations are filled in, the rest is still to come.
    const begun = Object.fromEntries(Object.entries(filed).filter(([code]) => code < "C"));
    this.step("save", on, this.own(), { figures: this.slots(begun) });
  }

  private file(fate: Extract<Fate, { kind: "filed" }>, filed: FiguresByCode): void {
    const wrong = fate.returned ? mistakes(filed, this.random) : [];
    const first = { ...filed, ...Object.fromEntries(wrong.map((m) => [m.code, m.wrong])) };
    this.submit(fate.submittedOn, first);
    if (fate.returned) {
      this.giveBack(fate.returned.on, wrong);
      if (fate.returned.againOn === null) return;
      this.submit(fate.returned.againOn, filed);
    }
    if (fate.acceptedOn === null) return;
    const remarks = Object.fromEntries(
      Object.entries(this.report.remarks).map(([code, { returned: _, ...rest }]) => [code, rest]),
    );
    const by = this.reviewer();
    this.step("accept", fate.acceptedOn, by, { status: "accepted", remarks }, { decidedBy: by.name });
    if (this.month < CURRENT) {
      this.report.status = "locked";
      this.report.version++;
    }
  }

  private submit(on: number, filed: FiguresByCode): void {
    const at = this.context.calendar.instant(this.month, on);
    const figures = this.slots(filed);
    const violations = checkReport(
      this.content,
      { level: this.station.level, kind: this.station.kind, figures },
      { history: this.history, register: this.register },
    );
    const remarks: Record<string, FigureRemark> = { ...this.report.remarks };
    for (const [code, derived] of Object.entries(this.register))
      remarks[code] = { ...remarks[code], register: derived };
    const by = this.own();
    const nil = violations.some((v) => v.check === "K17");
    this.step("submit", on, by, {
      figures,
      status: "submitted",
      round: this.report.round + 1,
      remarks,
      reasons: Object.fromEntries(violations.map((v) => answer(v, this.station.kind, this.random))),
      nil,
      warnings: violations.length,
      firstFiledAt: this.report.firstFiledAt ?? at,
      onTime: this.report.onTime ?? localDate(at) <= this.report.dueOn,
      submittedAt: at,
      submittedBy: by.name,
      submittedById: by.id,
      returnDueOn: null,
    });
  }

  private giveBack(on: number, wrong: readonly { code: string; reason: string }[]): void {
    const { calendar, rows, cityId } = this.context;
    const at = calendar.instant(this.month, on);
    const returned = Object.fromEntries(wrong.map(({ code, reason }) => [code, reason]));
    const remarks: Record<string, FigureRemark> = { ...this.report.remarks };
    for (const { code, reason } of wrong) remarks[code] = { ...remarks[code], returned: reason };
    const due: LocalDate =
      this.month === CURRENT ? calendar.ahead(3) : localDate(new Date(at.getTime() + 3 * 86_400_000));
    const by = this.clerk();
    this.step(
      "return",
      on,
      by,
      { status: "returned", remarks, returnDueOn: due },
      { decidedBy: by.name, returned },
    );
    rows.messages.push({
      cityId,
      path: this.station.path,
      id: this.random.id(at),
      stationId: this.station.id,
      kind: "returned",
      period: this.report.period,
      params: { figures: wrong.length, dueOn: due },
      at,
      byName: by.name,
      readAt: this.month === CURRENT ? null : new Date(at.getTime() + 3_600_000),
    });
  }

  /** One step as applyStep writes it: the report, its event, the audit entry. */
  private step(
    action: "save" | "submit" | "return" | "accept",
    on: number,
    by: Hand,
    changes: Partial<ReportDraft>,
    { decidedBy, returned }: { decidedBy?: string; returned?: Record<string, string> } = {},
  ): void {
    const { calendar, rows, cityId } = this.context;
    const at = calendar.instant(this.month, on);
    const before = { ...this.report };
    Object.assign(this.report, changes, { version: before.version + 1, updatedAt: at, updatedBy: by.name });
    if (decidedBy) Object.assign(this.report, { decidedAt: at, decidedBy });
    const { stationId, period, path, version, round, status } = this.report;
    const changed = changedFigures(this.content, before.figures, this.report.figures);
    rows.events.push({
      cityId,
      path,
      id: this.random.id(at),
      stationId,
      period,
      action,
      version,
      round,
      at,
      byUserId: by.id,
      byName: by.name,
      byRole: by.role,
      figures: action === "submit" ? [...this.report.figures] : null,
      changes: changed,
      returned: returned ?? null,
      reason: null,
    });
    rows.audits.push({
      cityId,
      path,
      id: this.random.id(at),
      at,
      userId: by.id,
      userName: by.name,
      role: by.role,
      stationId,
      action: `report.${action}`,
      subject: "MonthlyReport",
      subjectId: `${stationId}/${period}`,
      before: { status: before.status, version: before.version },
      // A first submission changes every figure: the event keeps them, the log need not repeat them.
      after: { status, version, changes: before.round === 0 ? null : changed, returned },
      ip: `192.0.2.${this.random.int(2, 250)}`,
      reference: "demo",
    });
  }

  private slots(filed: FiguresByCode): (number | null)[] {
    return [...toSlots(this.content.indicators, withComputed(this.content.indicators, filed, this.station))];
  }

  private own(): Hand {
    return handOf(this.station.head, this.station.level === "village" ? "village_head" : "head");
  }

  private reviewer(): Hand {
    return handOf(this.parent.head, this.parent.level === "city" ? "city_admin" : "head");
  }

  private clerk(): Hand {
    const clerk = this.context.clerks.get(this.parent.key);
    return clerk ? handOf(clerk, "clerk") : this.reviewer();
  }
}

function handOf({ name, username }: { name: string; username: string }, role: Role): Hand {
  return { id: accountId(username), name, role };
}

/** What registersOf answers for a station that stands and has these facts. */
function registerOf(facts: Facts | undefined): Register {
  const one = (yes: boolean) => ({ value: yes ? 1 : 0, count: yes ? 1 : 0 });
  return {
    B01: one(true),
    B02: one(true),
    B03: one(facts?.fiveHaves ?? false),
    B05: { value: facts?.fullTime ?? 0, count: facts?.fullTime ?? 0 },
    B07: one(facts?.veteranSecretary ?? false),
  };
}
