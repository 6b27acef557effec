import { addMonths, type Period } from "@muster/domain/period";
import type { Pool } from "../client";
import { completenessRows, rollupRows } from "../queries/dashboards";
import { type Caller, type ScopedTx, withScope } from "../scope";
import { type BenchCity, type Node, scopesOf } from "./city";
import { round, sideBySide } from "./measure";
import { callerAt } from "./steps";

type Question = (tx: ScopedTx, stationId: number, range: { from: Period; to: Period }) => Promise<unknown>;

const grounds = { basis: "accepted", boundaries: "reported" } as const;

/** What the dashboards' pages ask, over twelve months. */
const QUESTIONS: Record<string, Question> = {
  "key numbers": (tx, stationId, range) => rollupRows(tx, { stationId, ...range, ...grounds, by: "total" }),
  trend: (tx, stationId, range) => rollupRows(tx, { stationId, ...range, ...grounds, by: "month" }),
  ranking: (tx, stationId, range) => rollupRows(tx, { stationId, ...range, ...grounds, by: "child" }),
  "heat table": (tx, stationId, range) =>
    rollupRows(tx, { stationId, ...range, ...grounds, by: "child-month" }),
  completeness: (tx, stationId, range) => completenessRows(tx, { stationId, ...range, by: "child-month" }),
};

/** Two ways of asking the same question, in milliseconds. */
export interface Comparison {
  question: string;
  scope: string;
  a: number;
  b: number;
  ratio: number;
}

/** The same queries under row-level security and past it, by a superuser: `a` under, `b` past. */
export async function withAndWithoutPolicies(
  under: Pool,
  past: Pool,
  city: BenchCity,
  times: number,
): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const [scope, node] of scopesOf(city)) {
    for (const [question, ask] of Object.entries(QUESTIONS)) {
      const through = (pool: Pool) => () => asked(pool, city, node, ask);
      comparisons.push({ question, scope, ...(await sideBySide(times, through(under), through(past))) });
    }
  }
  return comparisons;
}

/** The same queries on a large and a small city: `a` the large, `b` the small. */
export async function largeAndSmall(
  pool: Pool,
  large: BenchCity,
  small: BenchCity,
  times: number,
): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  const ofSmall = new Map(scopesOf(small));
  for (const [scope, node] of scopesOf(large)) {
    const other = ofSmall.get(scope);
    if (!other) continue;
    for (const [question, ask] of Object.entries(QUESTIONS)) {
      const measured = await sideBySide(
        times,
        () => asked(pool, large, node, ask),
        () => asked(pool, small, other, ask),
      );
      comparisons.push({ question, scope, ...measured });
    }
  }
  return comparisons;
}

/** All questions of a page together: what a reader waits for. */
export function totals(comparisons: readonly Comparison[]): Comparison[] {
  return [...new Set(comparisons.map((c) => c.scope))].map((scope) => {
    const ofScope = comparisons.filter((c) => c.scope === scope);
    const a = round(ofScope.reduce((sum, c) => sum + c.a, 0));
    const b = round(ofScope.reduce((sum, c) => sum + c.b, 0));
    return { question: "all five", scope, a, b, ratio: round(a / b) };
  });
}

function asked(pool: Pool, city: BenchCity, node: Node, ask: Question): Promise<unknown> {
  const to = city.closed.at(-1);
  if (!to) throw new Error("the city has no closed month");
  const caller: Caller = callerAt(city, node, to);
  return withScope(pool, caller, { readOnly: true }, (tx) =>
    ask(tx, node.id, { from: addMonths(to, -11), to }),
  );
}
