import { findPerson } from "@muster/db/queries/people/row";
import { logVisit } from "@muster/db/queries/visits/log";
import { peopleToPick } from "@muster/db/queries/visits/pick";
import { findPlan } from "@muster/db/queries/visits/plans";
import { workersAt } from "@muster/db/queries/visits/workers";
import { newId } from "@muster/db/scope";
import { localDate } from "@muster/domain/period";
import { OCCASIONS } from "@muster/domain/visit";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { StationNumber } from "~/features/stations/forms";
import { stationToLog } from "~/features/visits/access.server";
import { FindForm, NewVisitForm, Uuid } from "~/features/visits/forms";
import { foundIn, NewVisitFields } from "~/features/visits/new-visit";
import { settled } from "~/features/visits/refusal.server";
import { notFound, unprocessable } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, type WriteContext, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "create", subject: "Visit" } } as const;

export const handle = page<typeof loader>({
  i18n: ["visits"],
  menu: "/visits",
  title: (t) => t("visits:new.title"),
  crumbs: (t) => [{ label: t("visits:title"), to: "/visits" }, { label: t("visits:new.title") }],
});

const Asked = z.object({
  person: Uuid.optional().catch(undefined),
  station: StationNumber.optional().catch(undefined),
  occasion: z.enum(OCCASIONS).optional().catch(undefined),
  plan: Uuid.optional().catch(undefined),
});

export const loader = read({ ...route, search: Asked }, ({ scoped, search, actor, demand, now }) =>
  scoped(async (tx) => {
    const person = search.person ? await findPerson(tx, search.person) : null;
    const plan = search.plan ? await findPlan(tx, search.plan) : null;
    if ((search.person && !person) || (search.plan && !plan)) throw notFound();
    const at = person?.stationId ?? plan?.stationId ?? search.station ?? actor.stationId;
    const station = await stationToLog(tx, at, { demand });
    const chosen = person ? [person.id] : [];
    return {
      // Sent with the form: however often it is sent, it is one visit.
      id: newId(),
      station: { id: station.id, name: station.name },
      chosen,
      plan: plan && { id: plan.id, gift: plan.gift },
      occasion: plan ? ("festival" as const) : (search.occasion ?? null),
      ...(await peopleToPick(tx, { stationId: station.id, keep: chosen })),
      workers: await workersAt(tx, station.id),
      today: localDate(now),
    };
  }),
);

type Context = WriteContext<
  typeof route.authorization,
  Record<never, never>,
  Record<never, never>,
  z.output<typeof NewVisitForm>
>;

async function log({ scoped, form, demand, locale }: Context) {
  const { station, plan, worker: workerId, ...said } = form;
  const outcome = await scoped.write(async (tx) => {
    await stationToLog(tx, station, { demand });
    if (plan && (await findPlan(tx, plan))?.stationId !== station) throw notFound();
    const worker = (await workersAt(tx, station)).find(({ id }) => id === workerId);
    if (!worker)
      throw unprocessable("unprocessable", {
        params: { count: 1 },
        fields: { worker: "visits:refusal.worker" },
      });
    return logVisit(tx, keyring(), { ...said, stationId: station, worker, planId: plan });
  });
  return settled(outcome, locale, Object.keys(form));
}

const said = ({ repeated }: { repeated: boolean }) =>
  repeated ? "visits:flash.repeated" : "visits:flash.logged";

export const action = write({
  ...route,
  intents: {
    find: {
      form: FindForm,
      run: async ({ scoped, form: { q, station, records, ...typed }, demand }) =>
        scoped(async (tx) => {
          await stationToLog(tx, station, { demand });
          const found = await peopleToPick(tx, { stationId: station, q, keep: records });
          return { ok: true as const, q, chosen: records, typed, ...found };
        }),
    },
    save: {
      form: NewVisitForm,
      run: async (context) => {
        const logged = await log(context);
        const { plan, records } = context.form;
        return context.done(plan ? `/visits/plans/${plan}` : "/visits", said(logged), {
          count: records.length,
        });
      },
    },
    photo: {
      form: NewVisitForm,
      run: async (context) => {
        const logged = await log(context);
        return context.done(`/visits/${logged.id}#evidence`, said(logged), {
          count: context.form.records.length,
        });
      },
    },
  },
});

export default function NewVisit() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["visits"]);
  return (
    <>
      <PageHeader
        title={t("new.title")}
        note={
          <>
            <span lang="zh-CN">{model.station.name}</span> · {t("new.note")}
          </>
        }
      />
      <NewVisitFields model={model} found={foundIn(data)} refused={refusalIn(data)} />
    </>
  );
}
