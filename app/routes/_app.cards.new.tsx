import { issueCards } from "@muster/db/queries/cards/issue";
import { workersOf } from "@muster/db/queries/cards/read";
import { findPerson } from "@muster/db/queries/people/row";
import { usualEnd } from "@muster/domain/card";
import { localDate } from "@muster/domain/period";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { KindField, TermFields, useCardLabels } from "~/features/cards/card-fields";
import { IdsSearch, IssueForm } from "~/features/cards/forms";
import { settled } from "~/features/cards/refusal.server";
import { personFor, placeOf } from "~/features/people/access.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { FormErrors, refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const route = { authorization: { action: "update", subject: "Person" } } as const;

export const handle = page<typeof loader>({
  i18n: ["cards", "people"],
  menu: "/people",
  title: (t) => t("cards:issue.title"),
  crumbs: (t) => [{ label: t("people:title"), to: "/people" }, { label: t("cards:issue.title") }],
});

export const loader = read({ ...route, search: IdsSearch }, ({ scoped, search, may, actor, now }) =>
  scoped(async (tx) => {
    const rows = await Promise.all(search.ids.map((id) => findPerson(tx, id)));
    return {
      people: rows.flatMap((row) =>
        row && row.leftOn === null && may("update", "Person", placeOf(row))
          ? [{ id: row.id, name: row.name }]
          : [],
      ),
      workers: await workersOf(tx, actor.stationId),
      end: usualEnd(localDate(now)),
    };
  }),
);

export const action = write(
  { ...route, form: IssueForm },
  async ({ scoped, form: { ids, ...made }, demand, done }) => {
    const outcome = await scoped.write(async (tx) => {
      for (const id of ids) await personFor(tx, id, "update", { demand });
      return issueCards(tx, { ...made, recordIds: ids });
    });
    const { ids: cards, issued } = settled(outcome);
    const to = `/cards/print?${new URLSearchParams(cards.map((id) => ["ids", id]))}`;
    return issued > 0 ? done(to, "cards:flash.issued", { count: issued }) : done(to, "cards:flash.none");
  },
);

export default function NewCards() {
  const { people, workers, end } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  const { t } = useTranslation(["cards"]);
  const labels = useCardLabels();
  if (people.length === 0)
    return (
      <>
        <PageHeader title={t("issue.title")} />
        <Card>
          <EmptyState
            title={t("issue.none")}
            action={<LinkButton to="/people">{t("list.toPeople")}</LinkButton>}
          />
        </Card>
      </>
    );
  return (
    <>
      <PageHeader title={t("issue.title")} note={t("issue.note", { count: people.length })} />
      <Card className="max-w-3xl">
        <Form method="post" className="grid gap-4" noValidate>
          <FormErrors refused={refused} fields={labels} />
          {people.map(({ id }) => (
            <input key={id} type="hidden" name="ids" value={id} />
          ))}
          <div>
            <p className="m-0 font-semibold">{t("issue.people")}</p>
            <p lang="zh-CN" className="m-0">
              {people.map(({ name }) => name).join("、")}
            </p>
          </div>
          <KindField refused={refused} />
          <div className="grid gap-4 sm:grid-cols-2">
            <TermFields refused={refused} end={end} workers={workers} />
          </div>
          <div>
            <SubmitButton>{t("issue.send")}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  );
}
