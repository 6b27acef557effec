import { findInspection } from "@muster/db/queries/inspections/read";
import { type InspectionWrite, stepInspection } from "@muster/db/queries/inspections/steps";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { FindingTable } from "~/features/inspections/finding-table";
import {
  BeginForm,
  CallOffForm,
  ConcludeForm,
  EditForm,
  InspectionParams,
} from "~/features/inspections/forms";
import { InspectionFacts } from "~/features/inspections/inspection-facts";
import { InspectionForms } from "~/features/inspections/inspection-forms";
import { StateTags } from "~/features/inspections/inspection-lists";
import { numberOf } from "~/features/inspections/inspection-words";
import { OwnPart } from "~/features/inspections/own-part";
import { inspectionModel } from "~/features/inspections/page.server";
import { settled } from "~/features/inspections/refusal.server";
import { StationTable } from "~/features/inspections/station-table";
import { Entered } from "~/features/staff/entered";
import { notFound } from "~/server/errors.server";
import { read, type WriteContext, write } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { usePageTranslate } from "~/ui/use-page";

export const handle = page<typeof loader>({
  i18n: ["inspections"],
  // By its number: the theme is in the language of the office.
  title: (t, { head }) => numberOf({ ...head, station: head.by }, t),
  crumbs: (t, { head }) => [
    { label: t("inspections:title"), to: "/inspections" },
    { label: numberOf({ ...head, station: head.by }, t) },
  ],
});

const route = { authorization: { action: "read", subject: "Inspection" }, params: InspectionParams } as const;

export const loader = read(route, ({ scoped, params: { inspectionId }, actor, may, now }) =>
  scoped((tx) => inspectionModel(tx, inspectionId, { actor, may, now })),
);

type StepContext<F extends z.ZodType> = WriteContext<
  typeof route.authorization,
  z.output<typeof InspectionParams>,
  Record<never, never>,
  z.output<F>
>;

/** One button: the right over the running station's inspections, then the state, which the command asks. */
function step<F extends z.ZodType<{ version: number }>>(
  form: F,
  said: (form: z.output<F>) => Omit<Extract<InspectionWrite, { action: string }>, "id" | "version">,
) {
  return {
    authorization: { action: "update", subject: "Inspection" } as const,
    form,
    run: async ({ scoped, params: { inspectionId }, form: sent, demand, done }: StepContext<F>) => {
      const write = { id: inspectionId, version: sent.version, ...said(sent) } as InspectionWrite;
      const outcome = await scoped.write(async (tx) => {
        const row = await findInspection(tx, inspectionId);
        if (!row) throw notFound();
        demand("update", "Inspection", { stationId: row.stationId });
        return stepInspection(tx, write);
      });
      settled(outcome, Object.keys(sent));
      return done(`/inspections/${inspectionId}`, `inspections:flash.${write.action}`);
    },
  };
}

export const action = write({
  ...route,
  intents: {
    edit: step(EditForm, ({ theme, note, startsOn, endsOn }) => ({
      action: "edit",
      theme,
      note,
      startsOn,
      endsOn,
    })),
    begin: step(BeginForm, () => ({ action: "begin" })),
    conclude: step(ConcludeForm, ({ circular }) => ({ action: "conclude", text: circular })),
    call_off: step(CallOffForm, ({ reason }) => ({ action: "call_off", text: reason })),
  },
});

export default function InspectionPage() {
  const model = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["inspections"]);
  const translate = usePageTranslate();
  const { head, full, own, stations, findings, steps } = model;
  const number = numberOf({ station: head.by, year: head.year, number: head.number }, translate);
  return (
    <>
      <PageHeader title={<Entered>{head.theme}</Entered>} note={number} tag={<StateTags {...head} />}>
        {head.state === "concluded" && <LinkButton to="circular">{t("circular.open")}</LinkButton>}
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {full?.calledOffReason && (
          <Notice tone="warn" title={t("page.calledOff")}>
            <Entered>{full.calledOffReason}</Entered>
          </Notice>
        )}
        {full && <InspectionFacts {...model} full={full} />}
        {own && <OwnPart own={own} />}
        {(full || !own) && <StationTable stations={stations} visits={model.visits} inspectionId={model.id} />}
        <Card title={t("page.findings")} flush>
          <FindingTable
            caption={t("page.findings")}
            rows={findings}
            stations={full !== null || !own}
            empty={<EmptyState title={t("page.noFindings")} />}
          />
        </Card>
        {steps.length > 0 && full && (
          <InspectionForms
            key={model.version}
            data={data}
            steps={steps}
            version={model.version}
            current={{ ...head, note: full.note }}
          />
        )}
      </div>
    </>
  );
}
