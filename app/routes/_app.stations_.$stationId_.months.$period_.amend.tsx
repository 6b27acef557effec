import { amendByRecords } from "@muster/db/queries/late-entries";
import { reportPage } from "@muster/db/queries/report-page";
import { amendReport, cancelAmendment } from "@muster/db/queries/reports";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ReportAddress } from "~/features/api/addresses.server";
import { AmendForm } from "~/features/figures/amend-form";
import { absenceRefusal, filingModel } from "~/features/figures/filing-model.server";
import { addressOf } from "~/features/figures/model";
import { formatPeriod } from "~/i18n/format";
import { read, write } from "~/server/route.server";
import { settled } from "~/server/step-refusal.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page<typeof loader>({
  i18n: ["figures"],
  menu: "/months",
  title: (t, { title }) => `${t("figures:amend.open")} ${title}`,
  crumbs: (t, { title, model }) => [
    { label: t("nav:months"), to: "/months" },
    { label: `${model.stationName} ${title}`, to: addressOf(model) },
    { label: t("figures:amend.open") },
  ],
});

/** Whether the records are to be taken over, too. */
const Late = z.literal("1").optional().catch(undefined);

const AMEND = { action: "amend", subject: "MonthlyReport" } as const;

export const loader = read(
  { authorization: AMEND, params: ReportAddress, search: z.object({ late: Late }) },
  async ({ scoped, params, search, ability, actor, locale, now }) => {
    const answer = await scoped((tx) => reportPage(tx, params));
    if (!answer.found) throw absenceRefusal(answer.absence, params.period, locale);
    const title = formatPeriod(params.period, locale);
    const model = filingModel(answer.page, { ability, actor, locale, now });
    // By the records a station amends its own report: nobody else fills it.
    const late = search.late === "1" && model.late.length > 0 && actor.stationId === params.stationId;
    return { title, model, late };
  },
);

const Version = z.coerce.number().int().min(0);
const Amend = z.object({
  version: Version,
  late: Late,
  reason: z.string().trim().min(1, "figures:amend.reasonNeeded").max(500),
});

export const action = write({
  authorization: AMEND,
  params: ReportAddress,
  intents: {
    amend: {
      form: Amend,
      run: async ({ form, params, locale, scoped, actor }) => {
        const amends = form.late && actor.stationId === params.stationId ? amendByRecords : amendReport;
        settled(await scoped.write((tx) => amends(tx, params, form)), locale);
        // The page itself says that it is open; a message would lie over its buttons.
        return redirect(addressOf(params));
      },
    },
    cancel: {
      authorization: { action: "cancel", subject: "MonthlyReport" },
      form: z.object({ version: Version }),
      run: async ({ params, locale, scoped, done }) => {
        settled(await scoped.write((tx) => cancelAmendment(tx, params)), locale);
        return done(addressOf(params), "figures:amend.cancelled");
      },
    },
  },
});

export default function AmendRoute() {
  const { model, late } = useLoaderData<typeof loader>();
  return <AmendForm model={model} late={late} refused={refusalIn(useActionData<typeof action>())} />;
}
