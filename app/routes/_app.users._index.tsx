import { disabledAmong } from "@muster/db/queries/identity/deactivation";
import { listPeople } from "@muster/db/queries/identity/memberships";
import { listStations } from "@muster/db/queries/stations/tree";
import { ROLES } from "@muster/domain/actor";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { PeopleTable, UserTabs } from "~/features/identity/people";
import { formatDateTime } from "~/i18n/format";
import { withAuth } from "~/server/database.server";
import { read } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { UserPlus } from "~/ui/icons";
import { Select } from "~/ui/input";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";
import { SearchBox } from "~/ui/search-box";
import { FilterBar } from "~/ui/toolbar";

export const handle = page({
  i18n: ["users"],
  title: (t) => t("users:title"),
  crumbs: (t) => [{ label: t("nav:users") }],
});

const Search = z.object({
  q: z.string().trim().max(60).optional().catch(undefined),
  role: z.enum(ROLES).optional().catch(undefined),
  station: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 53)
    .optional()
    .catch(undefined),
  view: z.enum(["active", "ended"]).catch("active"),
  cursor: z.string().max(200).optional().catch(undefined),
});

export const loader = read(
  { authorization: { action: "read", subject: "Membership" }, search: Search },
  async ({ search, scoped, actor, ability, t, now }) => {
    const { q, role, station, view, cursor } = search;
    const found = await scoped(async (tx) => ({
      people: await listPeople(tx, {
        q,
        role,
        stationId: station,
        ended: view === "ended",
        cursor,
        limit: 50,
      }),
      below: await listStations(tx, { parentId: actor.stationId, limit: 200 }),
    }));
    const ids = found.people.items.map(({ userId }) => userId);
    const disabled = await withAuth(now, (tx) => disabledAmong(tx, ids));
    return {
      view,
      filter: { q: q ?? "", role: role ?? "", station: station ? String(station) : "" },
      stationName: actor.stationName,
      mayInvite: ability.can("invite", "Membership"),
      next: found.people.next,
      stations: found.below.lines.map(({ id, name }) => ({ value: String(id), label: name })),
      roles: ROLES.filter((value) => value !== "operator").map((value) => ({
        value,
        label: t(`nav:role.${value}`),
      })),
      people: found.people.items.map((person) => ({
        id: person.id,
        name: person.name,
        username: person.username,
        station: person.stationName,
        parent: person.parentName,
        role: t(`nav:role.${person.role}`),
        since: formatDateTime(person.since).slice(0, 10),
        endedAt: person.endedAt && formatDateTime(person.endedAt).slice(0, 10),
        endedBy: person.endedBy,
        disabled: disabled.has(person.userId),
      })),
    };
  },
);

export default function UsersPage() {
  const { view, filter, stationName, mayInvite, next, stations, roles, people } =
    useLoaderData<typeof loader>();
  const { t } = useTranslation(["users"]);
  const [search] = useSearchParams();
  const nextPage = new URLSearchParams(search);
  if (next) nextPage.set("cursor", next);
  // A station deeper down comes from the station's own page.
  const known = filter.station === "" || stations.some(({ value }) => value === filter.station);
  return (
    <>
      <PageHeader title={t("title")} note={t("note", { station: stationName })}>
        {mayInvite && (
          <LinkButton
            to={`/users/invite${filter.station ? `?station=${filter.station}` : ""}`}
            tone="primary"
            icon={<UserPlus aria-hidden className="size-icon" />}
          >
            {t("invite.button")}
          </LinkButton>
        )}
      </PageHeader>
      <UserTabs view={view} mayInvite={mayInvite} />
      <Card flush>
        <div className="border-b border-line px-4 py-3">
          <FilterBar label={t("filter.label")} keep={["view"]}>
            <SearchBox label={t("filter.q")} defaultValue={filter.q} />
            <Select
              name="role"
              aria-label={t("filter.role")}
              defaultValue={filter.role}
              options={roles}
              placeholder={t("filter.allRoles")}
              className="lg:w-40"
            />
            {(stations.length > 0 || !known) && (
              <Select
                name="station"
                aria-label={t("filter.station")}
                defaultValue={filter.station}
                options={known ? stations : [{ value: filter.station, label: filter.station }, ...stations]}
                placeholder={t("filter.allStations")}
                className="lg:w-48"
              />
            )}
          </FilterBar>
        </div>
        <PeopleTable people={people} ended={view === "ended"} />
        <Pagination next={next ? `?${nextPage}` : null} />
      </Card>
    </>
  );
}
