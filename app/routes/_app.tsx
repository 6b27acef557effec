import { Outlet, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { navigationFor } from "~/server/navigation.server";
import { read } from "~/server/route.server";
import { ErrorScreen } from "~/ui/error-screen";
import { Shell } from "~/ui/shell";

/** The frame of the pages behind the login. */
export const loader = read({ authorization: "signed-in" }, ({ actor, session, t, ability, may, demand }) => {
  const roleName = (role: typeof actor.role) => t(`nav:role.${role}`);
  return {
    navigation: navigationFor({ ability, may, demand }, t),
    user: {
      name: session.user.name,
      stationName: actor.stationName,
      roleName: roleName(actor.role),
      // Messages go to those who fill in the station's report, as on the home page.
      unread: ability.can("fill", "MonthlyReport") ? session.unread : null,
      memberships: session.memberships.map(({ id, stationName, role }) => ({
        id,
        stationName,
        roleName: roleName(role),
        active: id === actor.membershipId,
      })),
    },
  };
});

export default function AppLayout() {
  const { navigation, user } = useLoaderData<typeof loader>();
  return (
    <Shell navigation={navigation} user={user}>
      <Outlet />
    </Shell>
  );
}

/** A page failed: the frame stays, so that the way back is where it always is. */
export function ErrorBoundary() {
  const frame = useRouteLoaderData<typeof loader>("routes/_app");
  if (!frame) return <ErrorScreen />;
  return (
    <Shell navigation={frame.navigation} user={frame.user}>
      <ErrorScreen />
    </Shell>
  );
}
