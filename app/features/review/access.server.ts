import type { MemberContext } from "~/server/prepare.server";

/**
 * Who reaches the review at all: everyone who looks at other stations' reports, the overseer included, who may only
 * remark. What they may do there, each report is asked for.
 */
export const LOOKS_AT_OTHERS = { action: "remark", subject: "Remark" } as const;

/** What the models of a screen need to know of the reader. */
export type Reader = Pick<
  MemberContext<unknown, unknown>,
  "ability" | "actor" | "may" | "locale" | "t" | "now"
>;
