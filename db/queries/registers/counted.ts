/** "More than 2,000" says enough of a list: counting a city's would take longer than showing its page. */
const MOST_COUNTED = 2_000;
/** Behind a figure the list says the same number as the figure. */
const MOST_BEHIND = 10_000;

/** How far a register's list with this filter counts its lines. */
export function countedUpTo({ counted }: { counted?: object | undefined }): number {
  return counted ? MOST_BEHIND : MOST_COUNTED;
}
