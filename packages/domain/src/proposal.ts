import type { FiguresByCode, Indicator } from "./indicator";

/** Where the value in a field comes from before the filer has touched it. */
export type Origin = "saved" | "register" | "carried" | "blank";

export interface Proposal {
  value: number | null;
  origin: Origin;
}

export interface ProposalInput {
  indicators: readonly Pick<Indicator, "code" | "kind" | "acrossTime">[];
  saved: FiguresByCode;
  /** What the records give, by code. */
  register: Readonly<Record<string, { value: number }>>;
  /** The month before; null when nothing was filed then. */
  previous: FiguresByCode | null;
  /** Codes the filer has set before; one emptied on purpose is not filled again. */
  touched: ReadonlySet<string>;
  /** The report was submitted before: what it left blank was confirmed blank. */
  submitted: boolean;
}

/**
 * What the form shows in each field that is filed: the saved value, else what the records give, else, for a figure
 * that stands at the end of the month, last month's. A proposal is not filed until the filer sends the form.
 */
export function proposalsOf(input: ProposalInput): Record<string, Proposal> {
  const proposals: Record<string, Proposal> = {};
  for (const indicator of input.indicators) {
    if (indicator.kind === "figure") proposals[indicator.code] = proposalOf(indicator, input);
  }
  return proposals;
}

function proposalOf(
  { code, acrossTime }: ProposalInput["indicators"][number],
  { saved, register, previous, touched, submitted }: ProposalInput,
): Proposal {
  const value = saved[code] ?? null;
  if (value !== null) return { value, origin: "saved" };
  if (submitted || touched.has(code)) return { value: null, origin: "blank" };
  const known = register[code];
  if (known) return { value: known.value, origin: "register" };
  const carried = acrossTime === "last" ? (previous?.[code] ?? null) : null;
  return carried === null ? { value: null, origin: "blank" } : { value: carried, origin: "carried" };
}
