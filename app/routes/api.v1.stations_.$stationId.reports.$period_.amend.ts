import { amendReport } from "@muster/db/queries/reports";
import { WithReason } from "~/features/api/bodies.server";
import { reportStep } from "~/features/api/step.server";

/** Opens an accepted or unlocked report for correction. */
export const action = reportStep("amend", WithReason, (tx, address, body, version) =>
  amendReport(tx, address, { reason: body.reason, version }),
);
