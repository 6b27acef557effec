import type { OtherCase } from "@muster/db/queries/assistance/row";
import { useTranslation } from "react-i18next";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import type { NamedType } from "./list-view.server";
import { OtherCases } from "./other-cases";

/** What somebody applied for, on the page of their archive, for those who read cases. */
export function PersonCases({
  personId,
  cases,
  types,
  creates,
}: {
  personId: string;
  cases: readonly OtherCase[];
  types: readonly NamedType[];
  creates: boolean;
}) {
  const { t } = useTranslation(["assistance"]);
  return (
    <Card
      id="assistance"
      title={t("personCard.title")}
      aside={
        creates && (
          <LinkButton to={`/assistance/new?person=${personId}`} size="small">
            {t("personCard.new")}
          </LinkButton>
        )
      }
    >
      {cases.length === 0 ? (
        <p className="m-0 text-ink-3">{t("personCard.none")}</p>
      ) : (
        <OtherCases cases={cases} types={types} />
      )}
    </Card>
  );
}
