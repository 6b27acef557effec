import { registerPerson } from "@muster/db/queries/people/archive";
import { cityCategories } from "@muster/db/queries/people/row";
import { askTransfer } from "@muster/db/queries/people/transfers";
import { localDate } from "@muster/domain/period";
import { WAYS_IN } from "@muster/domain/person";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { AskForm, NewPersonForm } from "~/features/people/forms";
import { IdentityFields, useIdentityLabels } from "~/features/people/identity-fields";
import { namedCategories } from "~/features/people/list-view.server";
import { settled } from "~/features/people/refusal.server";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { RadioGroup } from "~/ui/choice";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { DateInput, Select, TextInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "create", subject: "Person" } } as const;

export const handle = page<typeof loader>({
  i18n: ["people"],
  title: (t) => t("people:new.title"),
  crumbs: (t) => [{ label: t("people:title"), to: "/people" }, { label: t("people:new.title") }],
});

export const loader = read(route, ({ scoped, now, locale, actor }) =>
  scoped(async (tx) => ({
    categories: namedCategories(await cityCategories(tx), locale),
    station: actor.stationName,
    today: localDate(now),
  })),
);

export const action = write({
  ...route,
  intents: {
    register: {
      form: NewPersonForm,
      run: async ({ scoped, form: { category, ...form }, actor, locale, done }) => {
        const outcome = await scoped.write((tx) =>
          registerPerson(tx, keyring(), { ...form, stationId: actor.stationId, categories: [category] }),
        );
        const { id } = settled(outcome, locale, Object.keys(NewPersonForm.shape));
        return done(`/people/${id}`, "people:flash.registered", { name: form.name });
      },
    },
    ask: {
      form: AskForm,
      run: async ({ scoped, form, actor, locale, done }) => {
        const outcome = await scoped.write((tx) =>
          askTransfer(tx, keyring(), { ...form, stationId: actor.stationId }),
        );
        settled(outcome, locale, Object.keys(form));
        return done("/people", "people:flash.asked");
      },
    },
  },
});

export default function NewPerson() {
  const { categories, station, today } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const refused = refusalIn(data, "register");
  const { t } = useTranslation(["people", "common"]);
  const labels = useIdentityLabels();
  const category = fieldOf(refused, "category");
  const activeFrom = fieldOf(refused, "activeFrom", today);
  const wayIn = fieldOf(refused, "wayIn", "new");
  // Only of a number that is right and taken can a transfer be asked for: the sentence beside it says which it is.
  const elsewhere = refused?.errors.idNumber?.includes(t("refusal.known_elsewhere"));
  const asking = refusalIn(data, "ask");
  const number = fieldOf(asking ?? refused, "idNumber").defaultValue;
  return (
    <>
      <PageHeader
        title={t("new.title")}
        note={
          <>
            <span lang="zh-CN">{station}</span> · {t("new.note")}
          </>
        }
      />
      <div className="grid max-w-3xl gap-4">
        {(elsewhere || asking) && <AskCard refused={asking} number={number} />}
        <Card>
          <Form method="post" className="grid gap-4 sm:grid-cols-2" noValidate>
            <div className="sm:col-span-2 empty:hidden">
              <FormErrors refused={refused} fields={labels} />
            </div>
            <IdentityFields refused={refused} today={today}>
              <Field id="category" label={t("field.category")} error={category.error} required>
                {(control) => (
                  <Select
                    {...control}
                    name="category"
                    placeholder={t("edit.choose")}
                    defaultValue={category.defaultValue}
                    options={categories.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
                  />
                )}
              </Field>
              <Field id="activeFrom" label={t("field.activeFrom")} error={activeFrom.error} required>
                {(control) => (
                  <DateInput
                    {...control}
                    name="activeFrom"
                    max={today}
                    defaultValue={activeFrom.defaultValue}
                  />
                )}
              </Field>
              <RadioGroup
                name="wayIn"
                legend={t("field.wayIn")}
                defaultValue={wayIn.defaultValue}
                options={WAYS_IN.map((value) => ({ value, label: t(`wayIn.${value}`) }))}
              />
            </IdentityFields>
            <div className="flex flex-wrap gap-2 sm:col-span-2">
              <SubmitButton intent="register" size="large">
                {t("common:save")}
              </SubmitButton>
              <LinkButton to="/people" size="large">
                {t("common:cancel")}
              </LinkButton>
            </div>
          </Form>
        </Card>
      </div>
    </>
  );
}

/** Asks for somebody whose archive is at another station. */
function AskCard({ refused, number }: { refused: ReturnType<typeof refusalIn>; number: string }) {
  const { t } = useTranslation(["people"]);
  const reason = fieldOf(refused, "reason");
  return (
    <Card title={t("new.ask")}>
      <p className="m-0 mb-3 text-ink-3">{t("new.askHint")}</p>
      <Form method="post" className="grid gap-4" noValidate>
        <FormErrors refused={refused} fields={{ reason: { label: t("new.reason"), id: "reason" } }} />
        <input type="hidden" name="idNumber" value={number} />
        <Field id="reason" label={t("new.reason")} error={reason.error} required>
          {(control) => (
            <TextInput {...control} name="reason" maxLength={100} defaultValue={reason.defaultValue} />
          )}
        </Field>
        <div>
          <SubmitButton intent="ask" tone="plain">
            {t("new.ask")}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  );
}
