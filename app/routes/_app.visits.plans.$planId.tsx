import { logVisit } from "@muster/db/queries/visits/log";
import { peopleToPick } from "@muster/db/queries/visits/pick";
import { changePlan, type PlanChange, peopleOnPlan } from "@muster/db/queries/visits/plans";
import { workersAt } from "@muster/db/queries/visits/workers";
import { localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import {
  PlanAssignForm,
  PlanFindForm,
  PlanLogForm,
  PlanParams,
  PlanPeopleForm,
} from "~/features/visits/forms";
import { planFor, planModel } from "~/features/visits/plan.server";
import { PlanPage } from "~/features/visits/plan-page";
import { settled } from "~/features/visits/refusal.server";
import { notFound } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, type WriteContext, write } from "~/server/route.server";
import { page } from "~/ui/page-handle";

const route = { authorization: { action: "read", subject: "Visit" }, params: PlanParams } as const;
const changes = { action: "update", subject: "Visit" } as const;

export const handle = page<typeof loader>({
  i18n: ["visits"],
  menu: "/visits",
  title: (t, { plan }) =>
    t("visits:plan.name", {
      festival: t(`visits:festival.${plan.festival}`),
      year: plan.festivalOn.slice(0, 4),
    }),
  crumbs: (t, { plan }) => [
    { label: t("visits:title"), to: "/visits" },
    { label: t("visits:plan.title"), to: "/visits/plans" },
    {
      label: t("visits:plan.name", {
        festival: t(`visits:festival.${plan.festival}`),
        year: plan.festivalOn.slice(0, 4),
      }),
    },
  ],
});

export const loader = read(route, ({ scoped, params: { planId }, may, now }) =>
  scoped((tx) => planModel(tx, planId, { may, now })),
);

type Context<F extends z.ZodType> = WriteContext<
  typeof route.authorization,
  z.output<typeof PlanParams>,
  Record<never, never>,
  z.output<F>
>;

/** One way to change who is on the plan, or who goes. */
function change<F extends z.ZodType<{ records: string[]; worker?: string }>>(kind: PlanChange, form: F) {
  return {
    authorization: changes,
    form,
    run: async ({ scoped, params: { planId }, form: sent, demand, locale, done }: Context<F>) => {
      const { records, worker } = sent as { records: string[]; worker?: string };
      const outcome = await scoped.write(async (tx) => {
        await planFor(tx, planId, { demand });
        return changePlan(tx, { planId, change: kind, records, workerId: worker ?? null });
      });
      const { count } = settled(outcome, locale, ["records", "worker"]);
      return done(`/visits/plans/${planId}`, "visits:flash.planChanged", { count });
    },
  };
}

export const action = write({
  ...route,
  intents: {
    log: {
      authorization: changes,
      form: PlanLogForm,
      run: async ({ scoped, params: { planId }, form, actor, now, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          const plan = await planFor(tx, planId, { demand });
          const person = (await peopleOnPlan(tx, planId)).find(({ recordId }) => recordId === form.record);
          if (!person) throw notFound();
          const worker =
            person.workerId && person.worker
              ? { id: person.workerId, name: person.worker }
              : ((await workersAt(tx, plan.stationId))[0] ?? { id: actor.userId, name: actor.name });
          return logVisit(tx, keyring(), {
            id: form.id,
            stationId: plan.stationId,
            heldOn: localDate(now),
            channel: "visit",
            occasion: "festival",
            records: [form.record],
            worker,
            gift: plan.gift,
            followOn: null,
            planId,
            place: "",
            found: "",
            followUp: "",
          });
        });
        const { repeated } = settled(outcome, locale);
        return done(`/visits/plans/${planId}`, repeated ? "visits:flash.repeated" : "visits:flash.logged", {
          count: 1,
        });
      },
    },
    assign: change("assign", PlanAssignForm),
    drop: change("drop", PlanPeopleForm),
    add: change("add", PlanPeopleForm),
    find: {
      authorization: changes,
      form: PlanFindForm,
      run: async ({ scoped, params: { planId }, form: { q }, demand }) =>
        scoped(async (tx) => {
          const plan = await planFor(tx, planId, { demand });
          const on = new Set((await peopleOnPlan(tx, planId)).map(({ recordId }) => recordId));
          const { people } = await peopleToPick(tx, { stationId: plan.stationId, q, plan: true });
          return {
            ok: true as const,
            q,
            found: people
              .filter(({ id }) => !on.has(id))
              .map(({ id, name, bornOn }) => ({ id, name, bornOn })),
          };
        }),
    },
  },
});

export default function VisitPlan() {
  return <PlanPage model={useLoaderData<typeof loader>()} data={useActionData<typeof action>()} />;
}
