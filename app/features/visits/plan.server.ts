import { findPlan, peopleOnPlan } from "@muster/db/queries/visits/plans";
import { workersAt } from "@muster/db/queries/visits/workers";
import { newId } from "@muster/db/scope";
import { localDate } from "@muster/domain/period";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import type { MemberContext } from "~/server/prepare.server";
import { placeOf } from "./access.server";

type Reader = MemberContext<unknown, unknown>;

/** A plan that the caller may change; 404 out of sight, 403 for who may only read it. */
export async function planFor(tx: Tx, id: string, { demand }: Pick<Reader, "demand">) {
  const plan = await findPlan(tx, id);
  if (!plan) throw notFound();
  demand("update", "Visit", placeOf(plan));
  return plan;
}

/** Everything the page of a festival's plan shows. */
export async function planModel(tx: Tx, planId: string, { may, now }: Pick<Reader, "may" | "now">) {
  const plan = await findPlan(tx, planId);
  if (!plan) throw notFound();
  const keeps = may("update", "Visit", placeOf(plan));
  const people = await peopleOnPlan(tx, planId);
  return {
    plan,
    // Each line's button carries the key of its visit: two taps are one visit.
    people: people.map((person) => ({ ...person, key: newId() })),
    workers: keeps ? await workersAt(tx, plan.stationId) : [],
    keeps,
    today: localDate(now),
  };
}
