import { reportPage } from "@muster/db/queries/report-page";
import { contactOf, reviewQueue } from "@muster/db/queries/review";
import { inWorkingOrder, nextWaiting } from "@muster/domain/queue";
import { useActionData, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ReportAddress } from "~/features/api/addresses.server";
import { absenceRefusal } from "~/features/figures/filing-model.server";
import { LOOKS_AT_OTHERS } from "~/features/review/access.server";
import { Decision } from "~/features/review/decision";
import { AmendForm, ExcuseForm, MissingReport, Remarks } from "~/features/review/report-asides";
import { ReportHead } from "~/features/review/report-head";
import { reviewModel } from "~/features/review/report-model.server";
import { reportSteps } from "~/features/review/report-steps.server";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";
import type { loader as queueLoader } from "./_app.review";

export const handle = page<typeof loader>({
  i18n: ["review"],
  title: (t, data) => `${data.report.name} · ${t("review:title")}`,
  crumbs: (t, data) => [
    { label: t("review:title"), to: `/review?period=${data.report.period}` },
    { label: data.report.name },
  ],
});

/** Without a script the ticked cells travel in the address. */
const Search = z.object({
  cell: z
    .union([z.string(), z.array(z.string())])
    .transform((cells) => [cells].flat().slice(0, 200))
    .catch([]),
});

export const loader = read(
  { authorization: LOOKS_AT_OTHERS, params: ReportAddress, search: Search },
  async ({ scoped, params, search, ...reader }) =>
    scoped(async (tx) => {
      const answer = await reportPage(tx, params);
      if (!answer.found) throw absenceRefusal(answer.absence, params.period, reader.locale);
      const { report } = answer.page;
      const contact = report.status === "draft" ? await contactOf(tx, params.stationId) : null;
      const queue = inWorkingOrder(await reviewQueue(tx, report.reviewerId, params.period));
      return {
        report: reviewModel(answer.page, contact, reader),
        cells: search.cell,
        more: nextWaiting(queue, params.stationId) !== null,
      };
    }),
);

export const action = write({
  authorization: LOOKS_AT_OTHERS,
  params: ReportAddress,
  intents: reportSteps,
});

export default function ReviewReport() {
  const { report, cells, more } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const queue = useRouteLoaderData<typeof queueLoader>("routes/_app.review")?.found?.queue;
  const refused = refusalIn(answer);
  const deciding = refused && (refused.intent === "return" || refused.intent === "accept") ? refused : null;
  return (
    <>
      {queue && <ReportHead report={report} queue={queue} />}
      {report.missing ? (
        <MissingReport report={report} />
      ) : (
        <Decision
          key={`${report.stationId}/${report.period}/${report.version}/${cells.join()}`}
          report={report}
          refused={deciding}
          cells={cells}
          more={more}
        />
      )}
      <ExcuseForm report={report} refused={refused} />
      <AmendForm report={report} refused={refused} />
      <Remarks report={report} refused={refused} />
    </>
  );
}
