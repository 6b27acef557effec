import { catalogueAt } from "@muster/db/queries/catalogue";
import { saveReport } from "@muster/db/queries/reports";
import { z } from "zod";
import { ReportAddress } from "~/features/api/addresses.server";
import { figuresOf } from "~/features/api/bodies.server";
import { REASON_KEY, theirStand } from "~/features/figures/save-form.server";
import { apiWrite } from "~/server/api.server";
import { conflict } from "~/server/errors.server";
import { settled } from "~/server/step-refusal.server";

const Draft = z.strictObject({
  version: z.number().int().min(0),
  figures: z.record(z.string(), z.unknown()),
  reasons: z.record(z.string().regex(REASON_KEY), z.string().max(500)),
});

/** The filing page saves field by field. A conflict answers with everything that stands now. */
export const action = apiWrite({
  authorization: { action: "fill", subject: "MonthlyReport" },
  params: ReportAddress,
  methods: {
    POST: {
      body: Draft,
      run: ({ body, params, scoped, locale }) =>
        scoped.write(async (tx) => {
          const catalogue = await catalogueAt(tx, params.period);
          const figures = figuresOf(catalogue, body.figures, locale);
          const saved = await saveReport(tx, params, body.version, { figures, reasons: body.reasons });
          if (!saved.ok && saved.refusal.kind === "conflict") {
            const current = theirStand(saved.refusal.current, catalogue);
            throw conflict("step.conflict", { extensions: { current } });
          }
          const { version, updatedAt } = settled(saved, locale);
          return { version, at: updatedAt };
        }),
    },
  },
});
