import { holdsPrivateNumber } from "@muster/domain/private-number";
import { newId, type ScopedTx } from "../scope";

/** One change of state, as the audit log keeps it. */
export interface AuditEntry {
  /** `report.submit`, `station.move`, ... */
  action: string;
  subject: string;
  subjectId: string;
  stationId: number;
  /** Where the subject stands: who sees the entry. Within the caller's scope. */
  path: string;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/**
 * Subjects that are people, or what is written down of them. Their entries say codes, days and numbers: what somebody
 * wrote about them, and who they are, stands with the record, where who may read it is asked.
 */
const ABOUT_PEOPLE = new Set([
  "Person",
  "Visit",
  "VisitNotice",
  "VisitDuty",
  "VisitPlan",
  "Reception",
  "Petition",
  "Assistance",
  "Card",
]);
/** Values that are the city's own words, not somebody's. */
const CONTENT = new Set(["assistanceType"]);
const CODE = /^[\w:./+-]{0,60}$/;

/** Refuses words in an entry about people, whoever comes to write one. */
function wordless({ subject, action, before, after }: AuditEntry): void {
  if (!ABOUT_PEOPLE.has(subject)) return;
  const says = (value: unknown): boolean =>
    typeof value === "string"
      ? !CODE.test(value) || holdsPrivateNumber(value)
      : typeof value === "object" &&
        value !== null &&
        Object.entries(value).some(([key, item]) => !CONTENT.has(key) && says(item));
  if (says(before) || says(after)) throw new RangeError(`the entry ${action} says words about people`);
}

/** Writes an entry in the transaction that makes the change. */
export async function audit(tx: ScopedTx, entry: AuditEntry): Promise<void> {
  await auditStatement(tx, entry);
}

/** The same, not run yet: for a command that sends its last statements together with the commit. */
export function auditStatement(tx: ScopedTx, entry: AuditEntry) {
  wordless(entry);
  const { actor, ip, reference, now } = tx.caller;
  return tx.sql`
    insert into audit_log (city_id, path, id, at, user_id, user_name, role, station_id,
      action, subject, subject_id, before, after, ip, reference)
    values (${tx.scope.cityId}, ${entry.path}, ${newId()}, ${now.toISOString()}, ${actor.userId}, ${actor.name},
      ${actor.role}, ${entry.stationId}, ${entry.action}, ${entry.subject}, ${entry.subjectId},
      ${json(entry.before)}::jsonb, ${json(entry.after)}::jsonb, ${ip}, ${reference})`;
}

/** A value for a jsonb parameter; drizzle's serializer passes text through. */
export function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
