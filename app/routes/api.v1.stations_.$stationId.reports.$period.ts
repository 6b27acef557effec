import { catalogueAt } from "@muster/db/queries/catalogue";
import { saveReport } from "@muster/db/queries/reports";
import { ReportAddress } from "~/features/api/addresses.server";
import { Draft, figuresOf, notesOf } from "~/features/api/bodies.server";
import { ifMatch } from "~/features/api/etag.server";
import { once, respond } from "~/features/api/idempotency.server";
import { reportAnswer } from "~/features/api/report.server";
import { api, apiWrite } from "~/server/api.server";
import { settled } from "~/server/step-refusal.server";

/** A report with its figures, violations and history. */
export const loader = api(
  { authorization: { action: "read", subject: "MonthlyReport" }, params: ReportAddress },
  async ({ scoped, params, locale }) => respond(await scoped((tx) => reportAnswer(tx, params, locale))),
);

/** Saves a draft. Figures that are not named keep their value; null clears one. */
export const action = apiWrite({
  authorization: { action: "read", subject: "MonthlyReport" },
  params: ReportAddress,
  methods: {
    PUT: {
      authorization: { action: "fill", subject: "MonthlyReport" },
      body: Draft,
      run: async ({ scoped, params, body, request, locale }) => {
        const version = ifMatch(request);
        const answer = await scoped.write((tx) =>
          once(tx, request, body, async () => {
            const catalogue = await catalogueAt(tx, params.period);
            const figures = figuresOf(catalogue, body.figures, locale);
            const notes = notesOf(catalogue, body.remarks);
            settled(await saveReport(tx, params, version, { figures, notes }), locale);
            return reportAnswer(tx, params, locale);
          }),
        );
        return respond(answer);
      },
    },
  },
});
