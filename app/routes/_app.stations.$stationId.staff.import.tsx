import { importStaff, planStaffImport, StaffImportRefused } from "@muster/db/queries/staff/import";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ImportFrame, importViewIn } from "~/features/registers/import-frame";
import { ConfirmForm, readConfirmed, readUpload, UploadForm } from "~/features/registers/import-frame.server";
import { headOf, stationToWrite } from "~/features/staff/access.server";
import { staffImportView } from "~/features/staff/import-view.server";
import { settled } from "~/features/staff/refusal.server";
import { STAFF_SHEET } from "~/features/staff/sheet.server";
import { StationParams } from "~/features/stations/forms";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "update", subject: "Staff" }, params: StationParams } as const;

export const handle = page<typeof loader>({
  i18n: ["staff", "registers"],
  title: (t) => t("staff:import.title"),
  crumbs: (t, { station }) => [
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("staff:title"), to: `/stations/${station.id}/staff` },
    { label: t("staff:import.title") },
  ],
});

export const loader = read(route, ({ scoped, params, demand }) =>
  scoped(async (tx) => ({ station: headOf(await stationToWrite(tx, params.stationId, { demand })) })),
);

export const action = write({
  ...route,
  intents: {
    preview: {
      form: UploadForm,
      run: async ({ scoped, params: { stationId }, form, demand, t, locale }) => {
        const { sheet, bytes } = await readUpload(STAFF_SHEET, form.file);
        const plan = await scoped(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return planStaffImport(tx, stationId, sheet.rows);
        });
        if (!plan) throw notFound();
        return staffImportView(sheet.faults, plan, bytes, { t, locale });
      },
    },
    confirm: {
      form: ConfirmForm,
      run: async ({ scoped, params: { stationId }, form, demand, locale, done }) => {
        const rows = await readConfirmed(STAFF_SHEET, form.parts);
        try {
          const outcome = await scoped.write(async (tx) => {
            await stationToWrite(tx, stationId, { demand });
            return importStaff(tx, { stationId, rows, digest: form.digest });
          });
          const { added } = settled(outcome, locale);
          return done(`/stations/${stationId}/staff`, "staff:flash.imported", { count: added });
        } catch (error) {
          if (error instanceof StaffImportRefused) return settled(error.outcome, locale);
          throw error;
        }
      },
    },
  },
});

export default function ImportStaff() {
  const { station } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["staff"]);
  const heads = [
    t("field.name"),
    t("field.post"),
    t("field.employment"),
    t("column.marks"),
    t("field.validFrom"),
  ];
  return (
    <>
      <PageHeader title={`${station.name} · ${t("import.title")}`} note={t("import.note")}>
        <LinkButton to={`/stations/${station.id}/staff/export?template=1`} reloadDocument>
          {t("import.template")}
        </LinkButton>
      </PageHeader>
      <ImportFrame
        view={importViewIn(data)}
        refused={refusalIn(data)}
        heads={heads}
        words={{ fileHint: t("import.fileHint") }}
      />
    </>
  );
}
