import { firstPublishable, publishSet, putGrades } from "@muster/db/queries/standards/edit";
import { readSet, setVersions } from "@muster/db/queries/standards/read";
import { localDate } from "@muster/domain/period";
import { DIMENSIONS } from "@muster/domain/standard";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { localized } from "~/features/figures/model";
import {
  GradesForm as GradesFields,
  gradesOf,
  PublishForm,
  SetNumber,
  standardsEdited,
} from "~/features/standards/edit.server";
import { GradeList } from "~/features/standards/grade-list";
import { GradesForm } from "~/features/standards/grades-form";
import { ItemTable } from "~/features/standards/item-table";
import { useFormat, useLocale } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Field } from "~/ui/field";
import { FormErrors, fieldOf, refusalIn } from "~/ui/form";
import { DateInput } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";

export const handle = page<typeof loader>({
  i18n: ["standards"],
  title: (t, { set }) => t("standards:set.version", { number: set.setNumber }),
  crumbs: (t, { set }) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("standards:set.title"), to: "/settings/standards" },
    { label: t("standards:set.version", { number: set.setNumber }) },
  ],
});

const params = z.object({ setNumber: SetNumber });

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" }, params },
  ({ scoped, params: { setNumber }, now, may }) =>
    scoped(async (tx) => {
      const set = await readSet(tx, setNumber);
      if (!set) throw notFound();
      return {
        set,
        mayEdit: may("update", "Catalogue") && set.status === "draft",
        earliest: firstPublishable(await setVersions(tx), localDate(now)),
      };
    }),
);

export const action = write({
  authorization: { action: "update", subject: "Catalogue" },
  params,
  intents: {
    publish: {
      form: PublishForm,
      run: async ({ scoped, params, form, done }) => {
        standardsEdited(await scoped.write((tx) => publishSet(tx, { ...params, ...form })));
        return done(`/settings/standards/${params.setNumber}`, "standards:set.publishedFlash");
      },
    },
    grades: {
      form: GradesFields,
      run: async ({ scoped, params, form, done }) => {
        const edit = { ...params, version: form.version, grades: gradesOf(form) };
        standardsEdited(await scoped.write((tx) => putGrades(tx, edit)));
        return done(`/settings/standards/${params.setNumber}`, "standards:set.saved");
      },
    },
  },
});

export default function StandardSetRoute() {
  const { set, mayEdit, earliest } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["standards"]);
  const locale = useLocale();
  const f = useFormat();
  const publish = refusalIn(answer, "publish");
  const day = fieldOf(publish, "validFrom", earliest);
  const base = `/settings/standards/${set.setNumber}/items`;
  return (
    <div className="grid max-w-5xl gap-4">
      <PageHeader
        title={localized(set.name, locale)}
        note={t("set.version", { number: set.setNumber })}
        tag={
          <Tag tone={set.status === "draft" ? "warn" : "good"}>
            {set.status === "draft" ? t("set.draft") : t("set.from", { from: f.date(set.validFrom ?? "") })}
          </Tag>
        }
      >
        {set.copiedFrom !== null && (
          <LinkButton to={`/settings/standards/compare?from=${set.copiedFrom}&to=${set.setNumber}`}>
            {t("set.compare")}
          </LinkButton>
        )}
        {mayEdit && (
          <LinkButton to={`${base}/new`} tone="primary">
            {t("set.addItem")}
          </LinkButton>
        )}
      </PageHeader>
      {DIMENSIONS.map((dimension) => (
        <Card key={dimension} title={t(`dimension.${dimension}`)} flush>
          <ItemTable
            caption={t(`dimension.${dimension}`)}
            items={set.items.filter((item) => item.dimension === dimension)}
            editAt={mayEdit ? base : null}
          />
        </Card>
      ))}
      <Card title={t("gradeForm.title")}>
        {mayEdit ? (
          <GradesForm
            key={set.version}
            grades={set.grades}
            version={set.version}
            refused={refusalIn(answer, "grades")}
          />
        ) : (
          <GradeList grades={set.grades} />
        )}
      </Card>
      {mayEdit && (
        <Card title={t("set.publish")}>
          <Form method="post" className="grid gap-3" noValidate>
            <FormErrors
              refused={publish}
              fields={{ validFrom: { label: t("set.validFrom"), id: "validFrom" } }}
            />
            <p className="m-0 text-ink-2">{t("set.publishNote")}</p>
            <input type="hidden" name="version" value={set.version} />
            <Field label={t("set.validFrom")} id="validFrom" error={day.error} className="max-w-xs">
              {(control) => (
                <DateInput {...control} name="validFrom" min={earliest} defaultValue={day.defaultValue} />
              )}
            </Field>
            <div>
              <SubmitButton intent="publish">{t("set.publish")}</SubmitButton>
            </div>
          </Form>
        </Card>
      )}
    </div>
  );
}
