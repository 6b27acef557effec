import { lockMonth } from "@muster/db/queries/month-steps";
import { Excuses } from "~/features/api/bodies.server";
import { monthStep } from "~/features/api/step.server";

/** Locks a month of the whole city; the station is the city's own. */
export const action = monthStep("lock", Excuses, (tx, address, { excused = {} }) =>
  lockMonth(tx, { ...address, excused }),
);
