import type { OpenState } from "@muster/domain/assistance";
import { firstDay, type LocalDate, lastDay, type Period } from "@muster/domain/period";
import { AGE_BAND_NAMES, type AgeBand } from "@muster/domain/person";
import { type StationPath, subtreeEnd } from "@muster/domain/station";
import type { ScopedTx } from "../../scope";
import { today } from "../stations/row";
import { yearsOf } from "./list";

/** Cases paid in the range by one of their properties, and the money in fen. */
export interface PaidGroup {
  key: string;
  cases: number;
  paid: number;
}

/** Cases paid in the range at a station below and everything under it; `child` is the place itself for its own. */
export interface ChildGroup {
  child: number;
  cases: number;
  paid: number;
  /** Days from the application to the payment, of the middle case. */
  days: number | null;
}

/** How long a step took, of the cases that left it in the range. */
export interface WaitGroup {
  state: OpenState;
  left: number;
  median: number;
  ninety: number;
}

/** What stands at a step today. */
export interface OpenGroup {
  state: OpenState;
  count: number;
  overdue: number;
  oldest: LocalDate;
}

export interface CaseBoard {
  /** Whether the register is in use in this subtree at all. */
  used: boolean;
  types: PaidGroup[];
  categories: PaidGroup[];
  ages: PaidGroup[];
  children: ChildGroup[];
  waits: WaitGroup[];
  open: OpenGroup[];
  refusals: { key: string; cases: number }[];
  /** Budgets of the place and the stations directly below, of the year of the range's last month, in fen. */
  budgets: { station: number; amount: number; spent: number }[];
}

interface Line {
  part: "type" | "category" | "age" | "child" | "wait" | "open" | "refusal" | "budget" | "used";
  key: string;
  n: number;
  money: number | null;
  a: number | null;
  b: number | null;
  day: LocalDate | null;
}

/**
 * What the cases of a subtree say of a range of months, in one statement: the cases paid in it by kind, category, age
 * band and station below, how long steps took, what stands open today, why applications were refused, and budgets.
 */
export async function caseBoard(
  tx: ScopedTx,
  place: { id: number; path: StationPath },
  range: { from: Period; to: Period },
): Promise<CaseBoard> {
  const { cityId } = tx.scope;
  const [first, last] = [firstDay(range.from), lastDay(range.to)];
  const year = range.to.slice(0, 4);
  const below = tx.sql`c.city_id = ${cityId} and c.path >= ${place.path} and c.path < ${subtreeEnd(place.path)}`;
  // The oldest band first: `case` takes the first that holds.
  const band = AGE_BAND_NAMES.reduce((rest, name) => {
    const { from } = yearsOf(name);
    return tx.sql`when c.age >= ${from}::int then ${name}::text ${rest}`;
  }, tx.sql``);
  const rows = await tx.sql<Line[]>`
    with paid as materialized (
      select c.type_code, c.category, c.paid, c.paid_on - c.applied_on as days,
        case ${band} end as band,
        coalesce(nullif(split_part(substr(c.path, ${place.path.length + 1}::int), '/', 1), '')::bigint,
          ${place.id}::bigint) as child
      from assistance_case c where ${below} and c.paid_on between ${first} and ${last}),
    story as materialized (
      select c.action, c.from_state, c.waited, c.case_id from assistance_event c
      where ${below} and c.on_day between ${first} and ${last} and c.from_state is not null)
    select 'type' as part, type_code as key, count(*)::int as n, sum(paid)::bigint as money, null::float8 as a,
      null::float8 as b, null::date as day from paid group by type_code
    union all select 'category', coalesce(category, ''), count(*)::int, sum(paid)::bigint, null, null, null
      from paid group by 2
    union all select 'age', band, count(*)::int, sum(paid)::bigint, null, null, null from paid group by 2
    union all select 'child', child::text, count(*)::int, sum(paid)::bigint,
      percentile_cont(0.5) within group (order by days), null, null from paid group by child
    union all select 'wait', from_state, count(*)::int, null, percentile_cont(0.5) within group (order by waited),
      percentile_cont(0.9) within group (order by waited), null from story group by from_state
    union all select 'refusal', coalesce(k.refusal, 'other'), count(*)::int, null, null, null, null
      from story join assistance_case k on k.city_id = ${cityId} and k.id = story.case_id
      where story.action = 'refuse' group by 2
    union all select 'open', c.state, count(*)::int, null, count(*) filter (where c.due_on < ${today(tx)}), null,
      min(c.state_since) from assistance_case c where ${below} and c.due_on is not null group by c.state
    union all select 'budget', c.station_id::text, 0, c.amount, (
        select coalesce(sum(k.paid), 0) from assistance_case k
        where k.city_id = ${cityId} and k.path >= c.path and k.path < c.path || chr(1114111)
          and k.paid_on between ${`${year}-01-01`} and ${`${year}-12-31`})::float8, null, null
      from assistance_budget c where ${below} and c.year = ${Number(year)}
    union all select 'used', '', 1, null, null, null, null
      where exists (select from assistance_case c where ${below})`;
  const of = (part: Line["part"]) => rows.filter((row) => row.part === part);
  const groups = (part: Line["part"]): PaidGroup[] =>
    of(part).map(({ key, n, money }) => ({ key, cases: n, paid: Number(money) }));
  return {
    used: of("used").length > 0,
    types: groups("type"),
    categories: groups("category"),
    ages: groups("age"),
    children: of("child").map(({ key, n, money, a }) => ({
      child: Number(key),
      cases: n,
      paid: Number(money),
      days: a,
    })),
    waits: of("wait").map(({ key, n, a, b }) => ({
      state: key as OpenState,
      left: n,
      median: a ?? 0,
      ninety: b ?? 0,
    })),
    open: of("open").map(({ key, n, a, day }) => ({
      state: key as OpenState,
      count: n,
      overdue: Number(a),
      oldest: day ?? "",
    })),
    refusals: of("refusal").map(({ key, n }) => ({ key, cases: n })),
    budgets: of("budget").map(({ key, money, a }) => ({
      station: Number(key),
      amount: Number(money),
      spent: Number(a),
    })),
  };
}

/** The bands of a board in the order of age. */
export function inOrderOfAge(ages: readonly PaidGroup[]): (PaidGroup & { key: AgeBand })[] {
  return AGE_BAND_NAMES.flatMap((key) => {
    const found = ages.find((group) => group.key === key);
    return found ? [{ ...found, key }] : [];
  });
}
