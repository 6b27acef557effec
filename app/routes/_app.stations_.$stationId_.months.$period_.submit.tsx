import { reportPage } from "@muster/db/queries/report-page";
import { saveReport, submitReport } from "@muster/db/queries/reports";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ReportAddress } from "~/features/api/addresses.server";
import { absenceRefusal, filingModel } from "~/features/figures/filing-model.server";
import { addressOf } from "~/features/figures/model";
import { FilingFields, readReasons } from "~/features/figures/save-form.server";
import { SubmitSummary } from "~/features/figures/submit-summary";
import { summaryOf } from "~/features/figures/summary";
import { formatPeriod } from "~/i18n/format";
import { read, write } from "~/server/route.server";
import { settled } from "~/server/step-refusal.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["figures"],
  menu: "/months",
  title: (t, { title }) => t("figures:summary.title", { period: title }),
  crumbs: (t, { title, model }) => [
    { label: t("nav:months"), to: "/months" },
    { label: `${model.stationName} ${title}`, to: addressOf(model) },
    { label: t("figures:summary.crumb") },
  ],
});

const SUBMIT = { action: "submit", subject: "MonthlyReport" } as const;
const Asked = z.object({ nil: z.literal("1").optional().catch(undefined) });

export const loader = read(
  { authorization: SUBMIT, params: ReportAddress, search: Asked },
  async ({ scoped, params, search, ability, actor, locale, now, demand }) => {
    const answer = await scoped((tx) => reportPage(tx, params));
    if (!answer.found) throw absenceRefusal(answer.absence, params.period, locale);
    const { report, violations } = answer.page;
    demand("submit", "MonthlyReport", { stationId: report.stationId, reviewerId: report.reviewerId });
    const model = filingModel(answer.page, { ability, actor, locale, now });
    // Once it is sent there is nothing to confirm: going back in the browser shows the report itself.
    if (!model.may.save) throw redirect(addressOf(model));
    const title = formatPeriod(params.period, locale);
    return { title, model, summary: summaryOf(model, violations, search.nil === "1") };
  },
);

export const action = write({
  authorization: SUBMIT,
  params: ReportAddress,
  intents: {
    submit: {
      form: FilingFields,
      run: async ({ form, params, locale, scoped, done }) => {
        const submission = {
          version: form.version,
          confirmNil: form.nil === "1",
          reasons: readReasons(form),
        };
        settled(await scoped.write((tx) => submitReport(tx, params, submission)), locale);
        return done(addressOf(params), "figures:submitted.flash");
      },
    },
    zeros: {
      form: FilingFields,
      run: async ({ form, params, ability, actor, locale, now, scoped }) => {
        await scoped.write(async (tx) => {
          const answer = await reportPage(tx, params);
          if (!answer.found) throw absenceRefusal(answer.absence, params.period, locale);
          const model = filingModel(answer.page, { ability, actor, locale, now });
          const { blankFlows } = summaryOf(model, answer.page.violations, false);
          const figures = Object.fromEntries(blankFlows.map((code) => [code, 0]));
          const reasons = readReasons(form);
          settled(await saveReport(tx, params, form.version, { figures, reasons }), locale);
        });
        return redirect(`${addressOf(params)}/submit`);
      },
    },
  },
});

export default function SubmitRoute() {
  const { model, summary } = useLoaderData<typeof loader>();
  const refused = refusalIn(useActionData<typeof action>());
  return <SubmitSummary model={model} summary={summary} refused={refused} />;
}
