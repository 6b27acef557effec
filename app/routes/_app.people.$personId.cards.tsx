import { issueCards, replaceCard, withdrawCard } from "@muster/db/queries/cards/issue";
import { type CardRow, cardsOf, findCard, workersOf } from "@muster/db/queries/cards/read";
import { serialOf, usualEnd } from "@muster/domain/card";
import { localDate } from "@muster/domain/period";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { KindField, TermFields, useCardLabels } from "~/features/cards/card-fields";
import { IssueOneForm, ReplaceForm, WithdrawForm } from "~/features/cards/forms";
import { StandingTag } from "~/features/cards/list-view";
import { settled } from "~/features/cards/refusal.server";
import { personFor, personOf, placeOf } from "~/features/people/access.server";
import { PersonParams } from "~/features/people/forms";
import { Fold } from "~/features/people/person-cards";
import { useFormat } from "~/i18n/use-format";
import type { Permissions } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { FormErrors, type Refused, refusalIn } from "~/ui/form";
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

function CardLine({
  card,
  today,
  end,
  workers,
  update,
  refused,
}: {
  card: CardRow;
  today: string;
  end: string;
  workers: Parameters<typeof TermFields>[0]["workers"];
  update: boolean;
  refused: Refused | null;
}) {
  const { t } = useTranslation(["cards", "common"]);
  const f = useFormat();
  const own = refused?.values.id === card.id ? refused : null;
  const prefix = `replace-${card.id}-`;
  const labels = useCardLabels(prefix);
  return (
    <section className="border-b border-line py-3 last:border-0">
      <div className="flex flex-wrap items-center gap-x-3">
        <h3 className="m-0 flex-1 text-base">{t(`kind.${card.kind}`)}</h3>
        <StandingTag card={card} today={today} />
      </div>
      <p className="m-0 text-sm text-ink-3">
        <span className="tabular-nums">{serialOf(card)}</span> ·{" "}
        {t("person.version", { version: card.version })} ·{" "}
        {card.endedOn
          ? t("person.ended", { date: f.date(card.endedOn) })
          : t("person.until", { date: f.date(card.validUntil) })}{" "}
        · {t(card.printed ? "printed" : "unprinted")}
      </p>
      {update && (
        <>
          <Fold title={t("action.replace")} open={own !== null}>
            <Form method="post" className="grid gap-3" noValidate>
              <FormErrors refused={own} fields={labels} />
              <input type="hidden" name="id" value={card.id} />
              <p className="m-0 text-ink-3">{t("person.replaceHint")}</p>
              <TermFields
                refused={own}
                end={end}
                workers={workers}
                worker={card.workerId ?? ""}
                pairing={card.kind === "pairing"}
                prefix={prefix}
              />
              <div>
                <SubmitButton intent="replace">{t("action.replace")}</SubmitButton>
              </div>
            </Form>
          </Fold>
          <Fold title={t("action.withdraw")} open={false}>
            <Form method="post" className="grid gap-3">
              <input type="hidden" name="id" value={card.id} />
              <p className="m-0">{t("person.confirm")}</p>
              <div>
                <SubmitButton intent="withdraw" tone="danger">
                  {t("action.withdraw")}
                </SubmitButton>
              </div>
            </Form>
          </Fold>
        </>
      )}
    </section>
  );
}
