import { raiseFinding } from "@muster/db/queries/findings/steps";
import { setInForce } from "@muster/db/queries/standards/read";
import { findStation } from "@muster/db/queries/stations/row";
import { localDate } from "@muster/domain/period";
import { itemsFor } from "@muster/domain/standard";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { localized } from "~/features/figures/model";
import { NewSearch, RaiseForm } from "~/features/inspections/forms";
import { RaiseFields } from "~/features/inspections/raise-fields";
import { settled } from "~/features/inspections/refusal.server";
import { useLocale } from "~/i18n/use-format";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound, unprocessable } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["inspections"],
  menu: "/findings",
  title: (t) => t("inspections:new.title"),
  crumbs: (t, { station }) => [
    { label: t("nav:findings"), to: "/findings" },
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("inspections:new.title") },
  ],
});

const route = { authorization: { action: "create", subject: "Finding" }, search: NewSearch } as const;

async function inspected(tx: Tx, id: number, { demand }: Pick<Permissions, "demand">, inspectorId: number) {
  const station = await findStation(tx, id);
  if (!station) throw notFound();
  demand("create", "Finding", { stationId: station.id, path: station.path, inspectorId });
  return station;
}

export const loader = read(route, ({ scoped, search, demand, actor, now }) =>
  scoped(async (tx) => {
    const station = await inspected(tx, search.station, { demand }, actor.stationId);
    const today = localDate(now);
    const set = await setInForce(tx, today);
    const items = set ? itemsFor(set, station.level) : [];
    return {
      station: { id: station.id, name: station.name },
      today,
      items: items.map(({ code, name }) => ({ code, name })),
    };
  }),
);

export const action = write(
  { ...route, form: RaiseForm },
  async ({ scoped, search, form, demand, actor, now, done }) => {
    const outcome = await scoped.write(async (tx) => {
      await inspected(tx, search.station, { demand }, actor.stationId);
      const set = form.item === "" ? null : await setInForce(tx, localDate(now));
      const known = set?.items.find(({ code }) => code === form.item);
      if (form.item !== "" && !known) {
        const fields = { item: "inspections:refusal.unknown_item" };
        throw unprocessable("unprocessable", { params: { count: 1 }, fields });
      }
      const item = { code: known?.code ?? null, zh: known?.name.zh ?? "", en: known?.name.en ?? "" };
      return raiseFinding(tx, { stationId: search.station, ...form, item });
    });
    const { id } = settled(outcome, Object.keys(form));
    return done(`/findings/${id}`, "inspections:flash.raised");
  },
);

export default function NewFinding() {
  const { station, today, items } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["inspections"]);
  const locale = useLocale();
  return (
    <>
      <PageHeader title={t("new.title")} note={t("new.note", { station: station.name })} />
      <Card className="max-w-2xl">
        <Form method="post" className="grid gap-4" noValidate>
          <RaiseFields
            refused={refused}
            today={today}
            other
            items={items.map(({ code, name }) => ({
              value: code,
              label: `${code} ${localized(name, locale)}`,
            }))}
          />
          <div className="flex flex-wrap gap-2">
            <SubmitButton>{t("new.save")}</SubmitButton>
            <LinkButton to={`/stations/${station.id}`}>{t("plan.cancel")}</LinkButton>
          </div>
        </Form>
      </Card>
    </>
  );
}
