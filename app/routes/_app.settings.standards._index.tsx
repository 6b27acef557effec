import { copySet } from "@muster/db/queries/standards/edit";
import { type SetVersion, setVersions } from "@muster/db/queries/standards/read";
import { localDate } from "@muster/domain/period";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { localized } from "~/features/figures/model";
import { CopyForm, standardsEdited } from "~/features/standards/edit.server";
import { useFormat, useLocale } from "~/i18n/use-format";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { Select, TextInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";

export const handle = page({
  i18n: ["standards"],
  title: (t) => t("standards:set.title"),
  crumbs: (t) => [{ label: t("nav:settings"), to: "/settings" }, { label: t("standards:set.title") }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" } },
  async ({ scoped, now, may }) => ({
    versions: await scoped(setVersions),
    today: localDate(now),
    mayEdit: may("update", "Catalogue"),
  }),
);

export const action = write(
  { authorization: { action: "update", subject: "Catalogue" }, form: CopyForm },
  async ({ scoped, form: { from, nameZh, nameEn }, done }) => {
    const outcome = await scoped.write((tx) => copySet(tx, { from, name: { zh: nameZh, en: nameEn } }));
    return done(`/settings/standards/${standardsEdited(outcome)}`, "standards:set.copied");
  },
);

export default function StandardsRoute() {
  const { versions, today, mayEdit } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["standards"]);
  const locale = useLocale();
  const f = useFormat();
  const [last, before] = versions;
  const state = (each: SetVersion) => {
    if (each.status === "draft") return <Tag tone="warn">{t("set.draft")}</Tag>;
    const holds = (each.validFrom ?? "") <= today && (each.validTo === null || each.validTo > today);
    return <Tag tone={holds ? "good" : "mute"}>{t(holds ? "set.inForce" : "set.published")}</Tag>;
  };
  const validity = ({ validFrom, validTo }: SetVersion) => {
    if (validFrom === null) return "—";
    return validTo === null
      ? t("set.from", { from: f.date(validFrom) })
      : t("set.between", { from: f.date(validFrom), to: f.date(validTo) });
  };
  return (
    <div className="grid max-w-4xl gap-4">
      <PageHeader title={t("set.title")} note={t("set.note")}>
        {last && before && (
          <LinkButton to={`/settings/standards/compare?from=${before.setNumber}&to=${last.setNumber}`}>
            {t("set.compare")}
          </LinkButton>
        )}
      </PageHeader>
      <Card flush>
        <Table
          caption={t("set.title")}
          rows={versions}
          rowKey={(each) => each.setNumber}
          grow
          empty={<EmptyState title={t("set.none")}>{mayEdit && t("set.noneHint")}</EmptyState>}
          columns={[
            {
              id: "name",
              header: t("set.column.name"),
              rowHeader: true,
              cell: (each) => (
                <Link
                  to={`/settings/standards/${each.setNumber}`}
                  className="inline-flex min-h-target items-center font-semibold"
                >
                  {localized(each.name, locale)}
                </Link>
              ),
            },
            { id: "valid", header: t("set.column.valid"), cell: validity },
            { id: "state", header: t("set.column.state"), tight: true, cell: state },
          ]}
        />
      </Card>
      {mayEdit && (
        <Card title={t(versions.length > 0 ? "set.copy" : "set.initial")}>
          <Form method="post" className="grid gap-3" noValidate>
            <FormErrors
              refused={refused}
              fields={{
                nameZh: { label: t("set.nameZh"), id: "nameZh" },
                nameEn: { label: t("set.nameEn"), id: "nameEn" },
              }}
            />
            {versions.length === 0 ? (
              <input type="hidden" name="from" value="" />
            ) : (
              <Field label={t("compare.from")} id="from" error={fieldOf(refused, "from").error}>
                {(control) => (
                  <Select
                    {...control}
                    name="from"
                    defaultValue={fieldOf(refused, "from").defaultValue || undefined}
                    options={versions.map((each) => ({
                      value: String(each.setNumber),
                      label: `${t("set.version", { number: each.setNumber })} · ${localized(each.name, locale)}`,
                    }))}
                  />
                )}
              </Field>
            )}
            <div className="grid gap-3 sm:grid-cols-2">
              {(["nameZh", "nameEn"] as const).map((name) => {
                const { defaultValue, error } = fieldOf(refused, name);
                return (
                  <Field key={name} label={t(`set.${name}`)} id={name} error={error}>
                    {(control) => (
                      <TextInput {...control} name={name} maxLength={80} defaultValue={defaultValue} />
                    )}
                  </Field>
                );
              })}
            </div>
            <div>
              <SubmitButton>{t(versions.length > 0 ? "set.copy" : "set.initial")}</SubmitButton>
            </div>
          </Form>
        </Card>
      )}
    </div>
  );
}
