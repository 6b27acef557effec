import { findCard } from "@muster/db/queries/cards/read";
import { PURPOSES } from "@muster/domain/person";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CardSheets } from "~/features/cards/card-sheet";
import type { CardFace } from "~/features/cards/faces.server";
import { IdsSearch, PrintForm } from "~/features/cards/forms";
import { printed } from "~/features/cards/print.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, refusalIn } from "~/ui/form";
import { Select } from "~/ui/input";
import { Notice } from "~/ui/notice";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";

const route = { authorization: { action: "reveal", subject: "Person" } } as const;

export const handle = page<typeof loader>({
  i18n: ["cards", "people"],
  menu: "/people",
  title: (t) => t("cards:print.title"),
  crumbs: (t) => [
    { label: t("people:title"), to: "/people" },
    { label: t("cards:title"), to: "/cards" },
    { label: t("cards:print.title") },
  ],
});

export const loader = read({ ...route, search: IdsSearch }, ({ scoped, search }) =>
  scoped(async (tx) => {
    const cards = await Promise.all(search.ids.map((id) => findCard(tx, id)));
    const issued = cards.flatMap((card) => (card?.state === "issued" ? [card] : []));
    return { ids: issued.map(({ id }) => id), masked: issued.some(({ kind }) => kind === "contact") };
  }),
);

export const action = write({
  ...route,
  intents: {
    show: {
      form: PrintForm,
      run: async ({ form, ...context }) => ({ ok: true as const, faces: await printed(context, form) }),
    },
  },
});

export default function PrintCards() {
  const { ids, masked } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["cards", "people"]);
  const faces = data && "faces" in data ? (data.faces as CardFace[]) : null;
  if (ids.length === 0)
    return (
      <>
        <PageHeader title={t("print.title")} />
        <Card>
          <EmptyState
            title={t("print.none")}
            action={<LinkButton to="/cards">{t("print.back")}</LinkButton>}
          />
        </Card>
      </>
    );
  return (
    <>
      <div className="print:hidden">
        <PageHeader title={t("print.title")} note={t("print.note", { count: ids.length })}>
          {faces && <PrintButton />}
        </PageHeader>
        <Card className="mb-4">
          <FormErrors refused={refusalIn(data)} />
          {masked && <Notice tone="warn">{t("print.masked")}</Notice>}
          <Form method="post" reloadDocument className="mt-2 flex flex-wrap items-end gap-2">
            {ids.map((id) => (
              <input key={id} type="hidden" name="ids" value={id} />
            ))}
            <Field id="purpose" label={t("print.purpose")}>
              {(control) => (
                <Select
                  {...control}
                  name="purpose"
                  options={PURPOSES.filter((purpose) => purpose !== "edit").map((value) => ({
                    value,
                    label: t(`people:purpose.${value}`),
                  }))}
                  defaultValue="apply"
                />
              )}
            </Field>
            <SubmitButton intent="show">{t("print.show")}</SubmitButton>
            <SubmitButton tone="plain" formAction="/cards/pdf">
              {t("print.pdf")}
            </SubmitButton>
          </Form>
          <p className="m-0 mt-2 text-ink-3">{t("print.scale")}</p>
        </Card>
      </div>
      {faces && <CardSheets faces={faces} />}
    </>
  );
}
