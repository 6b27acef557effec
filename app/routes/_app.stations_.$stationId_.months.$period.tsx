import { addRemark, LONGEST_REMARK } from "@muster/db/queries/remarks";
import { reportPage } from "@muster/db/queries/report-page";
import { data, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ReportAddress } from "~/features/api/addresses.server";
import { FilingForm } from "~/features/figures/filing-form";
import { absenceRefusal, filingModel } from "~/features/figures/filing-model.server";
import { addressOf } from "~/features/figures/model";
import { RemarkBox } from "~/features/figures/remark-box";
import { FilingFields, saveForm } from "~/features/figures/save-form.server";
import { typedIn } from "~/features/figures/typed";
import { formatPeriod } from "~/i18n/format";
import { useLocale } from "~/i18n/use-format";
import { read, type WriteContext, write } from "~/server/route.server";
import { settled } from "~/server/step-refusal.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["figures"],
  menu: "/months",
  title: (_t, { title, model }) => `${title} ${model.stationName}`,
  crumbs: (t, { title, model }) => [
    { label: t("nav:months"), to: "/months" },
    { label: model.stationName },
    { label: title },
  ],
});

const READ = { action: "read", subject: "MonthlyReport" } as const;
const FILL = { action: "fill", subject: "MonthlyReport" } as const;

export const loader = read(
  { authorization: READ, params: ReportAddress },
  async ({ scoped, params, ability, actor, locale, now }) => {
    const answer = await scoped((tx) => reportPage(tx, params));
    if (!answer.found) throw absenceRefusal(answer.absence, params.period, locale);
    return {
      title: formatPeriod(params.period, locale),
      model: filingModel(answer.page, { ability, actor, locale, now }),
    };
  },
);

const Remark = z.object({
  indicator: z.string().max(8).optional(),
  body: z.string().trim().min(1).max(LONGEST_REMARK),
});

type Filling = WriteContext<
  typeof FILL,
  z.output<typeof ReportAddress>,
  Record<never, never>,
  z.output<typeof FilingFields>
>;

/** Saves the whole form and goes on: stays here, to the summary, or to the question about a nil report. */
const filing = (next: string) => ({
  authorization: FILL,
  form: FilingFields,
  run: async ({ form, params, locale, scoped, demand }: Filling) => {
    const outcome = await scoped.write((tx) => saveForm(tx, params, form, { locale, demand }));
    return outcome.kind === "clash"
      ? data(outcome, { status: 409 })
      : redirect(`${addressOf(params)}${next}`);
  },
});

export const action = write({
  authorization: READ,
  params: ReportAddress,
  intents: {
    save: filing(""),
    review: filing("/submit"),
    nil: filing("/submit?nil=1"),
    remark: {
      authorization: { action: "remark", subject: "Remark" },
      form: Remark,
      run: async ({ form, params, locale, scoped, demand, done }) => {
        demand("remark", "Remark", { stationId: params.stationId });
        const line = { indicator: form.indicator || null, body: form.body };
        settled(await scoped.write((tx) => addRemark(tx, params, line)), locale);
        return done(addressOf(params), "figures:remark.saved");
      },
    },
  },
});

export default function ReportRoute() {
  const { model } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refused = refusalIn(answer);
  const locale = useLocale();
  return (
    <>
      <FilingForm
        // Another report, or another state of it, is another form; a save of one's own is not.
        key={`${addressOf(model)} ${model.status} ${locale}`}
        model={model}
        refused={refused?.intent === "remark" ? null : refused}
        {...typedIn(answer)}
      />
      <RemarkBox model={model} refused={refused?.intent === "remark" ? refused : null} />
    </>
  );
}
