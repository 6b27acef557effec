import {
  Outlet,
  type ShouldRevalidateFunctionArgs,
  useActionData,
  useLoaderData,
  useParams,
} from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { StationId } from "~/features/api/addresses.server";
import { LOOKS_AT_OTHERS } from "~/features/review/access.server";
import { acceptAll, MOST_AT_ONCE, remindOwing } from "~/features/review/bulk.server";
import { BulkResults, resultsIn } from "~/features/review/bulk-results";
import { queueHref } from "~/features/review/links";
import { Queue } from "~/features/review/queue";
import { QueueParams, QueueSearch, readQueue } from "~/features/review/queue-model.server";
import { useShortcuts } from "~/features/review/shortcuts";
import { badRequest, notFound } from "~/server/errors.server";
import { read, write } from "~/server/route.server";
import { cx } from "~/ui/cx";
import { EmptyState } from "~/ui/empty-state";
import { FormErrors, refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["review"],
  title: (t) => t("review:title"),
  crumbs: (t) => [{ label: t("review:title") }],
});

export const loader = read(
  { authorization: LOOKS_AT_OTHERS, params: QueueParams, search: QueueSearch },
  async ({ scoped, params, search, ...reader }) => ({
    found: await scoped((tx) => readQueue(tx, params, search, reader)),
    station: reader.actor.stationName,
  }),
);

/** From report to report of one month the list stays as it is; a decision, a filter or another month reads it anew. */
export function shouldRevalidate({
  currentParams,
  nextParams,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  return defaultShouldRevalidate || currentParams.period !== nextParams.period;
}

const Ticked = z.object({ station: z.array(StationId).max(MOST_AT_ONCE).default([]) });

export const action = write({
  authorization: LOOKS_AT_OTHERS,
  search: QueueSearch,
  intents: {
    "accept-clean": {
      authorization: { action: "accept", subject: "MonthlyReport" },
      form: z.object({}),
      run: async ({ scoped, search: { period }, ...reader }) => {
        if (!period) throw badRequest();
        return { results: await acceptAll(scoped, { period }, reader) };
      },
    },
    "accept-ticked": {
      authorization: { action: "accept", subject: "MonthlyReport" },
      form: Ticked,
      run: async ({ scoped, search: { period }, form, ...reader }) => {
        if (!period) throw badRequest();
        return { results: await acceptAll(scoped, { period, only: form.station }, reader) };
      },
    },
    remind: {
      authorization: { action: "remind", subject: "Reminder" },
      form: z.object({}),
      run: async ({ scoped, search: { period, ...filter }, actor, demand, done }) => {
        if (!period) throw badRequest();
        const own = actor.stationId;
        if (filter.station !== undefined && filter.station !== own) throw notFound();
        demand("remind", "Reminder", { stationId: own, reviewerId: own });
        const count = await remindOwing(scoped, period, own);
        const message = count === 0 ? "review:bulk.remindedNone" : "review:bulk.reminded";
        return done(queueHref(period, filter), message, { count });
      },
    },
  },
});

export default function Review() {
  const { found, station } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["review"]);
  const reading = useParams().stationId !== undefined;
  useShortcuts();
  if (!found) return <EmptyState title={t("empty.title")}>{t("empty.text", { station })}</EmptyState>;
  const results = resultsIn(answer);
  const refused = refusalIn(answer);
  return (
    <div className="-mx-3 -mt-3 flex flex-col lg:-mx-6 lg:-mb-8 lg:-mt-5 lg:grid lg:grid-cols-[23rem_minmax(0,1fr)] lg:in-elder:grid-cols-1 print:m-0 print:block">
      <div className={cx("min-w-0", reading && "hidden lg:block lg:in-elder:hidden")}>
        <Queue queue={found.queue} months={found.months} />
      </div>
      <div
        className={cx(
          "min-w-0 px-3 pt-3 lg:px-6 lg:pb-8 lg:pt-5 print:p-0",
          (results || refused) && "order-first lg:order-none",
        )}
      >
        <FormErrors refused={refused} />
        {results && <BulkResults results={results} queue={found.queue} />}
        <Outlet />
      </div>
    </div>
  );
}
