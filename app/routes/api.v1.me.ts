import { api } from "~/server/api.server";

/** Who the caller is, and in which membership. */
export const loader = api({ authorization: "signed-in" }, ({ session, actor }) => ({
  user: { id: session.user.id, username: session.user.username, name: session.user.name },
  memberships: session.memberships.map(({ stationId, stationName, role }) => ({
    station: { id: stationId, name: stationName },
    role,
  })),
  active: { station: { id: actor.stationId, name: actor.stationName }, role: actor.role },
}));
