import type { RosterLine, StaffTerm } from "@muster/db/queries/staff/row";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { EmptyState } from "~/ui/empty-state";
import { type Column, Table } from "~/ui/table";
import { Tag } from "~/ui/tag";

type Line = StaffTerm & Partial<Pick<RosterLine, "stationName">>;

/** What marks somebody out: the head, the Party-branch secretary, a veteran. */
export function Marks({ head, secretary, veteran }: Pick<StaffTerm, "head" | "secretary" | "veteran">) {
  const { t } = useTranslation(["staff"]);
  return (
    <span className="flex flex-wrap gap-1">
      {head && (
        <Tag plain tone="good">
          {t("mark.head")}
        </Tag>
      )}
      {secretary && (
        <Tag plain tone="info">
          {t("mark.secretary")}
        </Tag>
      )}
      {veteran && <Tag plain>{t("mark.veteran")}</Tag>}
    </span>
  );
}

/** Who serves: one station's staff, or with `below` that of its subtree. */
export function RosterTable({
  lines,
  below,
  caption,
}: {
  lines: readonly Line[];
  below: boolean;
  caption: string;
}) {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  const columns: Column<Line>[] = [
    {
      id: "name",
      header: t("field.name"),
      rowHeader: true,
      cell: (row) => (
        <Link
          to={`/stations/${row.stationId}/staff/${row.staffId}`}
          className="inline-flex min-h-target items-center no-underline hover:underline"
        >
          {row.name}
        </Link>
      ),
    },
    ...(below
      ? [{ id: "station", header: t("column.station"), cell: (row: Line) => row.stationName ?? "" }]
      : []),
    {
      id: "post",
      header: t("field.post"),
      cell: (row) => (
        <span lang="zh-CN" className="whitespace-nowrap">
          {row.post}
        </span>
      ),
    },
    { id: "employment", header: t("field.employment"), cell: (row) => t(`employment.${row.employment}`) },
    { id: "marks", header: t("column.marks"), cell: (row) => <Marks {...row} /> },
    {
      id: "phone",
      header: t("field.phone"),
      tight: true,
      cell: (row) =>
        row.phone && (
          <a
            href={`tel:${row.phone.replace(/\s/g, "")}`}
            className="inline-flex min-h-6 items-center tabular-nums"
          >
            {row.phone}
          </a>
        ),
    },
    {
      id: "education",
      header: t("field.education"),
      wide: true,
      cell: (row) => t(`education.${row.education}`),
    },
    {
      id: "from",
      header: t("field.validFrom"),
      wide: true,
      tight: true,
      cell: (row) => f.date(row.validFrom),
    },
  ];
  return (
    <Table
      caption={caption}
      rows={lines}
      rowKey={(row) => row.id}
      columns={columns}
      grow={!below}
      empty={<EmptyState title={t("roster.empty")}>{t("roster.emptyHint")}</EmptyState>}
    />
  );
}
