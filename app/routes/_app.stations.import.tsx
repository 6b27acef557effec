import { importStations, planImport } from "@muster/db/queries/stations/import";
import { MOST_IMPORT_BYTES, MOST_IMPORT_ROWS, readImportFile } from "@muster/db/queries/stations/import-file";
import { localDate } from "@muster/domain/period";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ConfirmImportForm, UploadForm } from "~/features/stations/forms";
import { unpackFile, viewOf } from "~/features/stations/import-file.server";
import { ImportPreview, importViewIn } from "~/features/stations/import-preview";
import { useFormat } from "~/i18n/use-format";
import { badRequest, unprocessable } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { DateInput, inputStyle } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "import", subject: "Station" } } as const;

export const handle = page<typeof loader>({
  i18n: ["stations"],
  title: (t) => t("stations:import.title"),
  crumbs: (t) => [{ label: t("nav:stations"), to: "/stations" }, { label: t("stations:import.title") }],
});

export const loader = read(route, ({ now }) => ({
  today: localDate(now),
  openedOn: `${localDate(now).slice(0, 7)}-01`,
  limits: { size: MOST_IMPORT_BYTES / 1024 / 1024, rows: MOST_IMPORT_ROWS },
}));

export const action = write({
  ...route,
  intents: {
    preview: {
      form: UploadForm,
      run: async ({ scoped, form, now }) => {
        if (form.openedOn > localDate(now)) throw openedTooLate();
        const bytes = new Uint8Array(await form.file.arrayBuffer());
        const file = readImportFile(bytes);
        return viewOf(await scoped((tx) => planImport(tx, file)), bytes, form.openedOn);
      },
    },
    confirm: {
      form: ConfirmImportForm,
      run: async ({ scoped, form, now, done }) => {
        if (form.openedOn > localDate(now)) throw openedTooLate();
        const bytes = unpackFile(form.parts);
        if (!bytes) throw badRequest("stations:error.stale");
        const file = readImportFile(bytes);
        const { openedOn, digest } = form;
        const outcome = await scoped.write((tx) => importStations(tx, file, { openedOn, digest }));
        if (!outcome.ok) return viewOf(outcome.plan, bytes, openedOn, true);
        const { created, renamed, unchanged } = outcome.value;
        return done("/stations", "stations:flash.imported", { created, renamed, unchanged });
      },
    },
  },
});

function openedTooLate() {
  const fields = { openedOn: "stations:refusal.date_in_future" };
  return unprocessable("unprocessable", { params: { count: 1 }, fields });
}

export default function ImportStations() {
  const { today, openedOn, limits } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const refused = refusalIn(data);
  const view = importViewIn(data);
  const { t } = useTranslation(["stations"]);
  const f = useFormat();
  const opened = fieldOf(refused, "openedOn", view?.confirm?.openedOn ?? openedOn);
  return (
    <>
      <PageHeader title={t("import.title")} note={t("import.note")} />
      <div className="grid max-w-4xl gap-4">
        {view && <ImportPreview view={view} />}
        <Card title={t("import.fileTitle")}>
          <Form
            method="post"
            encType="multipart/form-data"
            className="grid grid-cols-[minmax(0,1fr)] gap-4"
            noValidate
          >
            <FormErrors
              refused={refused}
              fields={{
                file: { label: t("import.file"), id: "file" },
                openedOn: { label: t("import.openedOn"), id: "openedOn" },
              }}
            />
            <Field
              id="file"
              label={t("import.file")}
              hint={t("import.fileHint", { size: limits.size, rows: f.integer(limits.rows) })}
              error={fieldOf(refused, "file").error}
              required
            >
              {(control) => (
                <input
                  {...control}
                  type="file"
                  name="file"
                  accept=".csv,text/csv"
                  className={`${inputStyle()} min-w-0 py-2`}
                />
              )}
            </Field>
            <Field
              id="openedOn"
              label={t("import.openedOn")}
              hint={t("import.openedOnHint")}
              error={opened.error}
              required
              className="max-w-xs"
            >
              {(control) => (
                <DateInput {...control} name="openedOn" max={today} defaultValue={opened.defaultValue} />
              )}
            </Field>
            <ul className="m-0 list-disc pl-5 [overflow-wrap:anywhere] text-sm text-ink-3">
              <li>{t("import.columns")}</li>
              <li>{t("import.excelHint")}</li>
            </ul>
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
