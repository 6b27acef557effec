import { ageOn } from "@muster/domain/person";
import { neededIn } from "@muster/domain/person-sections";
import type { SerializeFrom } from "@remix-run/node";
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { PersonCases } from "~/features/assistance/person-cases";
import { CardsCard } from "~/features/cards/cards-card";
import { PersonCounter } from "~/features/reception/person-counter";
import { RecentVisits } from "~/features/visits/person-visits";
import { useFormat } from "~/i18n/use-format";
import { LinkButton, SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { ProgressBar } from "~/ui/meter";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";
import { LeaveForms } from "./leave-forms";
import { Marks } from "./people-list";
import type { personModel } from "./person.server";
import {
  CategoriesCard,
  HistoryCard,
  RevealForm as RevealBox,
  type Revealed,
  revealedIn,
  SectionCard,
} from "./person-cards";

type PersonModel = SerializeFrom<Awaited<ReturnType<typeof personModel>>>;

/** The page of somebody's archive. @param data what an action answered */
export function PersonPage({ model, data }: { model: PersonModel; data: unknown }) {
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
  } = model;
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  const revealed = revealedIn(data);
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
        <LinkButton to="sheet">{t("form.link")}</LinkButton>
        {rights.update && (
          <Form method="post" action="?index">
            <SubmitButton intent="confirm">{t("person.confirm")}</SubmitButton>
          </Form>
        )}
      </PageHeader>
      <Completeness model={model} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <BasicsCard model={model} revealed={revealed} />
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

/** How complete the archive is, and which parts still want something: each leads to its form. */
function Completeness({ model: { person, sections, rights } }: { model: PersonModel }) {
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  const missing = [
    { part: "basics" as const, lacks: [person.idNumber, person.phone].filter((said) => !said).length },
    ...sections.map(({ section, filled }) => ({ part: section, lacks: neededIn(section) - filled })),
  ].filter(({ lacks }) => lacks > 0);
  return (
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
      {rights.update && missing.length > 0 && (
        <p className="m-0 flex flex-wrap items-center gap-x-4 print:hidden">
          <span>{t("person.missing")}</span>
          {missing.map(({ part, lacks }) => (
            <Link key={part} to={part} className="inline-flex min-h-target items-center">
              {t("person.missingPart", { part: t(`section.${part}`), number: lacks })}
            </Link>
          ))}
        </p>
      )}
    </div>
  );
}

function BasicsCard({
  model: { person, rights },
  revealed,
}: {
  model: PersonModel;
  revealed: Revealed | null;
}) {
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  const basics = revealed?.revealed === "basics" ? revealed.content : person;
  return (
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
  );
}
