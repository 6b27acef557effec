import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Entered } from "~/features/staff/entered";
import { useFormat, useLocale } from "~/i18n/use-format";
import { Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import type { FindingLine } from "./finding-lines.server";
import { FINDING_TONES, SEVERITY_TONES } from "./labels";

interface Props {
  caption: string;
  rows: readonly FindingLine[];
  empty?: ReactNode;
  /** Left out where all of them stand at one station. */
  stations?: boolean;
  grow?: boolean;
}

/** Findings with what is wrong, how grave it is, how it stands and by when. */
export function FindingTable({ caption, rows, empty, stations = true, grow }: Props) {
  const { t } = useTranslation(["inspections"]);
  const f = useFormat();
  const locale = useLocale();
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      rowTone={({ over }) => (over > 0 ? "warn" : undefined)}
      empty={empty}
      grow={grow}
      stacked
      columns={[
        {
          id: "body",
          header: t("column.body"),
          rowHeader: true,
          cell: ({ id, body, itemCode, itemZh, itemEn }) => (
            <span className="grid min-w-40">
              <Link to={`/findings/${id}`} className="inline-flex min-h-target items-center">
                <Entered>{body.length > 60 ? `${body.slice(0, 60)}…` : body}</Entered>
              </Link>
              <span className="text-sm text-ink-3">
                {itemCode}{" "}
                {itemCode === null ? <Entered>{itemZh}</Entered> : locale === "zh-CN" ? itemZh : itemEn}
              </span>
            </span>
          ),
        },
        ...(stations
          ? [
              {
                id: "station",
                header: t("column.station"),
                cell: ({ stationId, stationName, parentName }: FindingLine) => (
                  <span className="flex flex-wrap items-center gap-x-2 sm:grid sm:min-w-20">
                    <Link to={`/stations/${stationId}`} className="inline-flex min-h-target items-center">
                      {stationName}
                    </Link>
                    <span className="text-sm text-ink-3">{parentName}</span>
                  </span>
                ),
              },
            ]
          : []),
        {
          id: "severity",
          header: t("column.severity"),
          tight: true,
          cell: ({ severity }) => <Tag tone={SEVERITY_TONES[severity]}>{t(`severity.${severity}`)}</Tag>,
        },
        {
          id: "state",
          header: t("column.state"),
          tight: true,
          cell: ({ state }) => <Tag tone={FINDING_TONES[state]}>{t(`status.${state}`)}</Tag>,
        },
        {
          id: "openedOn",
          header: t("column.openedOn"),
          tight: true,
          wide: true,
          cell: ({ openedOn }) => f.date(openedOn),
        },
        {
          id: "dueOn",
          header: t("column.dueOn"),
          tight: true,
          cell: ({ dueOn, over }) => (
            <span className="grid">
              {f.date(dueOn)}
              {over > 0 && <Tag tone="bad">{t("over", { count: over })}</Tag>}
            </span>
          ),
        },
        {
          id: "endedOn",
          header: t("column.endedOn"),
          tight: true,
          wide: true,
          cell: ({ endedOn }) => (endedOn ? f.date(endedOn) : "—"),
        },
      ]}
    />
  );
}
