import type { CaseLine } from "@muster/db/queries/assistance/list";
import { CASE_STATES, caseDaysOver, REFUSAL_REASONS } from "@muster/domain/assistance";
import { AGE_BAND_NAMES } from "@muster/domain/person";
import { Link, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Tag } from "~/ui/tag";
import type { RegisterColumn, RegisterFilter } from "../registers/register-list";
import { CASE_TONES } from "./labels";
import type { NamedType } from "./list-view.server";

/** The columns of the ledger of cases. */
export function useCaseColumns(types: readonly NamedType[], today: string): RegisterColumn<CaseLine>[] {
  const { t } = useTranslation(["assistance"]);
  const f = useFormat();
  const nameOf = new Map(types.map(({ code, name }) => [code, name]));
  const none = t("none");
  const money = (fen: number | null) => (fen === null ? none : f.money(fen));
  return [
    {
      id: "person",
      header: t("column.person"),
      rowHeader: true,
      cell: ({ id, personName, age }) => (
        <>
          <Link
            to={`/assistance/${id}`}
            lang="zh-CN"
            className="inline-flex min-h-target items-center no-underline hover:underline"
          >
            {personName}
          </Link>{" "}
          <span className="text-sm text-ink-3">{t("years", { age })}</span>
        </>
      ),
    },
    { id: "type", header: t("column.type"), cell: ({ typeCode }) => nameOf.get(typeCode) ?? typeCode },
    {
      id: "state",
      header: t("column.state"),
      cell: ({ state }) => <Tag tone={CASE_TONES[state]}>{t(`state.${state}`)}</Tag>,
    },
    {
      id: "dueOn",
      header: t("column.dueOn"),
      choice: "on",
      tight: true,
      named: true,
      cell: ({ dueOn }) => {
        const over = caseDaysOver(dueOn, today);
        return dueOn === null ? (
          none
        ) : over > 0 ? (
          <Tag tone="bad">{t("list.overdue", { count: over })}</Tag>
        ) : (
          f.date(dueOn)
        );
      },
    },
    {
      id: "appliedOn",
      header: t("column.appliedOn"),
      choice: "on",
      tight: true,
      named: true,
      cell: ({ appliedOn }) => f.date(appliedOn),
    },
    {
      id: "asked",
      header: t("column.asked"),
      choice: "on",
      numeric: true,
      cell: ({ asked }) => money(asked),
    },
    {
      id: "approved",
      header: t("column.approved"),
      choice: "off",
      numeric: true,
      cell: ({ approved }) => money(approved),
    },
    {
      id: "paid",
      header: t("column.paid"),
      choice: "on",
      numeric: true,
      cell: ({ paid }) => money(paid),
    },
    {
      id: "paidOn",
      header: t("column.paidOn"),
      choice: "off",
      tight: true,
      named: true,
      cell: ({ paidOn }) => (paidOn ? f.date(paidOn) : none),
    },
    {
      id: "station",
      header: t("column.station"),
      choice: "on",
      cell: ({ stationName }) => <span lang="zh-CN">{stationName}</span>,
    },
    {
      id: "number",
      header: t("column.number"),
      choice: "off",
      cell: ({ stationName, year, number }) => t("number", { station: stationName, year, number }),
    },
  ];
}

/** The filters of the ledger of cases. */
export function useCaseFilters(
  types: readonly NamedType[],
  categories: readonly { code: string; name: string }[],
): RegisterFilter[] {
  const { t } = useTranslation(["assistance", "people"]);
  const [asked] = useSearchParams();
  const all = t("filter.all");
  const value = (name: string) => asked.get(name) ?? "";
  return [
    {
      name: "stage",
      label: t("filter.stage"),
      all,
      value: value("stage"),
      options: (["open", "overdue", "ended"] as const).map((stage) => ({
        value: stage,
        label: t(`stage.${stage}`),
      })),
    },
    {
      name: "state",
      label: t("filter.state"),
      all,
      value: value("state"),
      options: CASE_STATES.map((state) => ({ value: state, label: t(`state.${state}`) })),
    },
    {
      name: "type",
      label: t("filter.type"),
      all,
      value: value("type"),
      options: types.map(({ code, name }) => ({ value: code, label: name })),
    },
    {
      name: "age",
      label: t("filter.age"),
      all,
      value: value("age"),
      options: AGE_BAND_NAMES.map((band) => ({ value: band, label: t(`people:age.${band}`) })),
    },
    {
      name: "category",
      label: t("filter.category"),
      all,
      value: value("category"),
      options: categories.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
    },
    {
      name: "refusal",
      label: t("filter.refusal"),
      all,
      value: value("refusal"),
      options: REFUSAL_REASONS.map((reason) => ({ value: reason, label: t(`reason.${reason}`) })),
    },
  ];
}
