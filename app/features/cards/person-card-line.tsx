import type { CardRow } from "@muster/db/queries/cards/read";
import { serialOf } from "@muster/domain/card";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { SubmitButton } from "~/ui/button";
import { FormErrors, type Refused } from "~/ui/form";
import { Fold } from "../people/person-cards";
import { TermFields, useCardLabels } from "./card-fields";
import { StandingTag } from "./list-view";

/** A card of somebody with how it stands; for whoever keeps it, the forms that replace it and take it back. */
export function CardLine({
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
