import { catalogueAt } from "@muster/db/queries/catalogue";
import { submitReport } from "@muster/db/queries/reports";
import { ReportAddress } from "~/features/api/addresses.server";
import { figuresOf, notesOf, Submission } from "~/features/api/bodies.server";
import { ifMatchOptional } from "~/features/api/etag.server";
import { once, respond } from "~/features/api/idempotency.server";
import { reportAnswer } from "~/features/api/report.server";
import { apiWrite } from "~/server/api.server";
import { settled } from "~/server/step-refusal.server";

/** Submits the caller's own report, with last figures if given. */
export const action = apiWrite({
  authorization: { action: "submit", subject: "MonthlyReport" },
  params: ReportAddress,
  methods: {
    POST: {
      body: Submission,
      run: async ({ scoped, params, body, request, locale }) => {
        const version = ifMatchOptional(request);
        const answer = await scoped.write((tx) =>
          once(tx, request, body, async () => {
            const catalogue = await catalogueAt(tx, params.period);
            const submission = {
              version,
              figures: body.figures && figuresOf(catalogue, body.figures, locale),
              notes: notesOf(catalogue, body.remarks),
              reasons: body.reasons,
              confirmNil: body.confirmNil,
            };
            settled(await submitReport(tx, params, submission), locale);
            return reportAnswer(tx, params, locale);
          }),
        );
        return respond(answer);
      },
    },
  },
});
