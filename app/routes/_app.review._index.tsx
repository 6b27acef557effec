import { useRouteLoaderData } from "@remix-run/react";
import { MonthOverview } from "~/features/review/month-overview";
import type { loader as queueLoader } from "./_app.review";

/** Beside the list, while no report is open: how the month stands and what closes it. */
export default function ReviewIndex() {
  const found = useRouteLoaderData<typeof queueLoader>("routes/_app.review")?.found;
  return found ? <MonthOverview queue={found.queue} months={found.months} /> : null;
}
