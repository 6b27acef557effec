import { addDays, type LocalDate } from "@muster/domain/period";
import type { auditLog } from "../../schema/audit";
import type {
  finding,
  findingEvent,
  inspection,
  inspectionInspector,
  inspectionStation,
} from "../../schema/inspection";
import { accountId } from "./accounts";
import type { Calendar } from "./calendar";
import type { StationPlan } from "./plan";
import { Random } from "./random";

type Row = typeof auditLog.$inferInsert;

/** What was done, as its own tables have it. */
interface Told {
  inspections: readonly (typeof inspection.$inferInsert)[];
  inspectors: readonly (typeof inspectionInspector.$inferInsert)[];
  stations: readonly (typeof inspectionStation.$inferInsert)[];
  findings: readonly (typeof finding.$inferInsert)[];
  events: readonly (typeof findingEvent.$inferInsert)[];
}

/** The entries of the log for inspections and findings, as queries/inspections and queries/findings write them. */
export function inspectionAudits(told: Told, stations: readonly StationPlan[], calendar: Calendar): Row[] {
  const plans = new Map(stations.map((plan) => [plan.id, plan]));
  const random = new Random(`log of inspections ${stations[0]?.key}`);
  const write = (
    by: { plan: StationPlan | undefined; id: string; name: string },
    about: Pick<Row, "cityId" | "path" | "stationId">,
    {
      at,
      ...entry
    }: Pick<Row, "at" | "action" | "subject" | "subjectId" | "after"> & Pick<Partial<Row>, "before">,
  ): Row => ({
    cityId: about.cityId,
    path: about.path,
    stationId: about.stationId,
    id: random.id(at),
    at,
    userId: by.id,
    userName: by.name,
    role: { city: "city_admin", district: "head", town: "head", village: "village_head" }[
      by.plan?.level ?? "town"
    ],
    before: null,
    ...entry,
    ip: `192.0.2.${random.int(2, 250)}`,
    reference: "demo",
  });
  const headOf = (plan: StationPlan | undefined) => ({
    plan,
    id: accountId(plan?.head.username ?? ""),
    name: plan?.head.name ?? "",
  });
  const rows: Row[] = [];

  const findings = new Map(told.findings.map((row) => [row.id, row]));
  const last = new Map<string, (typeof told.events)[number]>();
  for (const event of told.events) {
    const row = findings.get(event.findingId);
    if (!row) continue;
    const name = row.body.slice(0, 60);
    const was = last.get(event.findingId);
    last.set(event.findingId, event);
    const by = plans.get(event.action === "answer" ? event.stationId : row.byStationId);
    rows.push(
      write({ plan: by, id: event.byId, name: event.byName }, event, {
        at: event.at,
        action: `finding.${event.action}`,
        subject: "Finding",
        subjectId: row.id,
        before: was ? { name, findingState: was.toState, dueOn: was.dueOn } : null,
        after: was
          ? { name, findingState: event.toState, dueOn: event.dueOn, reason: event.body?.slice(0, 200) }
          : { name, findingSeverity: row.severity, dueOn: event.dueOn, item: row.itemCode ?? undefined },
      }),
    );
  }

  const visited = byInspection(told.stations);
  const inspectors = byInspection(told.inspectors);
  for (const row of told.inspections) {
    const { id: subjectId, theme, startsOn, endsOn, state } = row;
    const by = headOf(plans.get(row.stationId));
    const concerned = visited.get(subjectId) ?? [];
    const step = (
      action: "begin" | "conclude" | "call_off",
      from: string,
      to: string,
      at: Date,
      reason?: string,
    ) =>
      write(by, row, {
        at,
        action: `inspection.${action}`,
        subject: "Inspection",
        subjectId,
        before: { name: theme, inspectionState: from, startsOn, endsOn },
        after: { name: theme, inspectionState: to, startsOn, endsOn, reason: reason?.slice(0, 200) },
      });
    rows.push(
      write(by, row, {
        at: row.createdAt,
        action: "inspection.plan",
        subject: "Inspection",
        subjectId,
        after: {
          name: theme,
          startsOn,
          endsOn,
          ...(row.unannounced ? { unannounced: true } : {}),
          stations: concerned.length,
          seed: row.draw?.seed,
          inspectors: (inspectors.get(subjectId) ?? []).map(({ name }) => name),
        },
      }),
    );
    if (state === "called_off")
      rows.push(
        step(
          "call_off",
          "planned",
          state,
          instant(addDays(startsOn, -2), "15:10", calendar),
          row.calledOffReason ?? "",
        ),
      );
    if (state !== "under_way" && state !== "concluded") continue;
    rows.push(step("begin", "planned", "under_way", instant(startsOn, "08:40", calendar)));
    for (const { path, stationId, visitedOn, visitNote } of concerned) {
      if (!visitedOn) continue;
      rows.push(
        write(
          by,
          { cityId: row.cityId, path, stationId },
          {
            at: instant(visitedOn, "16:50", calendar),
            action: "inspection.visit",
            subject: "Inspection",
            subjectId,
            after: { name: theme, station: plans.get(stationId)?.name, note: visitNote },
          },
        ),
      );
    }
    if (state === "concluded")
      rows.push(step("conclude", "under_way", state, instant(endsOn, "17:30", calendar), row.circular?.text));
  }
  return rows;
}

function byInspection<T extends { inspectionId: string }>(rows: readonly T[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const row of rows) {
    const own = grouped.get(row.inspectionId);
    if (own) own.push(row);
    else grouped.set(row.inspectionId, [row]);
  }
  return grouped;
}

/** An hour of a day; of today its first minute, which has passed whenever the demo is laid. */
function instant(day: LocalDate, hour: string, { today }: Calendar): Date {
  return new Date(`${day}T${day === today ? "00:00:50" : `${hour}:00`}+08:00`);
}
