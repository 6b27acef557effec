import type { Changes, SaveAnswer, TheirStand } from "./draft-sync";
import { addressOf, type FilingModel } from "./model";

const PATIENCE_MS = 15_000;

interface Answer {
  version?: number;
  at?: string;
  title?: string;
  detail?: string;
  current?: TheirStand;
}

/** Sends changed fields to the server and says how it answered; never throws. */
export async function sendDraft(
  report: Pick<FilingModel, "stationId" | "period">,
  version: number,
  changes: Changes,
): Promise<SaveAnswer> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  try {
    const response = await fetch(`${addressOf(report)}/save`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ version, ...changes }),
      credentials: "same-origin",
      // A save that began as the page was closed still arrives.
      keepalive: true,
      signal: giveUp.signal,
    });
    if (response.status === 401) return { kind: "signed_out" };
    if (response.status === 429 || response.status >= 500) return { kind: "unreachable" };
    const answer = (await response.json()) as Answer;
    if (response.ok) return { kind: "saved", version: answer.version ?? version, at: answer.at ?? "" };
    if (response.status === 409 && answer.current) return { kind: "conflict", current: answer.current };
    return { kind: "refused", message: answer.title ?? "", next: answer.detail ?? "" };
  } catch {
    return { kind: "unreachable" };
  } finally {
    clearTimeout(timer);
  }
}
