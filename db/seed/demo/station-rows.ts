import type { Ancestor, station, stationEvent, stationFacts } from "../../schema/station";
import { searchText } from "../search-text";
import type { Calendar } from "./calendar";
import { CURRENT } from "./calendar";
import type { StationPlan } from "./plan";
import { Random } from "./random";

type StationRow = typeof station.$inferInsert;
type EventRow = typeof stationEvent.$inferInsert;
type FactsRow = typeof stationFacts.$inferInsert;

/** The city's name in events that the bureau entered. */
const BUREAU = "市局";

/** The station's row as it stands today. The root's exists already. */
export function stationRow(cityId: number, plan: StationPlan, sort: number): StationRow {
  const phone = `8600 ${String(1000 + sort).padStart(4, "0")}`;
  return {
    cityId,
    path: plan.path,
    id: plan.id,
    code: plan.code,
    name: plan.name,
    level: plan.level,
    kind: plan.kind,
    parentId: plan.parent?.id ?? null,
    ancestors: ancestorsOf(plan),
    required: true,
    openedOn: plan.openedOn,
    address: addressOf(plan),
    phone,
    search: searchText(plan.name, plan.code),
    sort,
    version: 1,
  };
}

function ancestorsOf({ parent }: StationPlan): Ancestor[] {
  if (!parent) return [];
  return [...ancestorsOf(parent), { id: parent.id, name: parent.name, level: parent.level }];
}

function addressOf({ level, kind, name, parent }: StationPlan): string {
  if (kind === "cadre_home") return "府前路 18 号";
  if (level === "town") return `${name}便民服务中心一楼`;
  return `${parent?.name ?? ""}${name}${kind === "service_point" ? "" : "党群服务中心"}`;
}

/** How the station came to stand as it does. */
export function stationEvents(cityId: number, plan: StationPlan, calendar: Calendar): EventRow[] {
  const random = new Random(`events ${plan.key}`);
  const line = ({ id, name }: StationPlan) => ({ id, name });
  const event = (kind: EventRow["kind"], effectiveOn: string, details: EventRow["details"]): EventRow => {
    const at = new Date(`${effectiveOn}T10:00:00+08:00`);
    return {
      cityId,
      path: plan.path,
      id: random.id(at),
      stationId: plan.id,
      kind,
      effectiveOn,
      details,
      at,
      byName: BUREAU,
    };
  };
  const before = plan.renamedIn?.from ?? plan.name;
  const first = plan.movedIn?.from ?? plan.parent;
  const events = [
    event("open", plan.openedOn, { name: before, code: plan.code, parent: first ? line(first) : null }),
  ];
  if (plan.renamedIn) {
    const on = calendar.firstDay(plan.renamedIn.month);
    events.push(event("rename", on, { from: plan.renamedIn.from, to: plan.name }));
  }
  if (plan.movedIn && plan.parent) {
    const on = calendar.firstDay(plan.movedIn.month);
    events.push(event("move", on, { from: line(plan.movedIn.from), to: line(plan.parent) }));
  }
  return events;
}

/** A row for the first facts and one for every month in which they changed. */
export function factsRows(cityId: number, plan: StationPlan, calendar: Calendar): FactsRow[] {
  const rows: FactsRow[] = [];
  for (let month = plan.opensIn; month <= CURRENT; month++) {
    const facts = plan.facts[month];
    if (!facts) continue;
    const before = plan.facts[month - 1];
    const same = before && JSON.stringify(before) === JSON.stringify(facts);
    if (month > plan.opensIn && same) continue;
    const validFrom = month === plan.opensIn ? plan.openedOn : calendar.firstDay(month);
    rows.push({ cityId, path: plan.path, stationId: plan.id, validFrom, ...facts });
  }
  return rows;
}
