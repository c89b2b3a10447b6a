/** V8 searches for a text of up to so many UTF-16 units in time linear in the text around it, however both repeat. */
const SHORT_PART = 250;

/** So many comparisons take no time to speak of, so that the search which is fast for ordinary texts may be tried. */
const FEW_STEPS = 2 ** 22;

/**
 * Where a part first stands in a text at or after `from`, or -1: `text.indexOf(part, from)`, but in time linear in both,
 * where that takes (length of the text) × (length of the part) in the worst case.
 */
export function indexOfText(text: string, part: string, from = 0): number {
  if (part.length <= SHORT_PART || (text.length - from) * part.length <= FEW_STEPS) return text.indexOf(part, from);
  const [first = -1] = occurrences(text, part, from);
  return first;
}

/** Where a part last stands in a text, or -1: `text.lastIndexOf(part)` in linear time. */
export function lastIndexOfText(text: string, part: string): number {
  if (text.length * part.length <= FEW_STEPS) return text.lastIndexOf(part);
  let last = -1;
  for (const at of occurrences(text, part, 0)) last = at;
  return last;
}

/** The places where a part begins, overlapping ones too, found as Knuth, Morris and Pratt do. */
function* occurrences(text: string, part: string, from: number): IterableIterator<number> {
  const units = Uint16Array.from({ length: part.length }, (_, at) => part.charCodeAt(at));
  const borders = bordersOf(units);
  let matched = 0;
  for (let at = Math.max(0, from); at < text.length; at += 1) {
    matched = extend(units, borders, matched, text.charCodeAt(at));
    if (matched < units.length) continue;
    yield at + 1 - units.length;
    matched = borders[matched - 1] ?? 0;
  }
}

/** For each beginning of a part, how long the longest shorter beginning is that also ends it. */
function bordersOf(units: Uint16Array): Int32Array {
  const borders = new Int32Array(units.length);
  for (let at = 1; at < units.length; at += 1) {
    borders[at] = extend(units, borders, borders[at - 1] ?? 0, units[at] ?? 0);
  }
  return borders;
}

/** How many units of a part match once a unit follows `matched` of them. */
function extend(units: Uint16Array, borders: Int32Array, matched: number, unit: number): number {
  let length = matched;
  while (length > 0 && units[length] !== unit) length = borders[length - 1] ?? 0;
  return units[length] === unit ? length + 1 : 0;
}
