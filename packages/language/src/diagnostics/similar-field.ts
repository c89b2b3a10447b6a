import { suggestName } from './suggest.js';

/** More slips than this are another name. */
const MOST_SLIPS = 3;

/** The field with nearly the same name: one of its parts is misspelt, the others are the same. */
export function similarField(typed: string, names: Iterable<string>): string | null {
  let similar: string | null = null;
  for (const name of names) {
    if (!mayBeMeant(typed, name)) continue;
    // Of several the nearest one is meant.
    similar = similar === null ? name : (suggestName(typed, [similar, name]) ?? similar);
  }
  return similar;
}

function mayBeMeant(typed: string, name: string): boolean {
  if (Math.abs(typed.length - name.length) > MOST_SLIPS) return false;
  const shorter = Math.min(typed.length, name.length);
  let from = 0;
  while (from < shorter && typed.charCodeAt(from) === name.charCodeAt(from)) from += 1;
  let behind = 0;
  while (behind < shorter - from && typed.at(-1 - behind) === name.at(-1 - behind)) behind += 1;
  const difference = typed.slice(from, typed.length - behind) + name.slice(from, name.length - behind);
  if (difference === '' || difference.includes('.')) return false;
  // The whole part in which they differ.
  const start = typed.lastIndexOf('.', from - 1) + 1;
  const partOf = (whole: string): string => {
    const end = whole.indexOf('.', Math.max(from, whole.length - behind));
    return whole.slice(start, end === -1 ? whole.length : end);
  };
  return suggestName(partOf(typed), [partOf(name)]) !== undefined;
}
