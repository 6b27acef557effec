import { type Expiry, REMIND_DAYS, type SubjectKind } from "@muster/domain/evidence";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { EXPIRY_TONES, evidenceAddress } from "./model";

export interface ExpiringLine {
  id: string;
  title: string;
  stationName: string;
  subjectKind: SubjectKind;
  subjectId: string;
  expiresOn: string;
  expiry: Expiry;
}

/** What expires soon here and directly below, the first to expire first; each line opens the evidence beside it. */
export function ExpiringTable({ pieces }: { pieces: readonly ExpiringLine[] }) {
  const { t } = useTranslation(["evidence"]);
  const f = useFormat();
  return (
    <Card flush>
      <Table
        caption={t("expiring.caption")}
        rows={pieces}
        rowKey={(piece) => piece.id}
        grow
        empty={
          <EmptyState title={t("expiring.empty")}>
            {t("expiring.emptyHint", { count: REMIND_DAYS })}
          </EmptyState>
        }
        columns={[
          {
            id: "name",
            header: t("expiring.name"),
            rowHeader: true,
            cell: (piece) => (
              <Link
                to={evidenceAddress({ kind: piece.subjectKind, id: piece.subjectId })}
                className="inline-flex min-h-target items-center no-underline hover:underline"
              >
                {piece.title}
              </Link>
            ),
          },
          { id: "station", header: t("expiring.station"), cell: (piece) => piece.stationName },
          { id: "expiresOn", header: t("expiring.expiresOn"), cell: (piece) => f.date(piece.expiresOn) },
          {
            id: "state",
            header: t("expiring.state"),
            tight: true,
            cell: ({ expiry }) =>
              expiry === "none" ? "" : <Tag tone={EXPIRY_TONES[expiry]}>{t(`expiry.${expiry}`)}</Tag>,
          },
        ]}
      />
    </Card>
  );
}
