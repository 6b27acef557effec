import { planInspection } from "@muster/db/queries/inspections/plan";
import { inspectable, possibleInspectors } from "@muster/db/queries/inspections/read";
import { setInForce } from "@muster/db/queries/standards/read";
import { addDays, localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { PlanForm } from "~/features/inspections/forms";
import { PlanFields } from "~/features/inspections/plan-fields";
import { settled } from "~/features/inspections/refusal.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["inspections", "standards", "stations"],
  title: (t) => t("inspections:plan.title"),
  crumbs: (t) => [
    { label: t("inspections:title"), to: "/inspections" },
    { label: t("inspections:plan.title") },
  ],
});

const route = { authorization: { action: "create", subject: "Inspection" } } as const;
/** Days an inspection lasts when nobody says otherwise. */
const USUAL_LENGTH = 14;

export const loader = read(route, ({ scoped, actor, now, demand }) => {
  demand("create", "Inspection", { stationId: actor.stationId });
  return scoped(async (tx) => {
    const today = localDate(now);
    const [set, below, people] = await Promise.all([
      setInForce(tx, today),
      inspectable(tx, actor.path),
      possibleInspectors(tx, actor.stationId),
    ]);
    return {
      station: { id: actor.stationId, name: actor.stationName },
      self: actor.userId,
      today,
      until: addDays(today, USUAL_LENGTH),
      items: (set?.items ?? []).map(({ code, name, dimension }) => ({ code, name, dimension })),
      below: below.map(({ id, name, level, parentId }) => ({ id, name, level, parentId })),
      people: people.map(({ userId, name }) => ({ userId, name })),
    };
  });
});

export const action = write({ ...route, form: PlanForm }, async ({ scoped, form, actor, demand, done }) => {
  demand("create", "Inspection", { stationId: actor.stationId });
  const { theme, note, startsOn, endsOn, codes, inspectors } = form;
  const outcome = await scoped.write((tx) =>
    planInspection(tx, {
      ...{ theme, note, startsOn, endsOn, codes, inspectors },
      unannounced: form.unannounced === "on",
      words: form.words.split("\n"),
      choice:
        form.method === "chosen"
          ? { method: "chosen", stationIds: form.stations }
          : { method: "drawn", withinId: form.within, level: form.level, size: Number(form.size) },
    }),
  );
  const { id } = settled(outcome, Object.keys(form));
  return done(`/inspections/${id}`, "inspections:flash.planned");
});

export default function NewInspection() {
  const model = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["inspections"]);
  return (
    <>
      <PageHeader title={t("plan.title")} note={t("plan.note", { station: model.station.name })} />
      <PlanFields model={model} refused={refused} />
    </>
  );
}
