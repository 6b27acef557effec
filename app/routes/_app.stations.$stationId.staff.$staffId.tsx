import { coverOf, saveCover } from "@muster/db/queries/staff/posts";
import { changeStaff, correctStaff, endStaff } from "@muster/db/queries/staff/roster";
import { termsOf } from "@muster/db/queries/staff/row";
import { localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { headOf, stationOf, stationToWrite } from "~/features/staff/access.server";
import { Entered } from "~/features/staff/entered";
import { CoverForm, EndForm, StaffParams, TermForm } from "~/features/staff/forms";
import { PersonForms } from "~/features/staff/person-forms";
import { settled } from "~/features/staff/refusal.server";
import { Marks } from "~/features/staff/roster-table";
import { useFormat } from "~/i18n/use-format";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { Card } from "~/ui/card";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";

export const handle = page<typeof loader>({
  i18n: ["staff"],
  title: (_, { terms }) => terms[0]?.name ?? "",
  crumbs: (t, { station, terms }) => [
    { label: station.name, to: `/stations/${station.id}` },
    { label: t("staff:title"), to: `/stations/${station.id}/staff` },
    { label: terms[0]?.name ?? "" },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Staff" }, params: StaffParams },
  ({ scoped, params, now, may }) =>
    scoped(async (tx) => {
      const row = await stationOf(tx, params.stationId);
      const terms = await termsOf(tx, row.id, params.staffId);
      if (terms.length === 0) throw notFound();
      const cover = await coverOf(tx, row.id, localDate(now));
      return {
        station: headOf(row),
        terms,
        today: localDate(now),
        update: may("update", "Staff", { stationId: row.id }),
        below: cover.map(({ id, name, officers }) => ({
          id,
          name,
          covered: officers.some(({ staffId }) => staffId === params.staffId),
        })),
      };
    }),
);

const route = { authorization: { action: "update", subject: "Staff" }, params: StaffParams } as const;

export const action = write({
  ...route,
  intents: {
    change: {
      form: TermForm,
      run: async ({ scoped, params: { stationId, staffId }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return changeStaff(tx, { stationId, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(`/stations/${stationId}/staff/${staffId}`, "staff:flash.changed", { name: form.name });
      },
    },
    correct: {
      form: TermForm,
      run: async ({ scoped, params: { stationId, staffId }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return correctStaff(tx, { stationId, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(`/stations/${stationId}/staff/${staffId}`, "staff:flash.changed", { name: form.name });
      },
    },
    end: {
      form: EndForm,
      run: async ({ scoped, params: { stationId }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return endStaff(tx, { stationId, ...form });
        });
        const { name } = settled(outcome, locale, Object.keys(form));
        return done(`/stations/${stationId}/staff`, "staff:flash.ended", { name });
      },
    },
    cover: {
      form: CoverForm,
      run: async ({ scoped, params: { stationId, staffId }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await stationToWrite(tx, stationId, { demand });
          return saveCover(tx, { stationId, staffId, coveredIds: form.covered, from: form.from });
        });
        settled(outcome, locale, Object.keys(form));
        return done(`/stations/${stationId}/staff/${staffId}`, "staff:flash.cover");
      },
    },
  },
});

export default function Person() {
  const { station, terms, today, update, below } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  const [latest] = terms;
  if (!latest) return null;
  const serving = latest.validTo === null;
  return (
    <>
      <PageHeader
        title={latest.name}
        note={
          <>
            {station.name} · <Entered>{latest.post}</Entered>
          </>
        }
        tag={<Tag tone={serving ? "good" : "mute"}>{t(serving ? "person.serving" : "person.left")}</Tag>}
      />
      <div className="grid gap-4">
        <Card title={t("person.history")} flush>
          <Table
            caption={t("person.history")}
            rows={terms}
            rowKey={(term) => term.id}
            grow
            columns={[
              {
                id: "from",
                header: t("column.span"),
                rowHeader: true,
                cell: (term) =>
                  term.validTo
                    ? t("person.span", { from: f.date(term.validFrom), to: f.date(term.validTo) })
                    : t("person.since", { from: f.date(term.validFrom) }),
              },
              { id: "post", header: t("field.post"), cell: (term) => <Entered>{term.post}</Entered> },
              {
                id: "employment",
                header: t("field.employment"),
                cell: (term) => t(`employment.${term.employment}`),
              },
              { id: "marks", header: t("column.marks"), cell: (term) => <Marks {...term} /> },
              { id: "phone", header: t("field.phone"), wide: true, cell: (term) => term.phone },
              {
                id: "education",
                header: t("field.education"),
                wide: true,
                cell: (term) => t(`education.${term.education}`),
              },
            ]}
          />
        </Card>
        {update && <PersonForms data={data} latest={latest} today={today} below={below} />}
      </div>
    </>
  );
}
