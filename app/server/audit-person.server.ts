import { type AuthEntry, auditAuth } from "@muster/db/queries/identity/auth-audit";
import type { AuthTx } from "@muster/db/scope";
import type { Actor } from "@muster/domain/actor";

/**
 * Writes what a person does to their own account into the log of the city they act in. An operator acts in no
 * city, so nothing of theirs stands in any city's log.
 */
export async function auditPerson(
  tx: AuthTx,
  { actor, ip, reference }: { actor: Actor; ip: string; reference: string },
  entry: Pick<AuthEntry, "action" | "before" | "after"> & Partial<AuthEntry>,
): Promise<void> {
  if (actor.role === "operator") return;
  await auditAuth(tx, { ...actor, ip, reference }, { subject: "account", subjectId: actor.userId, ...entry });
}
