import { budgetsOf, setBudget } from "@muster/db/queries/assistance/budget";
import { localDate } from "@muster/domain/period";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { BudgetForm, BudgetSearch } from "~/features/assistance/forms";
import { settled } from "~/features/assistance/refusal.server";
import { useFormat } from "~/i18n/use-format";
import { read, write } from "~/server/route.server";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { Select, TextInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { FilterBar } from "~/ui/toolbar";

const route = { authorization: { action: "update", subject: "Catalogue" }, search: BudgetSearch } as const;

export const handle = page({
  i18n: ["settings", "assistance"],
  title: (t) => t("assistance:budgets.title"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: t("settings:catalogue.tab.assistance"), to: "/settings/catalogue/assistance" },
    { label: t("assistance:budgets.title") },
  ],
});

export const loader = read(route, ({ scoped, search, actor, now }) => {
  const current = Number(localDate(now).slice(0, 4));
  const year = search.year ? Number(search.year) : current;
  return scoped(async (tx) => ({
    year,
    years: [current + 1, current, current - 1, current - 2],
    lines: await budgetsOf(tx, actor.stationId, year),
  }));
});

export const action = write({ ...route, form: BudgetForm }, async ({ form, scoped, locale, done }) => {
  const { station: stationId, year, amount, version } = form;
  settled(await scoped.write((tx) => setBudget(tx, { stationId, year, amount, version })), locale);
  return done(`/settings/catalogue/assistance/budgets?year=${year}`, "assistance:flash.budget");
});

export default function Budgets() {
  const { year, years, lines } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  return (
    <>
      <PageHeader title={t("budgets.title")} note={t("budgets.note", { year })}>
        <FilterBar label={t("budgets.year")}>
          <Field id="year" label={t("budgets.year")}>
            {(control) => (
              <Select
                {...control}
                name="year"
                defaultValue={String(year)}
                options={years.map((each) => ({ value: String(each), label: String(each) }))}
              />
            )}
          </Field>
        </FilterBar>
      </PageHeader>
      <FormErrors refused={refused} fields={{ amount: { label: t("budgets.amount"), id: "budget-list" } }} />
      <Card flush id="budget-list">
        <ul className="m-0 list-none p-0">
          {lines.map(({ stationId, name, amount, spent, version }) => {
            const typed = refused?.values.station === String(stationId) ? refused : null;
            const field = fieldOf(typed, "amount", amount === null ? "" : String(amount / 100));
            return (
              <li key={stationId} className="border-b border-line px-4 py-2 last:border-0">
                <Form method="post" className="flex flex-wrap items-center gap-3" noValidate>
                  <input type="hidden" name="station" value={stationId} />
                  <input type="hidden" name="year" value={year} />
                  <input type="hidden" name="version" value={version} />
                  <b lang="zh-CN" className="min-w-0 flex-1 basis-40">
                    {name}
                  </b>
                  <span className="text-sm text-ink-3">
                    {t("budgets.spent")} {f.money(spent)}
                    {amount !== null && amount > 0 && ` · ${f.percent(spent / amount)}`}
                  </span>
                  <Field
                    id={`amount-${stationId}`}
                    label={t("budgets.amountOf", { name })}
                    error={field.error}
                    hideLabel
                    className="w-40"
                  >
                    {(control) => (
                      <TextInput
                        {...control}
                        name="amount"
                        inputMode="decimal"
                        autoComplete="off"
                        maxLength={14}
                        className="text-right"
                        defaultValue={field.defaultValue}
                      />
                    )}
                  </Field>
                  <SubmitButton tone="plain" size="small">
                    {t("budgets.set")}
                    <span className="sr-only">{name}</span>
                  </SubmitButton>
                </Form>
              </li>
            );
          })}
        </ul>
      </Card>
    </>
  );
}
