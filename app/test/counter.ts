import type { Pool } from "@muster/db/client";
import { registerPetition, stepPetition } from "@muster/db/queries/petitions/steps";
import { logReception } from "@muster/db/queries/reception/log";
import type { CounterOutcome } from "@muster/db/queries/reception/outcome";
import { newId, withScope } from "@muster/db/scope";
import { callerOf, type SmallCity } from "@muster/db/testing/small-city";
import { localDate } from "@muster/domain/period";
import { testKeyring } from "@muster/secrets/keyring.fixture";
import type { Extra } from "./matrix/row";

function ok<T>(outcome: CounterOutcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

/** A question of village a1 that waits for town A, and a petition there that was accepted and wants more time. */
export function counterOf(
  app: Pool,
  city: SmallCity,
  now: Date,
): Promise<Pick<Extra, "reception" | "petition">> {
  const keys = testKeyring();
  const today = localDate(now);
  return withScope(app, callerOf(city.people.headA1, now), { readOnly: false }, async (tx) => {
    const { id: reception } = ok(
      await logReception(tx, keys, {
        ...{ day: today, channel: "walk_in", purpose: "question", topic: "07", recordId: null, visitor: "" },
        ...{ phone: "", question: "x", answer: "", outcome: "passed_up", dueOn: null, requestKey: newId() },
      }),
    );
    const { id: petition } = ok(
      await registerPetition(tx, keys, {
        ...{ channel: "letter", topic: "01", subject: "x", body: "x", receivedOn: today, people: 1 },
        ...{ backlog: false, ownDays: null, receptionId: null, requestKey: newId() },
        petitioners: [{ recordId: null, name: "x", phone: "", address: "" }],
      }),
    );
    ok(await stepPetition(tx, { id: petition, version: 1, action: "accept", text: "" }));
    return { reception, petition };
  });
}
