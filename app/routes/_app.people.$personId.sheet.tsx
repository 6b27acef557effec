import { staysOf } from "@muster/db/queries/people/row";
import { printPerson } from "@muster/db/queries/people/sheet";
import { localDate } from "@muster/domain/period";
import { PURPOSES } from "@muster/domain/person";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { personFor, personOf, placeOf } from "~/features/people/access.server";
import { ArchiveForm, type ArchiveFormModel } from "~/features/people/archive-form";
import { PersonParams, SHEET_KINDS, SheetForm } from "~/features/people/forms";
import { settled } from "~/features/people/refusal.server";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { FormErrors, refusalIn } from "~/ui/form";
import { Select } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";

const route = { authorization: { action: "read", subject: "Person" }, params: PersonParams } as const;

export const handle = page<typeof loader>({
  i18n: ["people"],
  menu: "/people",
  title: (t) => t("people:form.title"),
  crumbs: (t, { person }) => [
    { label: t("people:title"), to: "/people" },
    { label: person.name, to: `/people/${person.id}` },
    { label: t("people:form.title") },
  ],
});

export const loader = read(route, ({ scoped, params, may }) =>
  scoped(async (tx) => {
    const row = await personOf(tx, params.personId);
    return { person: { id: row.id, name: row.name }, reveals: may("reveal", "Person", placeOf(row)) };
  }),
);

/** Whatever is drawn can be printed: drawing it is what the log keeps. */
export const action = write({
  ...route,
  intents: {
    show: {
      form: SheetForm,
      run: async ({ scoped, params: { personId: id }, form, actor, demand, locale, now }) => {
        const full = form.kind === "full";
        const { drawn, station } = await scoped.write(async (tx) => {
          const row = full ? await personFor(tx, id, "reveal", { demand }) : await personOf(tx, id);
          const drawn = await printPerson(tx, keyring(), { id, purpose: form.purpose, full });
          const stays = await staysOf(tx, row.personId);
          return { drawn, station: stays.find((stay) => stay.id === id)?.stationName ?? "" };
        });
        const { person, categories, ...rest } = settled(drawn, locale);
        const sheet: ArchiveFormModel = {
          ...rest,
          ...{ name: person.name, sex: person.sex, bornOn: person.bornOn, activeFrom: person.activeFrom },
          categories: categories.map(({ nameZh, nameEn }) => (locale === "zh-CN" ? nameZh : nameEn)),
          ...{ station, keeper: actor.name, today: localDate(now) },
        };
        return { ok: true as const, sheet };
      },
    },
  },
});

export default function PersonSheet() {
  const { person, reveals } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["people"]);
  const sheet = data && "sheet" in data ? (data.sheet as ArchiveFormModel) : null;
  const kinds = SHEET_KINDS.filter((kind) => kind === "masked" || reveals);
  return (
    <>
      <div className="print:hidden">
        <PageHeader title={t("form.title")} note={<span lang="zh-CN">{person.name}</span>}>
          <LinkButton to={`/people/${person.id}`}>{t("form.back")}</LinkButton>
          {sheet && <PrintButton />}
        </PageHeader>
        <Card className="mb-4 max-w-sheet">
          <p className="m-0 mb-3 text-ink-3">{t("form.note")}</p>
          <FormErrors refused={refusalIn(data)} />
          <Form method="post" className="flex flex-wrap items-end gap-x-4 gap-y-3">
            <RadioGroup
              name="kind"
              legend={t("form.choose")}
              defaultValue="masked"
              options={kinds.map((value) => ({ value, label: t(`form.${value}`) }))}
            />
            <Field id="purpose" label={t("field.purpose")}>
              {(control) => (
                <Select
                  {...control}
                  name="purpose"
                  options={PURPOSES.filter((purpose) => purpose !== "edit").map((value) => ({
                    value,
                    label: t(`purpose.${value}`),
                  }))}
                />
              )}
            </Field>
            <SubmitButton intent="show">{t("form.show")}</SubmitButton>
          </Form>
        </Card>
      </div>
      {sheet && <ArchiveForm model={sheet} />}
    </>
  );
}
