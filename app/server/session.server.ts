import type { Actor, Role } from "@muster/domain/actor";

/** One place the person may act at; the session has exactly one active. */
export interface MembershipSummary {
  id: string;
  role: Role;
  stationId: number;
  stationName: string;
}

/** A signed-in person. `actor` is null when no membership is active: such a person reaches no tenant data. */
export interface Session {
  id: string;
  user: { id: string; username: string; name: string };
  actor: Actor | null;
  memberships: MembershipSummary[];
}

/** The session of a request, from its cookie or bearer token; null when there is none or it has ended. */
export async function currentSession(_request: Request): Promise<Session | null> {
  return null;
}
