/** Festivals on which people are visited, by the codes that contact rules name. */
export const FESTIVALS = ["spring", "army", "national"] as const;
export type Festival = (typeof FESTIVALS)[number];

/** A visit for a festival may be made up for so many days after it; then the chance has passed. */
export const MADE_UP_WITHIN = 30;
