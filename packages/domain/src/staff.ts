/** How a person works for a station. Only full-time posts count for the staffing ratio. */
export const EMPLOYMENTS = ["full_time", "part_time", "concurrent"] as const;
export type Employment = (typeof EMPLOYMENTS)[number];

export const EDUCATIONS = ["unknown", "junior", "senior", "college", "bachelor", "master"] as const;
export type Education = (typeof EDUCATIONS)[number];

export const GROUP_ROLES = ["chair", "deputy", "member"] as const;
export type GroupRole = (typeof GROUP_ROLES)[number];

/** Counts of a station's staff register on a day, as the rules below take them. */
export interface StaffCounts {
  /** Everyone who serves on that day. */
  serving: number;
  fullTime: number;
  veterans: number;
  /** Of those serving, who attended a training that year up to the day. */
  trained: number;
  heads: number;
  /** Null where no number was ever approved. */
  approvedPosts: number | null;
  /** Stations directly below that stand on that day, and those with a liaison officer. */
  below: number;
  covered: number;
  /** Null where the leading group was never entered. */
  chairs: number | null;
  /** Whether anybody was on the roster up to that day: without one nothing is known of the staff. */
  known: boolean;
}

/** What the standards ask of a station's staff. Shares are per cent, unrounded; null is unknown. */
export interface StaffMeasures {
  /** 1 when a station head serves, else 0. */
  headInPost: number | null;
  approvedPosts: number | null;
  /** Full-time staff to approved posts, at most 100: an extra worker fills no second post. */
  filledShare: number | null;
  fullTime: number | null;
  /** Of the staff serving, who were trained this calendar year. */
  trainedShare: number | null;
  veteranShare: number | null;
  /** Of the stations directly below, which have a liaison officer. */
  liaisonCover: number | null;
  leadingGroupChaired: boolean | null;
}

/** Per cent that `part` is of `whole`, unrounded; of nothing there is no share. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}

/** The measures that follow from the counts of one station (standards O2, O4, E2, E3, S2 to S5). */
export function staffMeasuresOf(counts: StaffCounts): StaffMeasures {
  const { known, approvedPosts } = counts;
  const filled =
    known && approvedPosts !== null ? shareOf(Math.min(counts.fullTime, approvedPosts), approvedPosts) : null;
  return {
    headInPost: known ? Math.min(counts.heads, 1) : null,
    approvedPosts,
    filledShare: filled,
    fullTime: known ? counts.fullTime : null,
    trainedShare: known ? shareOf(counts.trained, counts.serving) : null,
    veteranShare: known ? shareOf(counts.veterans, counts.serving) : null,
    liaisonCover: shareOf(counts.covered, counts.below),
    leadingGroupChaired: counts.chairs === null ? null : counts.chairs > 0,
  };
}

/** Whether two stretches of days, each up to but without its last day, have a day in common. */
export function overlap(
  a: { validFrom: string; validTo: string | null },
  b: { validFrom: string; validTo: string | null },
): boolean {
  return (a.validTo === null || b.validFrom < a.validTo) && (b.validTo === null || a.validFrom < b.validTo);
}
