import type { CardRow } from "@muster/db/queries/cards/read";
import { CARD_KINDS, CARD_STANDINGS, serialOf, standingOf } from "@muster/domain/card";
import { Link, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Tag } from "~/ui/tag";
import type { RegisterColumn, RegisterFilter } from "../registers/register-list";

/** How a card stands, as a tag. */
export function StandingTag({ card, today }: { card: Pick<CardRow, "state" | "validUntil">; today: string }) {
  const { t } = useTranslation(["cards"]);
  const standing = standingOf(card, today);
  const tone = standing === "valid" ? "good" : standing === "expired" ? "warn" : "mute";
  return <Tag tone={tone}>{t(`standing.${standing}`)}</Tag>;
}

/** The columns of the list of cards. */
export function useCardColumns(today: string): RegisterColumn<CardRow>[] {
  const { t } = useTranslation(["cards"]);
  const f = useFormat();
  return [
    {
      id: "name",
      header: t("column.name"),
      rowHeader: true,
      cell: ({ recordId, name }) => (
        <Link
          to={`/people/${recordId}/cards`}
          lang="zh-CN"
          className="inline-flex min-h-target items-center no-underline hover:underline"
        >
          {name}
        </Link>
      ),
    },
    { id: "kind", header: t("column.kind"), cell: ({ kind }) => t(`kind.${kind}`) },
    {
      id: "serial",
      header: t("column.serial"),
      tight: true,
      cell: (card) => <span className="tabular-nums">{serialOf(card)}</span>,
    },
    {
      id: "standing",
      header: t("column.standing"),
      cell: (card) => <StandingTag card={card} today={today} />,
    },
    {
      id: "station",
      header: t("column.station"),
      choice: "on",
      cell: ({ stationName }) => <span lang="zh-CN">{stationName}</span>,
    },
    {
      id: "validUntil",
      header: t("column.validUntil"),
      choice: "on",
      tight: true,
      cell: ({ validUntil }) => f.date(validUntil),
    },
    {
      id: "printed",
      header: t("column.printed"),
      choice: "on",
      tight: true,
      cell: ({ printed }) => t(printed ? "printed" : "unprinted"),
    },
    {
      id: "issuedOn",
      header: t("column.issuedOn"),
      choice: "off",
      tight: true,
      cell: ({ issuedOn }) => f.date(issuedOn),
    },
  ];
}

/** The filters of the list of cards. */
export function useCardFilters(): RegisterFilter[] {
  const { t } = useTranslation(["cards"]);
  const [asked] = useSearchParams();
  const all = t("filter.all");
  const value = (name: string) => asked.get(name) ?? "";
  return [
    {
      name: "kind",
      label: t("filter.kind"),
      all,
      value: value("kind"),
      options: CARD_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
    },
    {
      name: "standing",
      label: t("filter.standing"),
      all,
      value: value("standing"),
      options: CARD_STANDINGS.map((standing) => ({ value: standing, label: t(`standing.${standing}`) })),
    },
    {
      name: "unprinted",
      label: t("filter.unprinted"),
      all,
      value: value("unprinted"),
      options: [{ value: "1", label: t("filter.unprintedOnly") }],
    },
  ];
}
