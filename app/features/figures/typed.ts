import { refusalIn } from "~/ui/form";
import type { FieldClash } from "./draft-sync";
import type { Typed } from "./use-filing";

interface Clash {
  kind: "clash";
  by: string | null;
  at: string | null;
  clashes: FieldClash[];
  typed: Typed;
}

/** What the form holds after an answer: what was typed in a refused one, both sides of a clash. */
export function typedIn(answer: unknown): { typed: Typed | null; clash: Clash | null } {
  if (isClash(answer)) return { typed: answer.typed, clash: answer };
  const refused = refusalIn(answer);
  if (!refused) return { typed: null, clash: null };
  const typed: Typed = { texts: {}, reasons: {} };
  for (const [name, value] of Object.entries(refused.values)) {
    if (typeof value !== "string") continue;
    if (/^[A-Z]/.test(name)) typed.texts[name] = value;
    else if (name.startsWith("reason.")) typed.reasons[name.slice(7)] = value;
  }
  return { typed, clash: null };
}

function isClash(answer: unknown): answer is Clash {
  return typeof answer === "object" && answer !== null && "kind" in answer && answer.kind === "clash";
}
