import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { DateInput, type Option, Select, TextInput } from "~/ui/input";
import { SearchBox } from "~/ui/search-box";
import { Table } from "~/ui/table";
import { FilterBar } from "~/ui/toolbar";

/** An entry as the list shows it. */
export interface AuditRow {
  id: string;
  at: string;
  who: string;
  role: string;
  station: string | null;
  action: string;
  reference: string;
  ip: string;
}

export interface AuditFiltersProps {
  filter: Record<"from" | "to" | "station" | "person" | "action" | "q", string>;
  stations: readonly Option[];
  groups: readonly Option[];
}

/** When, who, where, what, and any text. */
export function AuditFilters({ filter, stations, groups }: AuditFiltersProps) {
  const { t } = useTranslation(["audit"]);
  // A station deeper down comes from the station's own page.
  const known = filter.station === "" || stations.some(({ value }) => value === filter.station);
  const options = known ? stations : [{ value: filter.station, label: filter.station }, ...stations];
  return (
    <div className="border-b border-line px-4 py-3">
      <FilterBar label={t("filter.label")}>
        <Field label={t("filter.from")} className="min-w-0 flex-1 basis-28 lg:flex-none">
          {(control) => <DateInput {...control} name="from" defaultValue={filter.from} />}
        </Field>
        <Field label={t("filter.to")} className="min-w-0 flex-1 basis-28 lg:flex-none">
          {(control) => <DateInput {...control} name="to" defaultValue={filter.to} />}
        </Field>
        <Field label={t("filter.action")} className="min-w-0 flex-1 basis-28 lg:flex-none">
          {(control) => (
            <Select
              {...control}
              name="action"
              defaultValue={filter.action}
              options={groups}
              placeholder={t("filter.allActions")}
            />
          )}
        </Field>
        {options.length > 0 && (
          <Field label={t("filter.station")} className="min-w-0 flex-1 basis-28 lg:flex-none">
            {(control) => (
              <Select
                {...control}
                name="station"
                defaultValue={filter.station}
                options={options}
                placeholder={t("filter.allStations")}
              />
            )}
          </Field>
        )}
        <Field label={t("filter.person")} className="min-w-0 flex-1 basis-28 lg:flex-none">
          {(control) => (
            <TextInput
              {...control}
              name="person"
              defaultValue={filter.person}
              maxLength={60}
              autoComplete="off"
            />
          )}
        </Field>
        <SearchBox label={t("filter.q")} defaultValue={filter.q} />
      </FilterBar>
    </div>
  );
}

/** The dense list of what was done. */
export function AuditTable({ entries }: { entries: readonly AuditRow[] }) {
  const { t } = useTranslation(["audit"]);
  return (
    <Table
      caption={t("title")}
      rows={entries}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("none")}>{t("noneHint")}</EmptyState>}
      columns={[
        {
          id: "at",
          header: t("column.at"),
          tight: true,
          cell: (row) => (
            <>
              {row.at.slice(0, 10)} <span className="block lg:inline">{row.at.slice(11)}</span>
            </>
          ),
        },
        {
          id: "action",
          header: t("column.action"),
          rowHeader: true,
          cell: (row) => <Link to={`/audit/${row.id}`}>{row.action}</Link>,
        },
        { id: "station", header: t("column.station"), cell: (row) => row.station },
        {
          id: "who",
          header: t("column.who"),
          cell: (row) => (
            <>
              {row.who} <span className="block text-sm text-ink-3 lg:inline">{row.role}</span>
            </>
          ),
        },
        {
          id: "reference",
          header: t("column.reference"),
          wide: true,
          tight: true,
          cell: (row) => <span className="font-mono text-sm">{row.reference}</span>,
        },
        { id: "ip", header: t("column.ip"), wide: true, tight: true, cell: (row) => row.ip },
      ]}
    />
  );
}
