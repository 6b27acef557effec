import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "~/ui/empty-state";
import { type Column, Table } from "~/ui/table";
import { Tabs } from "~/ui/tabs";
import { Tag } from "~/ui/tag";

/** A role of a person, written out for the list. */
export interface PersonRow {
  id: string;
  name: string;
  username: string;
  station: string;
  parent: string | null;
  role: string;
  since: string;
  endedAt: string | null;
  endedBy: string | null;
  /** The account cannot sign in. */
  disabled: boolean;
}

/** People in office, those who left, and open invitations. */
export function UserTabs({
  view,
  mayInvite,
}: {
  view: "active" | "ended" | "invitations";
  mayInvite: boolean;
}) {
  const { t } = useTranslation(["users"]);
  const items = [
    { to: "/users", label: t("tabs.active"), current: view === "active" },
    { to: "/users?view=ended", label: t("tabs.ended"), current: view === "ended" },
    { to: "/users/invitations", label: t("tabs.invitations"), current: view === "invitations" },
  ];
  return <Tabs label={t("tabs.label")} items={mayInvite ? items : items.slice(0, 2)} />;
}

/** The dense list of people. */
export function PeopleTable({ people, ended }: { people: readonly PersonRow[]; ended: boolean }) {
  const { t } = useTranslation(["users"]);
  const columns: Column<PersonRow>[] = [
    {
      id: "name",
      header: t("column.name"),
      rowHeader: true,
      cell: (row) => (
        <>
          <Link to={`/users/${row.id}`} className="font-semibold no-underline hover:underline">
            {row.name}
          </Link>{" "}
          {row.disabled && <Tag tone="bad">{t("person.disabled")}</Tag>}
        </>
      ),
    },
    {
      id: "username",
      header: t("column.username"),
      wide: true,
      cell: (row) => <span className="font-mono text-sm">{row.username}</span>,
    },
    {
      id: "station",
      header: t("column.station"),
      cell: (row) => (
        <>
          {row.station}
          {row.parent && <span className="block text-sm text-ink-3 lg:ml-2 lg:inline">{row.parent}</span>}
        </>
      ),
    },
    { id: "role", header: t("column.role"), tight: true, cell: (row) => row.role },
    { id: "since", header: t("column.since"), wide: true, tight: true, cell: (row) => row.since },
  ];
  if (ended) {
    columns.push(
      { id: "ended", header: t("column.ended"), tight: true, cell: (row) => row.endedAt },
      { id: "endedBy", header: t("column.endedBy"), wide: true, tight: true, cell: (row) => row.endedBy },
    );
  }
  return (
    <Table
      caption={t("title")}
      columns={columns}
      rows={people}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("none")}>{t("noneHint")}</EmptyState>}
    />
  );
}
