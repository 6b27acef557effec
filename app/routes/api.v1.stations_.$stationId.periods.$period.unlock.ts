import { unlockReport } from "@muster/db/queries/month-steps";
import { done } from "@muster/db/queries/outcome";
import { Unlocking } from "~/features/api/bodies.server";
import { monthStep } from "~/features/api/step.server";

/** Opens one station's locked month until a day. */
export const action = monthStep("unlock", Unlocking, async (tx, address, body) => {
  const outcome = await unlockReport(tx, { ...address, ...body });
  return outcome.ok ? done({ reason: body.reason, until: body.until }) : outcome;
});
