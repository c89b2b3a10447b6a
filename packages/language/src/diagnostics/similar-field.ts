import { suggestName } from './suggest.js';

/** The field with nearly the same name: one of its parts is misspelt, the others are the same. */
export function similarField(typed: string, names: Iterable<string>): string | null {
  const parts = typed.split('.');
  let similar: string | null = null;
  for (const name of names) {
    const others = name.split('.');
    if (others.length !== parts.length) continue;
    const [different, ...more] = [...parts.keys()].filter((index) => parts[index] !== others[index]);
    if (different === undefined || more.length > 0) continue;
    if (suggestName(parts[different] ?? '', [others[different] ?? '']) === undefined) continue;
    // Of several the nearest one is meant.
    similar = similar === null ? name : (suggestName(typed, [similar, name]) ?? similar);
  }
  return similar;
}
