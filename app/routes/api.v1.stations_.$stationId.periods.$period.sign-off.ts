import { signOff } from "@muster/db/queries/month-steps";
import { Excuses } from "~/features/api/bodies.server";
import { monthStep } from "~/features/api/step.server";

/** Signs a month off for everything that reports to the station. */
export const action = monthStep("sign_off", Excuses, (tx, address, { excused = {} }) =>
  signOff(tx, { ...address, excused }),
);
