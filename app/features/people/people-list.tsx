import type { Flag, PeopleSummary, PersonLine } from "@muster/db/queries/people/list";
import { AGE_CHOICES, ageOn } from "@muster/domain/person";
import { Form, Link, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Field } from "~/ui/field";
import { fieldOf, type Refused } from "~/ui/form";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { ProgressBar } from "~/ui/meter";
import { SearchBox } from "~/ui/search-box";
import { Tag } from "~/ui/tag";
import type { RegisterColumn, RegisterFilter } from "../registers/register-list";

/** A line as the page shows it: numbers are masked before they leave the server. */
export type ShownLine = Omit<PersonLine, "idNumber" | "phone"> & { idNumber: string; phone: string };
export type NamedCategory = { code: string; name: string; group: string };

/** The columns of the list of people. */
export function usePeopleColumns(
  categories: readonly NamedCategory[],
  today: string,
): RegisterColumn<ShownLine>[] {
  const { t } = useTranslation(["people"]);
  const f = useFormat();
  const nameOf = new Map(categories.map(({ code, name }) => [code, name]));
  return [
    {
      id: "name",
      header: t("column.name"),
      rowHeader: true,
      cell: ({ id, name, sex }) => (
        <>
          <Link
            to={`/people/${id}`}
            lang="zh-CN"
            className="inline-flex min-h-target items-center no-underline hover:underline"
          >
            {name}
          </Link>{" "}
          <span className="text-sm text-ink-3">{t(`sex.${sex}`)}</span>
        </>
      ),
    },
    {
      id: "age",
      header: t("column.age"),
      numeric: true,
      tight: true,
      cell: ({ bornOn, leftOn }) => ageOn(bornOn, leftOn ?? today),
    },
    {
      id: "categories",
      header: t("column.categories"),
      cell: (line) => line.categories.map((code) => nameOf.get(code) ?? code).join(t("join")) || t("none"),
    },
    {
      id: "marks",
      header: t("column.marks"),
      choice: "on",
      cell: (line) => <Marks line={line} listed />,
    },
    {
      id: "station",
      header: t("column.station"),
      choice: "on",
      cell: ({ stationName }) => <span lang="zh-CN">{stationName}</span>,
    },
    {
      id: "idNumber",
      header: t("column.idNumber"),
      choice: "off",
      tight: true,
      cell: ({ idNumber }) => <span className="tabular-nums">{idNumber || t("none")}</span>,
    },
    {
      id: "phone",
      header: t("column.phone"),
      choice: "on",
      tight: true,
      cell: ({ phone }) => <span className="tabular-nums">{phone || t("none")}</span>,
    },
    {
      id: "completeness",
      header: t("column.completeness"),
      choice: "on",
      cell: ({ completeness }) => <Completeness percent={completeness} />,
    },
    {
      id: "confirmedOn",
      header: t("column.confirmedOn"),
      choice: "on",
      tight: true,
      named: true,
      cell: ({ confirmedOn }) => (confirmedOn ? f.date(confirmedOn) : t("person.neverConfirmed")),
    },
    {
      id: "activeFrom",
      header: t("column.activeFrom"),
      choice: "off",
      tight: true,
      cell: ({ activeFrom }) => f.date(activeFrom),
    },
  ];
}

/** How complete an archive is, as a bar and in words. */
export function Completeness({ percent }: { percent: number }) {
  const { t } = useTranslation(["people"]);
  return (
    <span className="flex min-w-24 items-center gap-2">
      <span className="w-10 text-right text-sm tabular-nums">{percent}%</span>
      <span className="flex-1">
        <ProgressBar label={t("completeness", { percent })} share={percent / 100} />
      </span>
    </span>
  );
}

/** What marks somebody out. */
export function Marks({
  line,
  listed = false,
}: {
  line: Pick<ShownLine, "livingAlone" | "emptyNest" | "plaque" | "cardSince" | "leftOn" | "wayOut">;
  /** In a list, where on a phone no head stands above a value. */
  listed?: boolean;
}) {
  const { t } = useTranslation(["people"]);
  const flags: [boolean, Flag][] = [
    [line.livingAlone, "living_alone"],
    [line.emptyNest, "empty_nest"],
    [line.cardSince !== null, "card"],
    [line.plaque, "plaque"],
  ];
  if (!line.wayOut && flags.every(([holds]) => !holds))
    return <span className={listed ? "max-sm:hidden" : undefined}>{t("noMarks")}</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {line.wayOut && <Tag tone="mute">{t(`wayOut.${line.wayOut}`)}</Tag>}
      {flags.map(
        ([holds, flag]) =>
          holds && (
            <Tag key={flag} plain tone={flag === "living_alone" || flag === "empty_nest" ? "warn" : "good"}>
              {t(`flag.${flag}`)}
            </Tag>
          ),
      )}
    </span>
  );
}

/** The filters of the list of people. */
export function usePeopleFilters(categories: readonly NamedCategory[]): RegisterFilter[] {
  const { t } = useTranslation(["people"]);
  const [asked] = useSearchParams();
  const all = t("filter.all");
  const value = (name: string) => asked.get(name) ?? "";
  const groups = ["retired_cadre", "veteran", "bereaved", "entitled", "family", "other"] as const;
  return [
    {
      name: "category",
      label: t("filter.category"),
      all,
      value: value("category"),
      options: [
        ...groups.map((group) => ({ value: group, label: t(`group.${group}`) })),
        ...categories.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
      ],
    },
    {
      name: "age",
      label: t("filter.age"),
      all,
      value: value("age"),
      options: AGE_CHOICES.map((band) => ({ value: band, label: t(`age.${band}`) })),
    },
    {
      name: "flag",
      label: t("filter.flag"),
      all,
      value: value("flag"),
      options: (["living_alone", "empty_nest", "card", "plaque"] as const).map((flag) => ({
        value: flag,
        label: t(`flag.${flag}`),
      })),
    },
    {
      name: "archive",
      label: t("filter.archive"),
      all,
      value: value("archive"),
      options: (["open", "due", "incomplete", "complete"] as const).map((state) => ({
        value: state,
        label: t(`archiveState.${state}`),
      })),
    },
    {
      name: "state",
      label: t("filter.state"),
      value: value("state") || "active",
      options: (["active", "left", "any"] as const).map((state) => ({
        value: state,
        label: t(`state.${state}`),
      })),
    },
  ];
}

/** The search goes by a form, so that a number of somebody stands in no address. */
export function PeopleSearchForm({ q, refused }: { q: string; refused: Refused | null }) {
  const { t } = useTranslation(["people"]);
  const [asked] = useSearchParams();
  const { defaultValue, error } = fieldOf(refused, "q", q);
  return (
    <search className="block print:hidden">
      <Form method="post" action="?index" aria-label={t("search.label")}>
        <input type="hidden" name="query" value={String(asked)} />
        <input type="hidden" name="intent" value="find" />
        <Field id="search" label={t("search.label")} hideLabel error={error}>
          {() => <SearchBox key={q} label={t("search.label")} defaultValue={defaultValue} />}
        </Field>
      </Form>
    </search>
  );
}

/** How many there are, how old they are, and whose archive needs work. */
export function PeopleNumbers({
  summary,
  cards,
  today,
}: {
  summary: PeopleSummary | null;
  /** How many have a card that is valid. */
  cards: { people: number; holders: number } | null;
  today: string;
}) {
  const { t } = useTranslation(["people", "cards"]);
  const f = useFormat();
  const [search] = useSearchParams();
  if (!summary) {
    const asked = new URLSearchParams(search);
    asked.set("ages", "1");
    return (
      <p className="mb-3">
        <Link to={`?${asked}`}>{t("summary.ask")}</Link>
      </p>
    );
  }
  if (summary.people === 0) return null;
  const { people, bands, averageAge, oldest, youngest, incomplete, due } = summary;
  return (
    <KeyNumbers>
      <KeyNumber label={t("summary.people")} value={f.integer(people)} to="/people" />
      <KeyNumber
        label={t("summary.over80")}
        value={f.integer(bands.from_80 + bands.from_90)}
        note={t("summary.over90", { count: bands.from_90 })}
        to="/people?age=over_80"
      />
      <KeyNumber
        label={t("summary.average")}
        value={f.decimal(averageAge)}
        note={
          oldest &&
          youngest &&
          t("summary.span", { oldest: ageOn(oldest, today), youngest: ageOn(youngest, today) })
        }
      />
      <KeyNumber
        label={t("summary.incomplete")}
        value={f.integer(incomplete)}
        note={t("summary.due", { count: due })}
        to="/people?archive=incomplete"
      />
      {cards && (
        <KeyNumber
          label={t("cards:share.label")}
          value={f.integer(cards.holders)}
          note={t("cards:share.note", {
            percent: f.percent(cards.people > 0 ? cards.holders / cards.people : null),
          })}
          to="/cards"
        />
      )}
    </KeyNumbers>
  );
}
