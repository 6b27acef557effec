import { readSet, setVersions } from "@muster/db/queries/standards/read";
import { differences, type StandardItem } from "@muster/domain/standard";
import { LEVELS } from "@muster/domain/station";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { askedOf } from "~/features/assessments/model";
import { localized } from "~/features/figures/model";
import { SetNumber } from "~/features/standards/edit.server";
import { useLocale } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read } from "~/server/route.server";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { Select } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { FilterBar } from "~/ui/toolbar";
import { usePageTranslate } from "~/ui/use-page";

export const handle = page({
  i18n: ["standards"],
  title: (t) => t("standards:compare.title"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("standards:set.title"), to: "/settings/standards" },
    { label: t("standards:compare.title") },
  ],
});

const Search = z.object({
  from: SetNumber.optional().catch(undefined),
  to: SetNumber.optional().catch(undefined),
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" }, search: Search },
  ({ scoped, search }) =>
    scoped(async (tx) => {
      const versions = await setVersions(tx);
      const to = search.to ?? versions[0]?.setNumber ?? 0;
      const from = search.from ?? versions[1]?.setNumber ?? to;
      const [before, after] = [await readSet(tx, from), await readSet(tx, to)];
      if (!before || !after) throw notFound();
      return {
        from,
        to,
        versions: versions.map(({ setNumber, name }) => ({ setNumber, name })),
        lines: differences(before, after),
      };
    }),
);

export default function CompareStandards() {
  const { from, to, versions, lines } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["standards"]);
  const translate = usePageTranslate();
  const locale = useLocale();
  const said = (item: StandardItem | null) =>
    item === null
      ? "—"
      : [
          localized(item.name, locale),
          ...LEVELS.map((level) => `${t(`level.${level}`)} ${askedOf(item, level, translate)}`),
          t("points", { count: item.points, points: item.points }),
          ...(item.mandatory ? [t("mandatory")] : []),
        ].join(" · ");
  return (
    <div className="grid max-w-5xl gap-4">
      <PageHeader title={t("compare.title")} />
      <FilterBar label={t("compare.title")}>
        {(
          [
            ["from", from],
            ["to", to],
          ] as const
        ).map(([name, value]) => (
          <Field key={name} label={t(`compare.${name}`)} id={name}>
            {(control) => (
              <Select
                {...control}
                key={value}
                name={name}
                defaultValue={String(value)}
                options={versions.map((each) => ({
                  value: String(each.setNumber),
                  label: `${t("set.version", { number: each.setNumber })} · ${localized(each.name, locale)}`,
                }))}
              />
            )}
          </Field>
        ))}
      </FilterBar>
      <Card flush>
        <Table
          caption={t("compare.title")}
          rows={lines}
          rowKey={(line) => line.code}
          grow
          empty={<EmptyState title={t("compare.same")} />}
          columns={[
            { id: "code", header: t("item.code"), tight: true, rowHeader: true, cell: (line) => line.code },
            {
              id: "what",
              header: t("set.column.state"),
              cell: ({ before, after, fields }) =>
                before === null ? (
                  <Tag tone="good">{t("compare.added")}</Tag>
                ) : after === null ? (
                  <Tag tone="bad">{t("compare.gone")}</Tag>
                ) : (
                  t("compare.changed", {
                    fields: fields.map((field) => t(`field.${field}`)).join(t("join")),
                  })
                ),
            },
            { id: "before", header: t("compare.before"), cell: (line) => said(line.before) },
            { id: "after", header: t("compare.after"), cell: (line) => said(line.after) },
          ]}
        />
      </Card>
    </div>
  );
}
