import type { CardRow } from "@muster/db/queries/cards/read";
import { serialOf } from "@muster/domain/card";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { StandingTag } from "./list-view";

/** The cards of somebody on their page: those in force, and the way to all of them. */
export function CardsCard({
  cards,
  today,
  manage,
}: {
  cards: readonly CardRow[];
  today: string;
  manage: boolean;
}) {
  const { t } = useTranslation(["cards"]);
  const f = useFormat();
  const inForce = cards.filter(({ state }) => state === "issued");
  return (
    <Card
      id="cards"
      title={t("person.title")}
      aside={
        <LinkButton to="cards" size="small">
          {t(manage ? "person.manage" : "action.all")}
        </LinkButton>
      }
    >
      {inForce.length === 0 ? (
        <p className="m-0 text-ink-3">{t("person.empty")}</p>
      ) : (
        <ul className="m-0 list-none p-0">
          {inForce.map((card) => (
            <li
              key={card.id}
              className="flex flex-wrap items-center gap-x-3 border-b border-line py-2 last:border-0"
            >
              <span className="flex-1 font-semibold">{t(`kind.${card.kind}`)}</span>
              <span className="text-sm text-ink-3">
                {serialOf(card)} · {t("person.until", { date: f.date(card.validUntil) })}
              </span>
              <StandingTag card={card} today={today} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
