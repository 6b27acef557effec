import { listFindings } from "@muster/db/queries/findings/read";
import {
  concernedInScope,
  findInspection,
  inspectorsOf,
  stationsOf,
} from "@muster/db/queries/inspections/read";
import { localDate } from "@muster/domain/period";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CircularSheet } from "~/features/inspections/circular-sheet";
import { lineOf } from "~/features/inspections/finding-lines.server";
import { InspectionParams } from "~/features/inspections/forms";
import { numberOf } from "~/features/inspections/inspection-words";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { page } from "~/ui/page-handle";
import { PrintButton } from "~/ui/print-button";

export const handle = page<typeof loader>({
  i18n: ["inspections"],
  menu: "/inspections",
  title: (t, { head }) =>
    `${t("inspections:circular.title")} · ${numberOf({ ...head, station: head.by }, t)}`,
  crumbs: (t, { id, head }) => [
    { label: t("inspections:title"), to: "/inspections" },
    { label: numberOf({ ...head, station: head.by }, t), to: `/inspections/${id}` },
    { label: t("inspections:circular.title") },
  ],
});

const MOST_FINDINGS = 2_000;

/** The whole circular for who runs the inspection and those above; the sums and its own part for a station concerned. */
export const loader = read(
  { authorization: { action: "read", subject: "Inspection" }, params: InspectionParams },
  ({ scoped, params: { inspectionId }, actor, now }) =>
    scoped(async (tx) => {
      const [row, own] = await Promise.all([
        findInspection(tx, inspectionId),
        concernedInScope(tx, inspectionId, actor.stationId),
      ]);
      const known = row ?? own;
      if (!known?.circular) throw notFound();
      const [inspectors, stations, found] = await Promise.all([
        inspectorsOf(tx, inspectionId),
        stationsOf(tx, inspectionId),
        listFindings(tx, { inspectionId, limit: MOST_FINDINGS }),
      ]);
      const today = localDate(now);
      const { theme, year, number, startsOn, endsOn, circular } = known;
      return {
        id: inspectionId,
        head: {
          theme,
          year,
          number,
          startsOn,
          endsOn,
          by: row ? row.stationName : (own?.byStationName ?? ""),
        },
        circular,
        /** Null for who sees all of it. */
        own: row ? null : { name: actor.stationName },
        inspectors: inspectors.map(({ name }) => name),
        stations,
        findings: found.rows
          .filter(({ state }) => state !== "withdrawn")
          .map((finding) => lineOf(finding, today)),
      };
    }),
);

export default function CircularPage() {
  const model = useLoaderData<typeof loader>();
  const { t } = useTranslation(["inspections"]);
  return (
    <>
      <div className="mx-auto mb-3 flex max-w-sheet gap-2 print:hidden">
        <LinkButton to={`/inspections/${model.id}`}>{t("circular.back")}</LinkButton>
        <PrintButton />
      </div>
      <CircularSheet model={model} />
    </>
  );
}
