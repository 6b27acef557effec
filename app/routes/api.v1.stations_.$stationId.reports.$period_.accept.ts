import { acceptReport } from "@muster/db/queries/reports";
import { WithReason } from "~/features/api/bodies.server";
import { reportStep } from "~/features/api/step.server";

/** Accepts a child's report. */
export const action = reportStep("accept", WithReason, (tx, address, body, version) =>
  acceptReport(tx, address, { reason: body.reason, version }),
);
