import {
  type AccountState,
  accountState,
  deactivateAccount,
  reactivateAccount,
} from "@muster/db/queries/identity/deactivation";
import type { PersonLine } from "@muster/db/queries/identity/memberships";
import type { Actor } from "@muster/domain/actor";
import { within } from "@muster/domain/station";
import { formatDateTime } from "~/i18n/format";
import type { Translate } from "~/i18n/locales";
import { withAuth } from "~/server/database.server";
import { conflict, unprocessable } from "~/server/errors.server";

interface Asked {
  actor: Actor;
  now: Date;
  ip: string;
  reference: string;
}

/** What a person's page says of their account. */
export interface AccountView {
  disabled: boolean;
  /** Since when and by whom. */
  since: string | null;
  /** Deactivated by somebody above the reader, who alone can undo it. */
  fromAbove: boolean;
}

/** Whether the person can sign in, for display; the commands ask again. */
export async function accountView(
  userId: string,
  { actor, now }: Pick<Asked, "actor" | "now">,
  t: Translate,
): Promise<AccountView> {
  const state: AccountState | null = await withAuth(now, (tx) => accountState(tx, userId));
  if (state?.status !== "disabled") return { disabled: false, since: null, fromAbove: false };
  const mine = state.cityId === actor.cityId && state.within !== null && within(actor.path, state.within);
  const since = t("users:person.endedAt", { when: formatDateTime(state.at), who: state.by });
  return { disabled: true, since, fromAbove: !mine };
}

/** Deactivates or reactivates a person's account; 422 where somebody further up has to. */
export async function setActive(
  active: boolean,
  person: PersonLine,
  reason: string,
  { actor, now, ip, reference }: Asked,
): Promise<void> {
  const who = { ...actor, ip, reference };
  await withAuth(now, async (tx) => {
    const command = active ? reactivateAccount : deactivateAccount;
    if (await command(tx, who, person, reason)) return;
    const state = await accountState(tx, person.userId);
    if ((state?.status === "active") === active) throw conflict("users:person.stateAlready");
    throw unprocessable(active ? "users:person.reactivateAbove" : "users:person.deactivateElsewhere");
  });
}
