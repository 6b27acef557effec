import { importStaff, planStaffImport, StaffImportRefused } from "@muster/db/queries/staff/import";
import { readFirstSheet } from "@muster/reports/read";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { headOf, stationToWrite } from "~/features/staff/access.server";
import { ConfirmForm, UploadForm } from "~/features/staff/forms";
import { ImportPreview, importViewIn } from "~/features/staff/import-preview";
import { viewOf } from "~/features/staff/import-view.server";
import { settled } from "~/features/staff/refusal.server";
import { MOST_SHEET_ROWS, readStaffSheet } from "~/features/staff/sheet.server";
import { StationParams } from "~/features/stations/forms";
import { unpackFile } from "~/features/stations/import-file.server";
import { badRequest, notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { inputStyle } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "update", subject: "Staff" }, params: StationParams } as const;

export const handle = page<typeof loader>({
  i18n: ["staff"],
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
        const bytes = new Uint8Array(await form.file.arrayBuffer());
        const sheet = readStaffSheet(await readFirstSheet(bytes, MOST_SHEET_ROWS));
        const plan = await scoped(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return planStaffImport(tx, stationId, sheet.rows);
        });
        if (!plan) throw notFound();
        return viewOf(sheet, plan, bytes, { t, locale });
      },
    },
    confirm: {
      form: ConfirmForm,
      run: async ({ scoped, params: { stationId }, form, demand, locale, done }) => {
        const bytes = unpackFile(form.parts);
        if (!bytes) throw badRequest("staff:error.stale");
        const { rows, errors } = readStaffSheet(await readFirstSheet(bytes, MOST_SHEET_ROWS));
        if (errors.length > 0) throw badRequest("staff:error.stale");
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
  const refused = refusalIn(data);
  const view = importViewIn(data);
  const { t } = useTranslation(["staff"]);
  return (
    <>
      <PageHeader title={`${station.name} · ${t("import.title")}`} note={t("import.note")}>
        <LinkButton to={`/stations/${station.id}/staff/export?template=1`} reloadDocument>
          {t("import.template")}
        </LinkButton>
      </PageHeader>
      <div className="grid max-w-4xl gap-4">
        {view && <ImportPreview view={view} />}
        <Card title={t("import.fileTitle")}>
          <Form
            method="post"
            encType="multipart/form-data"
            className="grid grid-cols-[minmax(0,1fr)] gap-4"
            noValidate
          >
            <FormErrors refused={refused} fields={{ file: { label: t("import.file"), id: "file" } }} />
            <Field
              id="file"
              label={t("import.file")}
              hint={t("import.fileHint")}
              error={fieldOf(refused, "file").error}
              required
            >
              {(control) => (
                <input
                  {...control}
                  type="file"
                  name="file"
                  accept=".xlsx"
                  className={`${inputStyle()} min-w-0 py-2`}
                />
              )}
            </Field>
            <div>
              <SubmitButton intent="preview" tone={view?.confirm ? "plain" : "primary"}>
                {t("import.preview")}
              </SubmitButton>
            </div>
          </Form>
        </Card>
      </div>
    </>
  );
}
