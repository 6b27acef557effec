import type { Outcome } from "@muster/db/queries/outcome";
import type { Period } from "@muster/domain/period";
import type { z } from "zod";
import { apiWrite } from "~/server/api.server";
import type { Action } from "~/server/authorization.server";
import type { Tx } from "~/server/database.server";
import { settled } from "~/server/step-refusal.server";
import { ReportAddress } from "./addresses.server";
import { ifMatchOptional } from "./etag.server";
import { type Answer, once, respond } from "./idempotency.server";
import { reportAnswer } from "./report.server";

type Address = { stationId: number; period: Period };

/** A POST that takes one step on a report and answers with the report as it then stands. */
export function reportStep<B>(
  action: Action,
  body: z.ZodType<B>,
  step: (tx: Tx, address: Address, body: B, version: number | undefined) => Promise<Outcome<unknown>>,
) {
  return apiWrite({
    authorization: { action, subject: "MonthlyReport" },
    params: ReportAddress,
    methods: {
      POST: {
        body,
        run: async ({ scoped, params, body, request, locale }) => {
          const version = ifMatchOptional(request) ?? undefined;
          const answer = await scoped.write((tx) =>
            once(tx, request, body, async () => {
              settled(await step(tx, params, body, version), locale);
              return reportAnswer(tx, params, locale);
            }),
          );
          return respond(answer);
        },
      },
    },
  });
}

/** A POST that settles a station's whole month. */
export function monthStep<B>(
  action: Action,
  body: z.ZodType<B>,
  step: (tx: Tx, address: Address, body: B) => Promise<Outcome<unknown>>,
) {
  return apiWrite({
    authorization: { action, subject: "Month" },
    params: ReportAddress,
    methods: {
      POST: {
        body,
        run: async ({ scoped, params, body, request, locale }) => {
          const answer = await scoped.write((tx) =>
            once(tx, request, body, async (): Promise<Answer> => {
              const value = settled(await step(tx, params, body), locale);
              const { stationId, period } = params;
              return {
                status: 200,
                body: { station: { id: stationId }, period, ...(value as object) },
                etag: null,
              };
            }),
          );
          return respond(answer);
        },
      },
    },
  });
}
