import type { RosterLine, StaffTerm } from "@muster/db/queries/staff/row";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { EmptyState } from "~/ui/empty-state";
import { type Column, Table } from "~/ui/table";
import { Tag } from "~/ui/tag";
import { Entered } from "./entered";

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
      cell: (row) => <StaffLink row={row} />,
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
      cell: (row) => row.phone && <PhoneLink phone={row.phone} className="min-h-6" />,
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
  if (lines.length === 0) return <EmptyState title={t("roster.empty")}>{t("roster.emptyHint")}</EmptyState>;
  return (
    <>
      <RosterCards lines={lines} caption={caption} />
      <div className="max-sm:hidden print:block">
        <Table caption={caption} rows={lines} rowKey={(row) => row.id} columns={columns} grow={!below} />
      </div>
    </>
  );
}

/** The same on a phone, where a table of six columns would have to be pushed about. */
function RosterCards({ lines, caption }: { lines: readonly Line[]; caption: string }) {
  const { t } = useTranslation(["staff"]);
  return (
    <ul aria-label={caption} className="m-0 list-none p-0 sm:hidden print:hidden">
      {lines.map((row) => (
        <li key={row.id} className="border-t border-line px-4 py-2 first:border-0">
          <div className="flex flex-wrap items-center gap-x-2">
            <StaffLink row={row} />
            <Marks {...row} />
          </div>
          <p className="m-0 text-sm text-ink-2">
            <Entered>{row.post}</Entered>
            {` · ${t(`employment.${row.employment}`)}`}
            {row.stationName && ` · ${row.stationName}`}
          </p>
          {row.phone && <PhoneLink phone={row.phone} className="min-h-target" />}
        </li>
      ))}
    </ul>
  );
}

function StaffLink({ row }: { row: Line }) {
  return (
    <Link
      to={`/stations/${row.stationId}/staff/${row.staffId}`}
      className="inline-flex min-h-target items-center no-underline hover:underline"
    >
      {row.name}
    </Link>
  );
}

function PhoneLink({ phone, className }: { phone: string; className: string }) {
  return (
    <a
      href={`tel:${phone.replace(/\s/g, "")}`}
      className={`inline-flex items-center tabular-nums ${className}`}
    >
      {phone}
    </a>
  );
}
