import { findLogin } from "@muster/db/queries/identity/accounts";
import { type Acceptance, acceptInvitation, acceptReset } from "@muster/db/queries/identity/invitations";
import { withAuth } from "./database.server";
import { beginSession, type Origin } from "./sign-in.server";

interface Key {
  cityId: number;
  tokenHash: Buffer;
}

/**
 * Accepts an invitation and signs the person in, in the new role. Answers the Set-Cookie line. Throws LinkRefused
 * and UsernameTaken, having changed nothing.
 */
export async function accept(key: Key, by: Acceptance["by"], origin: Origin): Promise<Headers> {
  const { ip, reference, now } = origin;
  const acting = await withAuth(now, (tx) => acceptInvitation(tx, { ...key, by, ip, reference }));
  return beginSession(acting.userId, acting, origin);
}

/** Sets the password a reset link is for, ends all other sessions and signs in. Throws LinkRefused. */
export async function resetPassword(key: Key, passwordHash: string, origin: Origin): Promise<Headers> {
  const { ip, reference, now } = origin;
  const account = await withAuth(now, async (tx) => {
    const { username } = await acceptReset(tx, { ...key, passwordHash, ip, reference });
    return findLogin(tx, username);
  });
  return account ? beginSession(account.id, account.acting, origin) : new Headers();
}
