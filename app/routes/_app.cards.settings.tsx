import { saveCardSettings } from "@muster/db/queries/cards/issue";
import { cardSettingsOf } from "@muster/db/queries/cards/read";
import { CARD_LINE_NAMES, CARD_TEXTS } from "@muster/domain/card";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SettingsForm } from "~/features/cards/forms";
import { conflict } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "update", subject: "Person" } } as const;

export const handle = page<typeof loader>({
  i18n: ["cards", "people"],
  menu: "/people",
  title: (t) => t("cards:settings.title"),
  crumbs: (t) => [
    { label: t("people:title"), to: "/people" },
    { label: t("cards:title"), to: "/cards" },
    { label: t("cards:settings.title") },
  ],
});

export const loader = read(route, ({ scoped, actor }) =>
  scoped(async (tx) => ({ settings: await cardSettingsOf(tx, actor.stationId), station: actor.stationName })),
);

export const action = write(
  { ...route, form: SettingsForm },
  async ({ scoped, actor, demand, form: { version, duties, services, activities, ...lines }, done }) => {
    demand("update", "Person", { stationId: actor.stationId, path: actor.path });
    const saved = await scoped.write((tx) =>
      saveCardSettings(tx, { stationId: actor.stationId, version, lines, duties, services, activities }),
    );
    if (!saved) throw conflict("cards:refusal.changed_meanwhile");
    return done("/cards", "cards:flash.saved");
  },
);

export default function CardSettingsPage() {
  const { settings, station } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["cards", "common"]);
  const labels = Object.fromEntries([
    ...CARD_LINE_NAMES.map((name) => [name, { label: t(`line.${name}`), id: name }]),
    ...CARD_TEXTS.map((name) => [name, { label: t(`settings.${name}`), id: name }]),
  ]) as Record<string, { label: string; id: string }>;
  return (
    <>
      <PageHeader title={t("settings.title")} note={t("settings.note", { name: station })} />
      <Card className="max-w-3xl">
        <Form method="post" className="grid gap-4 sm:grid-cols-2" noValidate>
          <div className="sm:col-span-2">
            <FormErrors refused={refused} fields={labels} />
          </div>
          <input type="hidden" name="version" value={settings.version} />
          {CARD_LINE_NAMES.map((name) => {
            const { defaultValue, error } = fieldOf(refused, name, settings.lines[name]);
            return (
              <Field key={name} id={name} label={t(`line.${name}`)} error={error}>
                {(control) => (
                  <TextInput
                    {...control}
                    name={name}
                    type="tel"
                    maxLength={40}
                    autoComplete="off"
                    defaultValue={defaultValue}
                  />
                )}
              </Field>
            );
          })}
          {CARD_TEXTS.map((name) => {
            const { defaultValue, error } = fieldOf(refused, name, settings[name]);
            return (
              <Field
                key={name}
                id={name}
                label={t(`settings.${name}`)}
                error={error}
                className="sm:col-span-2"
              >
                {(control) => (
                  <TextInput
                    {...control}
                    name={name}
                    maxLength={120}
                    lang="zh-CN"
                    defaultValue={defaultValue}
                  />
                )}
              </Field>
            );
          })}
          <div className="flex flex-wrap gap-2 sm:col-span-2">
            <SubmitButton>{t("settings.save")}</SubmitButton>
            <LinkButton to="/cards">{t("common:cancel")}</LinkButton>
          </div>
        </Form>
      </Card>
    </>
  );
}
