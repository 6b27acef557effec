import { issueCards, replaceCard, withdrawCard } from "@muster/db/queries/cards/issue";
import { type CardRow, cardsOf, findCard, workersOf } from "@muster/db/queries/cards/read";
import { usualEnd } from "@muster/domain/card";
import { localDate } from "@muster/domain/period";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { KindField, TermFields, useCardLabels } from "~/features/cards/card-fields";
import { IssueOneForm, ReplaceForm, WithdrawForm } from "~/features/cards/forms";
import { CardLine } from "~/features/cards/person-card-line";
import { settled } from "~/features/cards/refusal.server";
import { personFor, personOf, placeOf } from "~/features/people/access.server";
import { PersonParams } from "~/features/people/forms";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { FormErrors, refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

export const handle = page<typeof loader>({
  i18n: ["cards", "people"],
  menu: "/people",
  title: (t) => t("cards:person.title"),
  crumbs: (t, { person }) => [
    { label: t("people:title"), to: "/people" },
    { label: person.name, to: `/people/${person.id}` },
    { label: t("cards:person.title") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Person" }, params: PersonParams },
  ({ scoped, params, may, now }) =>
    scoped(async (tx) => {
      const row = await personOf(tx, params.personId);
      const today = localDate(now);
      return {
        person: { id: row.id, name: row.name },
        cards: await cardsOf(tx, row.id),
        workers: await workersOf(tx, row.stationId),
        today,
        end: usualEnd(today),
        rights: {
          update: may("update", "Person", placeOf(row)) && row.leftOn === null,
          print: may("reveal", "Person", placeOf(row)),
        },
      };
    }),
);

/** A card of the person of the page, which the caller keeps the archive of. */
async function cardFor(
  tx: Tx,
  { personId, id }: { personId: string; id: string },
  { demand }: Pick<Permissions, "demand">,
): Promise<CardRow> {
  await personFor(tx, personId, "update", { demand });
  const card = await findCard(tx, id);
  if (card?.recordId !== personId) throw notFound();
  return card;
}

const keeps = { action: "update", subject: "Person" } as const;

export const action = write({
  authorization: keeps,
  params: PersonParams,
  intents: {
    issue: {
      form: IssueOneForm,
      run: async ({ scoped, params: { personId }, form, demand, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, personId, "update", { demand });
          return issueCards(tx, { ...form, recordIds: [personId] });
        });
        const { issued } = settled(outcome);
        const to = `/people/${personId}/cards`;
        return issued > 0 ? done(to, "cards:flash.issued", { count: issued }) : done(to, "cards:flash.none");
      },
    },
    replace: {
      form: ReplaceForm,
      run: async ({ scoped, params: { personId }, form, demand, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await cardFor(tx, { personId, id: form.id }, { demand });
          return replaceCard(tx, form);
        });
        settled(outcome);
        return done(`/people/${personId}/cards`, "cards:flash.replaced");
      },
    },
    withdraw: {
      form: WithdrawForm,
      run: async ({ scoped, params: { personId }, form, demand, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await cardFor(tx, { personId, id: form.id }, { demand });
          return withdrawCard(tx, form);
        });
        settled(outcome);
        return done(`/people/${personId}/cards`, "cards:flash.withdrawn");
      },
    },
  },
});

export default function PersonCards() {
  const { person, cards, workers, today, end, rights } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["cards"]);
  const refused = refusalIn(data, "issue");
  const labels = useCardLabels();
  const printable = cards.filter(({ state }) => state === "issued");
  return (
    <>
      <PageHeader title={t("person.title")} note={<span lang="zh-CN">{person.name}</span>}>
        <LinkButton to={`/people/${person.id}`}>{t("person.back")}</LinkButton>
        {rights.print && printable.length > 0 && (
          <LinkButton
            tone="primary"
            to={`/cards/print?${new URLSearchParams(printable.map(({ id }) => ["ids", id]))}`}
          >
            {t("action.print")}
          </LinkButton>
        )}
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title={t("list.caption")}>
          <FormErrors refused={refusalIn(data, "withdraw")} />
          {cards.length === 0 && <EmptyState title={t("person.empty")} />}
          {cards.map((card) => (
            <CardLine
              key={card.id}
              card={card}
              today={today}
              end={end}
              workers={workers}
              update={rights.update && card.state === "issued"}
              refused={refusalIn(data, "replace")}
            />
          ))}
        </Card>
        {rights.update && (
          <Card title={t("action.issue")}>
            <Form method="post" className="grid gap-4" noValidate>
              <FormErrors refused={refused} fields={labels} />
              <KindField refused={refused} />
              <TermFields refused={refused} end={end} workers={workers} />
              <div>
                <SubmitButton intent="issue">{t("action.issue")}</SubmitButton>
              </div>
            </Form>
          </Card>
        )}
      </div>
    </>
  );
}
