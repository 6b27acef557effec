import { importPeople, PeopleImportRefused, planPeopleImport } from "@muster/db/queries/people/import";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { settled } from "~/features/people/refusal.server";
import { PEOPLE_SHEET } from "~/features/people/sheet.server";
import { ImportFrame, importViewIn } from "~/features/registers/import-frame";
import {
  ConfirmForm,
  importView,
  readConfirmed,
  readUpload,
  UploadForm,
} from "~/features/registers/import-frame.server";
import { followed } from "~/features/registers/import-progress.server";
import { conflict } from "~/server/errors.server";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "import", subject: "Person" } } as const;

export const handle = page<typeof loader>({
  i18n: ["people", "registers"],
  title: (t) => t("people:import.title"),
  crumbs: (t) => [{ label: t("people:title"), to: "/people" }, { label: t("people:import.title") }],
});

export const loader = read(route, ({ actor }) => ({ station: actor.stationName }));

export const action = write({
  ...route,
  intents: {
    preview: {
      form: UploadForm,
      run: async ({ scoped, form, actor, may, t }) => {
        const { sheet, bytes } = await readUpload(PEOPLE_SHEET, form.file);
        const plan = await scoped((tx) =>
          planPeopleImport(tx, keyring(), sheet.rows, {
            own: actor.stationId,
            may: (place) => may("import", "Person", place),
          }),
        );
        const add = plan.add.map(({ row, bornOn }) => ({
          line: row.line,
          cells: [row.name, bornOn, row.categories.join(t("people:join")), row.station || actor.stationName],
        }));
        const faults = [
          ...sheet.faults,
          ...plan.errors.map(({ problem, column, ...rest }) => ({
            ...rest,
            column: `people:field.${column}`,
            problem: `people:refusal.${problem}`,
          })),
        ];
        return importView(bytes, { ...plan, add, faults }, t);
      },
    },
    confirm: {
      form: ConfirmForm,
      run: async ({ scoped, form, actor, may, locale, done }) => {
        const rows = await readConfirmed(PEOPLE_SHEET, form.parts);
        try {
          const run = { userId: actor.userId, run: form.run, total: rows.length };
          const outcome = await followed(run, (onTaken) =>
            scoped.write((tx) =>
              importPeople(tx, keyring(), rows, {
                own: actor.stationId,
                may: (place) => may("import", "Person", place),
                digest: form.digest,
                onTaken,
              }),
            ),
          );
          const { added } = settled(outcome, locale);
          return added === 0
            ? done("/people", "people:flash.importedBefore")
            : done("/people", "people:flash.imported", { count: added });
        } catch (error) {
          if (error instanceof PeopleImportRefused) throw conflict("people:refusal.other_plan");
          throw error;
        }
      },
    },
  },
});

export default function ImportPeople() {
  const { station } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["people"]);
  const heads = [t("field.name"), t("field.bornOn"), t("field.category"), t("field.station")];
  return (
    <>
      <PageHeader
        title={t("import.title")}
        note={
          <>
            <span lang="zh-CN">{station}</span> · {t("import.note")}
          </>
        }
      >
        <LinkButton to="/people/export?template=1" reloadDocument>
          {t("import.template")}
        </LinkButton>
      </PageHeader>
      <ImportFrame
        view={importViewIn(data)}
        refused={refusalIn(data)}
        heads={heads}
        progress="/people/import/progress"
      />
    </>
  );
}
