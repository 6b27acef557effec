import { casesOfPerson } from "@muster/db/queries/assistance/row";
import { allTypes } from "@muster/db/queries/assistance/types";
import { cardsOf } from "@muster/db/queries/cards/read";
import {
  addCategory,
  confirmPeople,
  endCategory,
  endPerson,
  mergePerson,
  reinstatePerson,
  revealPart,
} from "@muster/db/queries/people/archive";
import { namesakesOf } from "@muster/db/queries/people/list";
import {
  categoriesOf,
  cityCategories,
  confirmationsOf,
  maskedBasics,
  openSection,
  sectionsOf,
  staysOf,
} from "@muster/db/queries/people/row";
import { listPetitions } from "@muster/db/queries/petitions/read";
import { listReceptions } from "@muster/db/queries/reception/list";
import { listVisits } from "@muster/db/queries/visits/list";
import { localDate } from "@muster/domain/period";
import { ageOn } from "@muster/domain/person";
import { SECTION_NAMES, SECTIONS } from "@muster/domain/person-sections";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { namedTypes } from "~/features/assistance/list-view.server";
import { PersonCases } from "~/features/assistance/person-cases";
import { CardsCard } from "~/features/cards/cards-card";
import { personFor, personOf, placeOf } from "~/features/people/access.server";
import {
  CategoryForm,
  EndCategoryForm,
  LeaveForm,
  MergeForm,
  NothingForm,
  PersonParams,
  ReinstateForm,
  RevealForm,
} from "~/features/people/forms";
import { LeaveForms } from "~/features/people/leave-forms";
import { namedCategories } from "~/features/people/list-view.server";
import { Marks } from "~/features/people/people-list";
import {
  CategoriesCard,
  HistoryCard,
  RevealForm as RevealBox,
  revealedIn,
  SectionCard,
} from "~/features/people/person-cards";
import { settled } from "~/features/people/refusal.server";
import { PersonCounter } from "~/features/reception/person-counter";
import { RecentVisits } from "~/features/visits/person-visits";
import { useFormat } from "~/i18n/use-format";
import { keyring } from "~/server/keys.server";
import { read, write } from "~/server/route.server";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { ProgressBar } from "~/ui/meter";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { PrintButton } from "~/ui/print-button";
import { Tag } from "~/ui/tag";

export const handle = page<typeof loader>({
  i18n: ["people", "visits", "cards", "reception", "petitions", "assistance"],
  menu: "/people",
  title: (_, { person }) => person.name,
  crumbs: (t, { person }) => [{ label: t("people:title"), to: "/people" }, { label: person.name }],
});

export const loader = read(
  { authorization: { action: "read", subject: "Person" }, params: PersonParams },
  ({ scoped, params, now, may, locale }) =>
    scoped(async (tx) => {
      const keys = keyring();
      const { cityId } = tx.scope;
      const row = await personOf(tx, params.personId);
      const rows = new Map((await sectionsOf(tx, row.id)).map((section) => [section.section, section]));
      const stays = await staysOf(tx, row.personId);
      const active = row.leftOn === null;
      const update = may("update", "Person", placeOf(row));
      return {
        person: { ...row, ...maskedBasics(keys, cityId, row) },
        station: stays.find(({ id }) => id === row.id)?.stationName ?? "",
        sections: SECTION_NAMES.map((section) => {
          const stored = rows.get(section);
          const { masked } = SECTIONS[section];
          return {
            section,
            masked,
            filled: stored?.filled ?? 0,
            content: masked ? null : stored ? openSection(keys, cityId, stored) : {},
            updated: stored ? { who: stored.updatedBy, when: stored.updatedAt } : null,
          };
        }),
        cards: await cardsOf(tx, row.id),
        held: await categoriesOf(tx, row.id),
        categories: namedCategories(await cityCategories(tx), locale),
        stays,
        confirmations: await confirmationsOf(tx, row.id),
        visits: (await listVisits(tx, { filter: { personId: row.personId }, limit: 3 })).lines.map(
          ({ id, heldOn, channel, occasion, worker, followOn, followedOn, voidOn }) => ({
            ...{ id, heldOn, channel, occasion, worker, followOn, followedOn, voidOn },
          }),
        ),
        receptions: (await listReceptions(tx, { filter: { recordId: row.id }, limit: 3 })).lines.map(
          ({ id, day, question, state }) => ({ id, day, question, state }),
        ),
        petitions: may("read", "Petition", placeOf(row))
          ? (await listPetitions(tx, { filter: { recordId: row.id }, limit: 3 })).lines.map(
              ({ id, receivedOn, subject, state }) => ({ id, receivedOn, subject, state }),
            )
          : null,
        logs: active && may("create", "Reception", placeOf(row)),
        others: active && update ? await namesakesOf(tx, row) : [],
        assistance: may("read", "Assistance", placeOf(row))
          ? {
              cases: await casesOfPerson(tx, row.personId),
              types: namedTypes(await allTypes(tx), locale),
              creates: active && may("create", "Assistance", placeOf(row)),
            }
          : null,
        rights: {
          update: update && active,
          reinstate: update && !active && row.wayOut !== "transferred",
          reveal: may("reveal", "Person", placeOf(row)),
        },
        today: localDate(now),
      };
    }),
);

const here = (id: string) => `/people/${id}`;

export const action = write({
  authorization: { action: "read", subject: "Person" },
  params: PersonParams,
  intents: {
    reveal: {
      authorization: { action: "reveal", subject: "Person" },
      form: RevealForm,
      run: async ({ scoped, params: { personId: id }, form, demand, locale }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "reveal", { demand });
          return revealPart(tx, keyring(), { id, ...form });
        });
        const { content } = settled(outcome, locale);
        return { ok: true as const, revealed: form.part, content };
      },
    },
    confirm: {
      authorization: { action: "update", subject: "Person" },
      form: NothingForm,
      run: async ({ scoped, params: { personId: id }, demand, done }) => {
        const count = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          return confirmPeople(tx, [id]);
        });
        return done(here(id), "people:flash.confirmed", { count });
      },
    },
    category: {
      authorization: { action: "update", subject: "Person" },
      form: CategoryForm,
      run: async ({ scoped, params: { personId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          return addCategory(tx, { id, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(here(id), "people:flash.saved");
      },
    },
    endCategory: {
      authorization: { action: "update", subject: "Person" },
      form: EndCategoryForm,
      run: async ({ scoped, params: { personId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          return endCategory(tx, { id, ...form });
        });
        settled(outcome, locale);
        return done(here(id), "people:flash.saved");
      },
    },
    leave: {
      authorization: { action: "update", subject: "Person" },
      form: LeaveForm,
      run: async ({ scoped, params: { personId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          return endPerson(tx, { id, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(here(id), "people:flash.left");
      },
    },
    merge: {
      authorization: { action: "update", subject: "Person" },
      form: MergeForm,
      run: async ({ scoped, params: { personId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          await personFor(tx, form.into, "update", { demand });
          return mergePerson(tx, { id, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(here(form.into), "people:flash.merged");
      },
    },
    reinstate: {
      authorization: { action: "update", subject: "Person" },
      form: ReinstateForm,
      run: async ({ scoped, params: { personId: id }, form, demand, locale, done }) => {
        const outcome = await scoped.write(async (tx) => {
          await personFor(tx, id, "update", { demand });
          return reinstatePerson(tx, keyring(), { id, ...form });
        });
        settled(outcome, locale, Object.keys(form));
        return done(here(id), "people:flash.reinstated");
      },
    },
  },
});

export default function Person() {
  const {
    person,
    station,
    sections,
    held,
    categories,
    stays,
    confirmations,
    visits,
    others,
    rights,
    today,
    cards,
    receptions,
    petitions,
    logs,
    assistance,
  } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  const revealed = revealedIn(data);
  const basics = revealed?.revealed === "basics" ? revealed.content : person;
  const left = person.leftOn && person.wayOut;
  return (
    <>
      <PageHeader
        title={<span lang="zh-CN">{person.name}</span>}
        note={
          <>
            <span lang="zh-CN">{station}</span> · {t(`sex.${person.sex}`)} ·{" "}
            {t("years", { age: ageOn(person.bornOn, person.leftOn ?? today) })}
          </>
        }
        tag={
          left ? (
            <Tag>{t("person.left", { way: t(`wayOut.${left}`), date: f.date(person.leftOn ?? "") })}</Tag>
          ) : (
            <Tag tone="good">{t("state.active")}</Tag>
          )
        }
      >
        <PrintButton />
        {rights.update && (
          <Form method="post" action="?index">
            <SubmitButton intent="confirm">{t("person.confirm")}</SubmitButton>
          </Form>
        )}
      </PageHeader>
      <div className="mb-4 grid gap-1">
        <p className="m-0 font-semibold">{t("completeness", { percent: person.completeness })}</p>
        <ProgressBar
          label={t("completeness", { percent: person.completeness })}
          share={person.completeness / 100}
        />
        <p className="m-0 text-sm text-ink-3">
          {person.confirmedOn
            ? t("person.confirmedOn", { date: f.date(person.confirmedOn) })
            : t("person.neverConfirmed")}
          {rights.update && ` · ${t("person.confirmHint")}`}
        </p>
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card
          id="basics"
          title={t("section.basics")}
          aside={
            rights.update && (
              <LinkButton to="basics" size="small">
                {t("person.edit")}
              </LinkButton>
            )
          }
        >
          <DescriptionList
            items={[
              { term: t("field.bornOn"), value: f.date(person.bornOn) },
              {
                term: t("field.idNumber"),
                value: <span className="break-all tabular-nums">{basics.idNumber || t("none")}</span>,
              },
              {
                term: t("field.phone"),
                value: <span className="break-all tabular-nums">{basics.phone || t("none")}</span>,
              },
              { term: t("column.marks"), value: <Marks line={person} /> },
            ]}
          />
          {rights.reveal && revealed?.revealed !== "basics" && (
            <div className="mt-3">
              <RevealBox part="basics" />
            </div>
          )}
        </Card>
        <CategoriesCard held={held} choices={categories} data={data} today={today} rights={rights} />
        {sections.map((view) => (
          <SectionCard key={view.section} view={view} revealed={revealed} rights={rights} />
        ))}
        <RecentVisits level="card" personId={person.id} visits={visits} total={visits.length} today={today} />
        <CardsCard cards={cards} today={today} manage={rights.update} />
        <PersonCounter personId={person.id} receptions={receptions} petitions={petitions} logs={logs} />
        {assistance && <PersonCases personId={person.id} {...assistance} />}
        <HistoryCard stays={stays} confirmations={confirmations} />
        <LeaveForms
          data={data}
          version={person.version}
          today={today}
          active={rights.update}
          reinstate={rights.reinstate}
          others={others.map(({ id, name, bornOn }) => ({ id, label: `${name} ${f.date(bornOn)}` }))}
        />
      </div>
    </>
  );
}
