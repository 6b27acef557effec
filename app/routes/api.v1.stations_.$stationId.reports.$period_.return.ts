import { returnReport } from "@muster/db/queries/reports";
import { Return } from "~/features/api/bodies.server";
import { reportStep } from "~/features/api/step.server";

/** Returns single figures of a child's report, each with a reason. */
export const action = reportStep("return", Return, (tx, address, body, version) =>
  returnReport(tx, address, { figures: body.figures, dueOn: body.dueOn, version }),
);
