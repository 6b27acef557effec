import { dueOf } from "@muster/db/queries/visits/due";
import { listVisits } from "@muster/db/queries/visits/list";
import { endNotice, findNotice, noteEvent, noticesOf } from "@muster/db/queries/visits/notices";
import { dutyOf } from "@muster/db/queries/visits/workers";
import { localDate } from "@muster/domain/period";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { personOf } from "~/features/people/access.server";
import { placeOf } from "~/features/visits/access.server";
import { EndNoticeForm, NoticeForm, PersonParams } from "~/features/visits/forms";
import { DueCard, NoticesCard, RecentVisits } from "~/features/visits/person-visits";
import { settled } from "~/features/visits/refusal.server";
import { formatDate } from "~/i18n/format";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "read", subject: "Visit" }, params: PersonParams } as const;

export const handle = page<typeof loader>({
  i18n: ["visits"],
  menu: "/visits",
  title: (t, { person }) => `${t("visits:person.title")} · ${person.name}`,
  crumbs: (t, { person }) => [
    { label: t("visits:title"), to: "/visits" },
    { label: person.name, to: `/people/${person.id}` },
    { label: t("visits:person.title") },
  ],
});

const SHOWN = 20;

export const loader = read(route, ({ scoped, params: { personId }, may, now }) =>
  scoped(async (tx) => {
    const row = await personOf(tx, personId);
    const keeps = may("update", "Visit", placeOf(row));
    const { lines, total } = await listVisits(tx, { filter: { personId: row.personId }, limit: SHOWN });
    return {
      person: { id: row.id, name: row.name },
      due: await dueOf(tx, { stationId: row.stationId, recordId: row.id }),
      visits: lines.map((line) => ({ ...line, content: null })),
      total,
      notices: await noticesOf(tx, row.id),
      duty: await dutyOf(tx, row.id),
      keeps: keeps && (row.leftOn === null || row.wayOut === "died"),
      today: localDate(now),
    };
  }),
);

const here = (id: string) => `/visits/people/${id}`;

export const action = write({
  ...route,
  intents: {
    note: {
      authorization: { action: "update", subject: "Visit" },
      form: NoticeForm,
      run: async ({ scoped, params: { personId }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          demand("update", "Visit", placeOf(await personOf(tx, personId)));
          return noteEvent(tx, { recordId: personId, ...form });
        });
        const { dueOn } = settled(outcome, locale, Object.keys(form));
        return done(here(personId), "visits:flash.noted", { date: formatDate(dueOn, locale) });
      },
    },
    end: {
      authorization: { action: "update", subject: "Visit" },
      form: EndNoticeForm,
      run: async ({ scoped, params: { personId }, form: { notice, reason }, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          const row = await findNotice(tx, notice);
          if (row?.recordId !== personId) throw notFound();
          demand("update", "Visit", placeOf(row));
          return endNotice(tx, { id: notice, reason });
        });
        settled(outcome, locale);
        return done(here(personId), "visits:flash.ended");
      },
    },
  },
});

export default function PersonVisits() {
  const { person, due, visits, total, notices, duty, keeps, today } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["visits"]);
  return (
    <>
      <PageHeader
        title={
          <>
            {t("person.title")} · <span lang="zh-CN">{person.name}</span>
          </>
        }
        note={duty ? t("person.duty", { name: duty.name }) : undefined}
      >
        {keeps && (
          <LinkButton to={`/visits/new?person=${person.id}`} tone="primary">
            {t("person.log")}
          </LinkButton>
        )}
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <DueCard due={due} today={today} />
          <NoticesCard notices={notices} keeps={keeps} today={today} data={data} />
        </div>
        <RecentVisits personId={person.id} visits={visits} total={total} today={today} />
      </div>
    </>
  );
}
