/** A field that two people changed to different values. */
export interface Clash<V> {
  key: string;
  base: V;
  mine: V;
  theirs: V;
}

export interface Merge<V> {
  /** My changes that nobody else touched: still to be saved. */
  mine: Record<string, V>;
  /** Their changes that I did not touch: taken over. */
  theirs: Record<string, V>;
  clashes: Clash<V>[];
}

/**
 * Merges what I changed into what somebody else has saved meanwhile. `base` is what both started from, `mine` holds
 * the fields I changed, `current` what is saved now. A field changed by both to the same value is settled.
 */
export function mergeChanges<V>(
  base: Readonly<Record<string, V>>,
  mine: Readonly<Record<string, V>>,
  current: Readonly<Record<string, V>>,
  missing: V,
): Merge<V> {
  const at = (record: Readonly<Record<string, V>>, key: string): V =>
    Object.hasOwn(record, key) ? (record[key] as V) : missing;
  const merge: Merge<V> = { mine: {}, theirs: {}, clashes: [] };
  for (const key of Object.keys({ ...base, ...current, ...mine })) {
    const before = at(base, key);
    const now = at(current, key);
    const changed = Object.hasOwn(mine, key);
    const wanted = changed ? at(mine, key) : before;
    if (!changed || wanted === before) {
      if (now !== before) merge.theirs[key] = now;
    } else if (now === before) merge.mine[key] = wanted;
    else if (now !== wanted) merge.clashes.push({ key, base: before, mine: wanted, theirs: now });
  }
  return merge;
}
