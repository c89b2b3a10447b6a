const NONE: readonly never[] = [];

/**
 * The keys to forget of a map or set that has grown beyond `most` entries: the oldest tenth of them, none if it has not.
 *
 * Many at once, since finding the first entry takes time in proportion to the entries that were deleted in front of it.
 */
export function oldestKeysBeyond<K>(entries: ReadonlyMap<K, unknown> | ReadonlySet<K>, most: number): readonly K[] {
  if (entries.size <= most) return NONE;
  const count = entries.size - most + Math.floor(most / 10);
  const oldest: K[] = [];
  for (const key of entries.keys()) {
    if (oldest.length === count) break;
    oldest.push(key);
  }
  return oldest;
}
