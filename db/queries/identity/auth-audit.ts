import { type AuthTx, newId } from "../../scope";
import { json } from "../audit";

/** Who did something before or outside a scope: signing in, accepting a link, changing a password. */
export interface AuthWho {
  userId: string;
  name: string;
  role: string;
  cityId: number;
  /** Where the entry stands in the hierarchy: who sees it. */
  path: string;
  stationId: number;
  ip: string;
  reference: string;
}

export interface AuthEntry {
  action: string;
  subject: string;
  subjectId: string;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/** Writes an audit entry in a transaction of the login role, in the city of the membership that acts. */
export async function auditAuth(tx: AuthTx, who: AuthWho, entry: AuthEntry): Promise<void> {
  await tx.sql`
    insert into audit_log (city_id, path, id, at, user_id, user_name, role, station_id,
      action, subject, subject_id, before, after, ip, reference)
    values (${who.cityId}, ${who.path}, ${newId()}, ${tx.now.toISOString()}, ${who.userId}, ${who.name},
      ${who.role}, ${who.stationId}, ${entry.action}, ${entry.subject}, ${entry.subjectId},
      ${json(entry.before)}::jsonb, ${json(entry.after)}::jsonb, ${who.ip}, ${who.reference})`;
}
