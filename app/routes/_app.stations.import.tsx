import { importStations, planImport } from "@muster/db/queries/stations/import";
import { MOST_IMPORT_BYTES, MOST_IMPORT_ROWS, readImportFile } from "@muster/db/queries/stations/import-file";
import { localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ImportFrame, importViewIn } from "~/features/registers/import-frame";
import { unpackFile } from "~/features/registers/packed-file.server";
import { ConfirmImportForm, UploadForm } from "~/features/stations/forms";
import { stationImportView } from "~/features/stations/import-view.server";
import { useFormat } from "~/i18n/use-format";
import { badRequest, unprocessable } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { Field } from "~/ui/field";
import { fieldOf, refusalIn } from "~/ui/form";
import { DateInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "import", subject: "Station" } } as const;

export const handle = page<typeof loader>({
  i18n: ["stations", "registers"],
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
      run: async ({ scoped, form, now, t }) => {
        if (form.openedOn > localDate(now)) throw openedTooLate();
        const bytes = new Uint8Array(await form.file.arrayBuffer());
        const file = readImportFile(bytes);
        return stationImportView(await scoped((tx) => planImport(tx, file)), bytes, form.openedOn, t);
      },
    },
    confirm: {
      form: ConfirmImportForm,
      run: async ({ scoped, form, now, t, done }) => {
        if (form.openedOn > localDate(now)) throw openedTooLate();
        const bytes = unpackFile(form.parts);
        if (!bytes) throw badRequest("stations:error.stale");
        const file = readImportFile(bytes);
        const { openedOn, digest } = form;
        const outcome = await scoped.write((tx) => importStations(tx, file, { openedOn, digest }));
        if (!outcome.ok) return stationImportView(outcome.plan, bytes, openedOn, t, true);
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
  const opened = fieldOf(refused, "openedOn", view?.confirm?.fields.openedOn ?? openedOn);
  const changes = (view?.counts.add ?? 0) + (view?.counts.change ?? 0);
  const words = {
    file: t("import.file"),
    fileHint: t("import.fileHint", { size: limits.size, rows: f.integer(limits.rows) }),
    preview: t("import.preview"),
    previewTitle: t("import.previewTitle"),
    add: t("import.create"),
    change: t("import.rename"),
    unchanged: t("import.unchanged"),
    name: t("import.code"),
    nothing: t("import.nothing"),
    confirm: t("import.confirm", { count: changes }),
    addTitle: t("import.createTitle"),
    changeTitle: t("import.renameTitle"),
    stale: t("import.otherPlan.message"),
    staleNext: t("import.otherPlan.next"),
  };
  return (
    <>
      <PageHeader title={t("import.title")} note={t("import.note")} />
      <ImportFrame
        view={view}
        refused={refused}
        heads={[t("tree.name"), t("tree.level"), t("import.code")]}
        changeHeads={[t("import.from"), t("import.to"), t("import.code")]}
        words={words}
        accept=".csv,text/csv"
        fields={{ openedOn: { label: t("import.openedOn"), id: "openedOn" } }}
      >
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
      </ImportFrame>
    </>
  );
}
