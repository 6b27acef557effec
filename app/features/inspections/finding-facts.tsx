import type { FindingSeverity } from "@muster/domain/inspection";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Entered } from "~/features/staff/entered";
import { useFormat, useLocale } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { Tag } from "~/ui/tag";
import { SEVERITY_TONES } from "./labels";

interface Props {
  finding: {
    stationId: number;
    body: string;
    itemCode: string | null;
    itemZh: string;
    itemEn: string;
    severity: FindingSeverity;
    openedOn: string;
    openedBy: string;
    byStationName: string;
    dueOn: string;
    assessmentYear: number | null;
    assessmentRound: number | null;
  };
  judgedBy: string;
  /** `theme` is null for who sees the finding and not the inspection. */
  inspection: { id: string; theme: string | null } | null;
  /** Days until its date; null once it is settled. */
  left: number | null;
}

/** What is wrong, where it comes from, by when it has to be put right and who judges that. */
export function FindingFacts({ finding, judgedBy, inspection, left }: Props) {
  const { t } = useTranslation(["inspections"]);
  const f = useFormat();
  const locale = useLocale();
  const { itemCode, assessmentYear: year, assessmentRound: round } = finding;
  const item = locale === "zh-CN" ? finding.itemZh : finding.itemEn;
  return (
    <Card
      title={t("finding.facts")}
      aside={<Tag tone={SEVERITY_TONES[finding.severity]}>{t(`severity.${finding.severity}`)}</Tag>}
    >
      <p className="m-0 mb-3 whitespace-pre-line text-md [overflow-wrap:anywhere]">
        <Entered>{finding.body}</Entered>
      </p>
      <DescriptionList
        columns={1}
        items={[
          {
            term: t("finding.item"),
            value:
              itemCode !== null ? (
                `${itemCode} ${item}`
              ) : finding.itemZh === "" ? (
                t("finding.freeItem")
              ) : (
                <Entered>{finding.itemZh}</Entered>
              ),
          },
          {
            term: t("column.dueOn"),
            value: (
              <>
                {f.date(finding.dueOn)}
                {left !== null && <span className="text-ink-3"> · {f.daysLeft(left)}</span>}
              </>
            ),
          },
          {
            term: t("finding.foundBy"),
            value: (
              <>
                {finding.byStationName} <Entered>{finding.openedBy}</Entered> · {f.date(finding.openedOn)}
              </>
            ),
          },
          { term: t("finding.inspector"), value: judgedBy },
          ...(inspection
            ? [
                {
                  term: t("finding.byInspection"),
                  value: (
                    <Link
                      to={`/inspections/${inspection.id}`}
                      className="inline-flex min-h-target items-center"
                    >
                      {inspection.theme === null ? t("page.own") : <Entered>{inspection.theme}</Entered>}
                    </Link>
                  ),
                },
              ]
            : []),
          ...(year !== null && round !== null
            ? [
                {
                  term: t("finding.byAssessment"),
                  value: (
                    <Link
                      to={`/stations/${finding.stationId}/assessments/${round === 1 ? year : `${year}-${round}`}`}
                      className="inline-flex min-h-target items-center"
                    >
                      {round === 1 ? year : `${year}-${round}`}
                    </Link>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
