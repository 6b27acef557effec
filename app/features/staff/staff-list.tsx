import type { StaffNumbers } from "@muster/db/queries/staff/list";
import type { RosterLine } from "@muster/db/queries/staff/row";
import { EMPLOYMENTS } from "@muster/domain/staff";
import { useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/i18n/use-format";
import { KeyNumber, KeyNumbers } from "~/ui/key-number";
import { Link } from "~/ui/link";
import type { RegisterColumn, RegisterFilter } from "../registers/register-list";
import { Entered } from "./entered";
import { Marks } from "./roster-table";

/** The columns of the list of staff. */
export function useStaffColumns(): RegisterColumn<RosterLine>[] {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  return [
    {
      id: "name",
      header: t("field.name"),
      rowHeader: true,
      cell: ({ stationId, staffId, name }) => (
        <Link
          to={`/stations/${stationId}/staff/${staffId}`}
          lang="zh-CN"
          className="inline-flex min-h-target items-center no-underline hover:underline"
        >
          {name}
        </Link>
      ),
    },
    {
      id: "station",
      header: t("column.station"),
      cell: ({ stationId, stationName }) => (
        <Link
          to={`/stations/${stationId}/staff`}
          lang="zh-CN"
          className="inline-flex min-h-target items-center"
        >
          {stationName}
        </Link>
      ),
    },
    { id: "post", header: t("field.post"), cell: ({ post }) => <Entered>{post}</Entered> },
    {
      id: "employment",
      header: t("field.employment"),
      choice: "on",
      cell: ({ employment }) => t(`employment.${employment}`),
    },
    { id: "marks", header: t("column.marks"), choice: "on", cell: (line) => <Marks {...line} /> },
    {
      id: "phone",
      header: t("field.phone"),
      choice: "on",
      tight: true,
      cell: ({ phone }) =>
        phone && (
          <a
            href={`tel:${phone.replace(/\s/g, "")}`}
            className="inline-flex min-h-target items-center tabular-nums"
          >
            {phone}
          </a>
        ),
    },
    {
      id: "education",
      header: t("field.education"),
      choice: "off",
      cell: ({ education }) => t(`education.${education}`),
    },
    {
      id: "validFrom",
      header: t("field.validFrom"),
      choice: "off",
      tight: true,
      cell: ({ validFrom }) => f.date(validFrom),
    },
  ];
}

/** The filters of the list of staff; `stations` are those directly below the reader's. */
export function useStaffFilters(stations: readonly { id: number; name: string }[]): RegisterFilter[] {
  const { t } = useTranslation(["staff"]);
  const [asked] = useSearchParams();
  const value = (name: string) => asked.get(name) ?? "";
  const all = t("filter.all");
  return [
    ...(stations.length > 0
      ? [
          {
            name: "station",
            label: t("filter.station"),
            all,
            value: value("station"),
            options: stations.map(({ id, name }) => ({ value: String(id), label: name })),
          },
        ]
      : []),
    {
      name: "employment",
      label: t("field.employment"),
      all,
      value: value("employment"),
      options: EMPLOYMENTS.map((kind) => ({ value: kind, label: t(`employment.${kind}`) })),
    },
    {
      name: "mark",
      label: t("column.marks"),
      all,
      value: value("mark"),
      options: (["head", "secretary", "veteran"] as const).map((mark) => ({
        value: mark,
        label: t(`mark.${mark}`),
      })),
    },
  ];
}

/** The staff of the reader's stations in numbers. */
export function StaffNumberCards({ numbers }: { numbers: StaffNumbers }) {
  const { t } = useTranslation(["staff"]);
  const f = useFormat();
  return (
    <KeyNumbers>
      <KeyNumber
        label={t("employment.full_time")}
        value={f.integer(numbers.full_time)}
        note={t("list.others", { partTime: numbers.part_time, concurrent: numbers.concurrent })}
        to="/staff?employment=full_time"
      />
      {(["head", "secretary", "veteran"] as const).map((mark) => (
        <KeyNumber
          key={mark}
          label={t(`mark.${mark}`)}
          value={f.integer(numbers[mark])}
          note={t("list.ofAll", { count: numbers.all })}
          to={`/staff?mark=${mark}`}
        />
      ))}
    </KeyNumbers>
  );
}
