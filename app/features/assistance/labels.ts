import type { CaseState } from "@muster/domain/assistance";
import type { Tone } from "~/ui/tag";

export const CASE_TONES: Record<CaseState, Tone> = {
  verify: "info",
  second_check: "info",
  review: "info",
  publicity: "info",
  approval: "info",
  payment: "warn",
  advance: "bad",
  papers: "warn",
  confirmation: "info",
  follow_up: "warn",
  closed: "good",
  refused: "bad",
  appeal: "warn",
  upheld: "bad",
  withdrawn: "mute",
};

/** States on the straight way; the others are beside it. */
type Milestone = Exclude<CaseState, "refused" | "appeal" | "upheld" | "withdrawn">;

/** The chain as the head of a case draws it. */
export const CHAINS: Record<"ordinary" | "unpublished" | "payFirst", readonly Milestone[]> = {
  ordinary: ["verify", "second_check", "review", "publicity", "approval", "payment", "follow_up", "closed"],
  unpublished: ["verify", "second_check", "review", "approval", "payment", "follow_up", "closed"],
  payFirst: ["advance", "papers", "confirmation", "follow_up", "closed"],
};

/** Which chain a kind of assistance takes. */
export function chainOf({
  payFirst,
  publicityDays,
}: {
  payFirst: boolean;
  publicityDays: number;
}): keyof typeof CHAINS {
  if (payFirst) return "payFirst";
  return publicityDays > 0 ? "ordinary" : "unpublished";
}

/** Who takes the next step, in the words of the catalogue. */
export function ownerOf(state: CaseState): "own" | "second" | "town" | "city" | null {
  switch (state) {
    case "verify":
    case "papers":
    case "follow_up":
      return "own";
    case "second_check":
      return "second";
    case "review":
    case "publicity":
    case "payment":
    case "advance":
      return "town";
    case "approval":
    case "confirmation":
    case "appeal":
      return "city";
    default:
      return null;
  }
}
