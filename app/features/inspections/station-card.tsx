import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import type { FindingLine } from "./finding-lines.server";
import { FindingTable } from "./finding-table";

interface Props {
  stationId: number;
  findings: readonly FindingLine[];
  /** How many there are; the card shows the first to fall due. */
  total: number;
  /** The reader may record one here. */
  adds: boolean;
}

/** What is still to be put right at a station and below it. */
export function FindingsCard({ stationId, findings, total, adds }: Props) {
  const { t } = useTranslation(["inspections"]);
  return (
    <Card
      id="findings"
      title={t("station.title")}
      aside={
        adds && (
          <LinkButton to={`/findings/new?station=${stationId}`} size="small">
            {t("findings.add")}
          </LinkButton>
        )
      }
      flush
      footer={
        <Link
          to={`/findings?station=${stationId}&state=all`}
          className="inline-flex min-h-target items-center"
        >
          {t("station.all")}
        </Link>
      }
    >
      <FindingTable
        caption={t("station.title")}
        rows={findings}
        stations={total > 0 && findings.some((finding) => finding.stationId !== stationId)}
        grow
        empty={<EmptyState title={t("station.none")} />}
      />
    </Card>
  );
}
