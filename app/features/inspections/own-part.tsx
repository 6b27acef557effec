import { useTranslation } from "react-i18next";
import { Entered } from "~/features/staff/entered";
import { useFormat } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";

interface Props {
  own: {
    byStationName: string;
    unannounced: boolean;
    startsOn: string;
    endsOn: string;
    visitedOn: string | null;
    visitedBy: string | null;
    visitNote: string;
  };
}

/** What a station concerned knows of an inspection: when somebody was there and what they saw. */
export function OwnPart({ own }: Props) {
  const { t } = useTranslation(["inspections"]);
  const f = useFormat();
  return (
    <Card title={t("page.own")}>
      <DescriptionList
        items={[
          { term: t("column.by"), value: own.byStationName },
          {
            term: t("page.dates"),
            value: t("dates", { from: f.date(own.startsOn), to: f.date(own.endsOn) }),
          },
          ...(own.unannounced ? [{ term: t("page.kind"), value: t("page.kindUnannounced") }] : []),
          {
            term: t("page.visitedOn"),
            value: own.visitedOn ? (
              <>
                {f.date(own.visitedOn)} <Entered>{own.visitedBy}</Entered>
              </>
            ) : (
              t("page.waits")
            ),
          },
          {
            term: t("page.seen"),
            value: own.visitNote ? <Entered>{own.visitNote}</Entered> : t("page.nothingSeen"),
          },
        ]}
      />
    </Card>
  );
}
