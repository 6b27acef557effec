import { createInvitation, findStationToStaff } from "@muster/db/queries/identity/invitations";
import { listStations } from "@muster/db/queries/stations/tree";
import { ROLES, rolesAt } from "@muster/domain/actor";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { ChooseStation, InviteForm } from "~/features/identity/invite";
import { OnceShown } from "~/features/identity/once-shown";
import { notFound, unprocessable } from "~/server/errors.server";
import { newInvitationLink } from "~/server/invitation-link.server";
import { read, write } from "~/server/route.server";
import { LinkButton } from "~/ui/button";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import { PageHeader } from "~/ui/page-header";

const authorization = { action: "invite", subject: "Membership" } as const;
const StationId = z.coerce
  .number()
  .int()
  .positive()
  .max(2 ** 53);

export const handle = page({
  i18n: ["users", "settings"],
  title: (t) => t("users:invite.title"),
  crumbs: (t) => [{ label: t("nav:users"), to: "/users" }, { label: t("users:invite.title") }],
});

const Search = z.object({
  station: StationId.optional().catch(undefined),
  q: z.string().trim().max(60).optional().catch(undefined),
});

export const loader = read(
  { authorization, search: Search },
  async ({ search, scoped, actor, may, demand, t }) => {
    const { station: id, q = "" } = search;
    return scoped(async (tx) => {
      const station = id === undefined ? null : await findStationToStaff(tx, id);
      if (id !== undefined && !station) throw notFound();
      // A form that could only be refused is not shown: one's own station is staffed from above.
      if (station) demand("invite", "Membership", { userId: "", path: station.path });
      // Before anything is searched: those directly below, the city's own first where one may staff it.
      const parentId =
        q === "" && !may("invite", "Membership", { userId: "", path: actor.path })
          ? actor.stationId
          : undefined;
      const found = station ? null : await listStations(tx, { q, parentId, status: "open", limit: 30 });
      const allowed = found?.lines.filter(({ path }) => may("invite", "Membership", { userId: "", path }));
      return {
        q,
        station: station && {
          id: station.id,
          name: station.name,
          roles: rolesAt(station.level, station.kind).map((value) => ({
            value,
            label: t(`nav:role.${value}`),
          })),
        },
        stations: (allowed ?? []).map(({ id, name, code, ancestors }) => ({
          id,
          name,
          code,
          above: ancestors.map((ancestor) => ancestor.name).join(" / "),
        })),
      };
    });
  },
);

const Invite = z.object({
  station: StationId,
  role: z.enum(ROLES),
  name: z.string().trim().min(1).max(40),
});

export const action = write({ authorization, form: Invite }, async ({ form, scoped, demand, actor }) => {
  const { address, tokenHash } = newInvitationLink(actor.cityId);
  await scoped.write(async (tx) => {
    const station = await findStationToStaff(tx, form.station);
    if (!station) throw notFound();
    demand("invite", "Membership", { userId: "", path: station.path });
    if (station.closed) throw unprocessable("users:invite.closed");
    if (!rolesAt(station.level, station.kind).includes(form.role))
      throw unprocessable(undefined, { params: { count: 1 }, fields: { role: "users:invite.roleNotHere" } });
    await createInvitation(tx, { tokenHash, station, role: form.role, name: form.name, resetsUserId: null });
  });
  return { ok: true as const, address };
});

export default function InvitePage() {
  const { q, station, stations } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const { t } = useTranslation(["users"]);
  return (
    <>
      <PageHeader title={t("invite.title")} note={t("invite.note")} />
      {data && "address" in data ? (
        <>
          <OnceShown title={t("invite.once")} note={t("invite.onceNote")} text={data.address} />
          <LinkButton to="/users/invite">{t("invite.another")}</LinkButton>
        </>
      ) : station ? (
        <InviteForm station={station} refused={refusalIn(data)} />
      ) : (
        <ChooseStation q={q} stations={stations} />
      )}
    </>
  );
}
