import { Dashboard } from "~/features/dashboards/dashboard";
import { handleOf } from "~/features/dashboards/handle";
import { readDashboard } from "~/features/dashboards/page.server";
import { DashboardSearch } from "~/features/dashboards/search.server";
import { read } from "~/server/route.server";
import { pack, usePacked } from "~/ui/packed";

export const loader = read(
  { authorization: { action: "read", subject: "Dashboard" }, search: DashboardSearch },
  async (context) => pack(await readDashboard("completeness", context.search, context)),
);

export const handle = handleOf("completeness");

export default function Page() {
  return <Dashboard {...usePacked<typeof loader>()} />;
}
