import type { Visited, VisitRow, VisitWords } from "@muster/db/queries/visits/row";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { Notice } from "~/ui/notice";

type Shown = Omit<VisitRow, "content">;

/** What is known of a visit: whom, when, how and by whom; what was found for those who may read it. */
export function VisitFacts({
  visit,
  people,
  words,
}: {
  visit: Shown;
  people: readonly Visited[];
  words: VisitWords | null;
}) {
  const { t } = useTranslation(["visits"]);
  const f = useFormat();
  const total = visit.gift * visit.people;
  const written = (text: string) => <span lang="zh-CN">{text || t("none")}</span>;
  return (
    <>
      {visit.voidOn && (
        <Notice tone="warn">
          {t("visit.voidBy", {
            who: visit.voidBy,
            date: f.date(visit.voidOn),
            reason: visit.voidReason,
          })}
        </Notice>
      )}
      <Card title={t("visit.facts")}>
        <DescriptionList
          items={[
            { term: t("column.heldOn"), value: f.date(visit.heldOn) },
            { term: t("column.occasion"), value: t(`occasion.${visit.occasion}`) },
            { term: t("column.channel"), value: t(`channel.${visit.channel}`) },
            { term: t("column.worker"), value: <span lang="zh-CN">{visit.worker}</span> },
            {
              term: t("new.gift"),
              value:
                total === 0
                  ? t("none")
                  : people.length > 1
                    ? `${f.money(visit.gift)} · ${t("visit.total", { total: f.money(total) })}`
                    : f.money(visit.gift),
            },
          ]}
        />
        <p className="m-0 mt-2 text-sm text-ink-3">
          {t("visit.entered", { who: visit.enteredBy, when: f.dateTime(visit.enteredAt) })}
        </p>
      </Card>
      <Card title={t("visit.people")}>
        <ul className="m-0 flex list-none flex-wrap gap-x-4 p-0">
          {people.map(({ recordId, name }) => (
            <li key={recordId}>
              <Link
                to={`/people/${recordId}`}
                lang="zh-CN"
                className="inline-flex min-h-target min-w-target items-center"
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t("visit.words")}>
        {words ? (
          <DescriptionList
            items={[
              { term: t("new.place"), value: written(words.place) },
              {
                term: t("new.found_"),
                value: <span className="whitespace-pre-line">{written(words.found)}</span>,
              },
              {
                term: t("new.followUp"),
                value: (
                  <>
                    {written(words.followUp)}
                    {visit.followOn && ` · ${t("follow.open", { date: f.date(visit.followOn) })}`}
                  </>
                ),
              },
            ]}
          />
        ) : (
          <p className="m-0 text-ink-3">{t("visit.hidden")}</p>
        )}
      </Card>
    </>
  );
}
