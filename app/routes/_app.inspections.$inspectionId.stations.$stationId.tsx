import { listFindings } from "@muster/db/queries/findings/read";
import { raiseFinding } from "@muster/db/queries/findings/steps";
import { concernedRow, findInspection, itemsOf } from "@muster/db/queries/inspections/read";
import { visitStation } from "@muster/db/queries/inspections/steps";
import { inspectionStep } from "@muster/domain/inspection";
import { localDate } from "@muster/domain/period";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { lineOf } from "~/features/inspections/finding-lines.server";
import { FindingTable } from "~/features/inspections/finding-table";
import { RaiseForm, VisitForm, VisitParams } from "~/features/inspections/forms";
import { numberOf } from "~/features/inspections/inspection-words";
import { OwnPart } from "~/features/inspections/own-part";
import { RaiseFields } from "~/features/inspections/raise-fields";
import { settled } from "~/features/inspections/refusal.server";
import { VisitCard } from "~/features/inspections/visit-card";
import { Entered } from "~/features/staff/entered";
import { useLocale } from "~/i18n/use-format";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound, unprocessable } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["inspections"],
  title: (t, { station }) => `${t("inspections:visit.title")} · ${station.name}`,
  crumbs: (t, { inspection, station }) => [
    { label: t("inspections:title"), to: "/inspections" },
    { label: numberOf(inspection, t), to: `/inspections/${inspection.id}` },
    { label: station.name },
  ],
});

const route = { authorization: { action: "fill", subject: "Inspection" }, params: VisitParams } as const;

/** The inspection and the station it concerns, for somebody who goes there. */
async function visited(
  tx: Tx,
  { inspectionId, stationId }: { inspectionId: string; stationId: number },
  { demand }: Pick<Permissions, "demand">,
) {
  const [row, concerned] = [
    await findInspection(tx, inspectionId),
    await concernedRow(tx, inspectionId, stationId),
  ];
  if (!row || !concerned) throw notFound();
  demand("fill", "Inspection", { stationId: row.stationId });
  return { row, concerned };
}

export const loader = read(route, ({ scoped, params, demand, now }) =>
  scoped(async (tx) => {
    const { row, concerned } = await visited(tx, params, { demand });
    const today = localDate(now);
    const [items, found] = await Promise.all([
      itemsOf(tx, row.id),
      listFindings(tx, { inspectionId: row.id, within: concerned.path, limit: 200 }),
    ]);
    return {
      inspection: {
        id: row.id,
        theme: row.theme,
        station: row.stationName,
        year: row.year,
        number: row.number,
      },
      station: { id: concerned.stationId, name: concerned.stationName },
      concerned,
      items,
      findings: found.rows
        .filter(({ stationId }) => stationId === concerned.stationId)
        .map((finding) => lineOf(finding, today)),
      open: inspectionStep("visit", row.state) !== null,
      today,
    };
  }),
);

export const action = write({
  ...route,
  intents: {
    raise: {
      form: RaiseForm,
      run: async ({ scoped, params, form, demand, done }) => {
        const outcome = await scoped.write(async (tx) => {
          const { row, concerned } = await visited(tx, params, { demand });
          demand("create", "Finding", {
            stationId: concerned.stationId,
            path: concerned.path,
            inspectorId: row.stationId,
          });
          const item = (await itemsOf(tx, row.id)).find(({ place }) => String(place) === form.item);
          if (!item) {
            const fields = { item: "inspections:error.item" };
            throw unprocessable("unprocessable", { params: { count: 1 }, fields });
          }
          return raiseFinding(tx, {
            ...form,
            stationId: concerned.stationId,
            inspectionId: row.id,
            item: { code: item.code, zh: item.zh, en: item.en },
          });
        });
        const { id } = settled(outcome, Object.keys(form));
        return done(`/findings/${id}`, "inspections:flash.raised");
      },
    },
    visit: {
      form: VisitForm,
      run: async ({ scoped, params, form, demand, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await visited(tx, params, { demand });
          return visitStation(tx, { id: params.inspectionId, stationId: params.stationId, note: form.seen });
        });
        settled(outcome, Object.keys(form));
        return done(`/inspections/${params.inspectionId}`, "inspections:flash.visited");
      },
    },
  },
});

export default function Visit() {
  const { inspection, station, concerned, items, findings, open, today } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["inspections"]);
  const locale = useLocale();
  const back = `/inspections/${inspection.id}`;
  return (
    <>
      <PageHeader
        title={`${t("visit.title")} · ${station.name}`}
        note={<Entered>{inspection.theme}</Entered>}
      >
        <LinkButton to={back}>{t("visit.back")}</LinkButton>
      </PageHeader>
      <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
        <Card title={t("visit.found")} flush>
          <FindingTable
            caption={t("visit.found")}
            rows={findings}
            stations={false}
            grow
            empty={<EmptyState title={t("page.noFindings")} />}
          />
        </Card>
        {open && (
          <Card title={t("visit.raise")}>
            <Form method="post" className="grid gap-4" noValidate>
              <RaiseFields
                refused={refusalIn(data, "raise")}
                today={today}
                items={items.map(({ place, code, zh, en }) => ({
                  value: String(place),
                  ...(code === null ? { lang: "zh-CN" } : {}),
                  label: code === null ? zh : `${code} ${locale === "zh-CN" ? zh : en}`,
                }))}
              />
              <div>
                <SubmitButton intent="raise">{t("visit.raised")}</SubmitButton>
              </div>
            </Form>
          </Card>
        )}
        {open && concerned.visitNote === "" ? (
          <VisitCard refused={refusalIn(data, "visit")} />
        ) : (
          <OwnPart own={concerned} />
        )}
      </div>
    </>
  );
}
