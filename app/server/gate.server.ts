import type { Actor } from "@muster/domain/actor";
import { redirect } from "@remix-run/node";
import { allows, type Permissions, permissionsOf, type Rule } from "./authorization.server";
import { forbidden, Refusal } from "./errors.server";
import type { RequestContext } from "./request-context.server";
import { currentSession, type Session } from "./session.server";

/** Who may come in: anyone, any signed-in person with a station, or a role that may do this. */
export type Authorization = "public" | "signed-in" | Rule;

export interface Entry {
  session: Session | null;
  actor: Actor | null;
  permissions: Permissions | null;
}

/** The session of this request, looked up once however many loaders ask. */
export function sessionOf(request: Request, context: RequestContext): Promise<Session | null> {
  context.session ??= currentSession(request);
  return context.session;
}

/** Where to go after signing in: a path of ours only, so that a crafted link cannot lead elsewhere. */
export function safePath(to: string | null | undefined, fallback = "/"): string {
  const here = "http://here";
  if (!to?.startsWith("/") || !URL.canParse(to, here)) return fallback;
  // The parser sees what a browser would: it resolves `//elsewhere`, backslashes and stray control characters.
  const url = new URL(to, here);
  // `/.//elsewhere` is a path here and, once resolved, another host in a Location header.
  if (url.origin !== here || url.pathname.startsWith("//")) return fallback;
  return url.pathname + url.search + url.hash;
}

/**
 * Lets a request in or throws. An anonymous visit of a page goes to the login and comes back; an anonymous form or
 * API call is refused with 401, so that what was typed is not lost. No scope or no ability means no.
 */
export async function enter(
  request: Request,
  context: RequestContext,
  authorization: Authorization,
  visit: boolean,
): Promise<Entry> {
  const session = await sessionOf(request, context);
  const actor = session?.actor ?? null;
  const permissions = actor ? permissionsOf(actor) : null;
  if (authorization === "public") return { session, actor, permissions };
  if (!session) {
    if (!visit) throw new Refusal(401, "signIn", { headers: { "WWW-Authenticate": "Bearer" } });
    const { pathname, search } = new URL(request.url);
    throw redirect(`/login?to=${encodeURIComponent(pathname + search)}`);
  }
  if (!actor || !permissions) throw forbidden("noMembership");
  admitRole(permissions, authorization);
  return { session, actor, permissions };
}

/** Throws 403 unless the role covers an authorisation, e.g. that of one intent. */
export function admitRole(permissions: Permissions | null, authorization: Authorization): void {
  if (typeof authorization === "string") return;
  if (!permissions || !allows(permissions, authorization)) throw forbidden();
}
