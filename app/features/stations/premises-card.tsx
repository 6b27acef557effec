import type { StationPage } from "@muster/db/queries/stations/page";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { EmptyState } from "~/ui/empty-state";

/** Premises and money as they stand, and how they stood before. */
export function PremisesCard({
  page: { premises, premisesHistory },
  edit,
}: {
  page: Pick<StationPage, "premises" | "premisesHistory">;
  edit: boolean;
}) {
  const { t } = useTranslation(["stations"]);
  const f = useFormat();
  return (
    <Card
      title={t("premises.title")}
      aside={
        edit && (
          <LinkButton to="premises" size="small">
            {t("action.premises")}
          </LinkButton>
        )
      }
    >
      {premises ? (
        <>
          <p className="m-0 mb-1 text-sm text-ink-3">
            {t("facts.since", { date: f.date(premises.validFrom) })}
          </p>
          <DescriptionList
            columns={1}
            items={[
              { term: t("premises.area"), value: f.integer(premises.area) },
              { term: t("premises.rooms"), value: f.integer(premises.rooms) },
              { term: t("premises.yearlyFunds"), value: f.integer(premises.yearlyFunds) },
              {
                term: t("premises.disclosedOn"),
                value: premises.disclosedOn ? f.date(premises.disclosedOn) : t("premises.notDisclosed"),
              },
            ]}
          />
        </>
      ) : (
        <EmptyState title={t("premises.never")}>{t("premises.neverHint")}</EmptyState>
      )}
      {premisesHistory.length > 1 && (
        <details className="mt-2">
          <summary className="flex min-h-target cursor-pointer items-center text-accent">
            {t("facts.earlier")}
          </summary>
          <ul className="m-0 list-none p-0 text-sm">
            {premisesHistory.map((row) => (
              <li key={row.validFrom} className="flex flex-wrap gap-x-3 border-b border-line py-1.5">
                <b className="font-medium">{f.date(row.validFrom)}</b>
                <span>{`${t("premises.area")} ${f.integer(row.area)}`}</span>
                <span>{`${t("premises.rooms")} ${f.integer(row.rooms)}`}</span>
                <span>{`${t("premises.yearlyFunds")} ${f.integer(row.yearlyFunds)}`}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}
