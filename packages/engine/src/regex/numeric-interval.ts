/**
 * A regular expression (RE2 syntax) for the decimal numbers from `min` to `max`, as Lucene's `<min-max>` has them: with
 * bounds of equal width the numbers have just that width, else any number of leading zeros. The bounds are digits only
 * and may come in either order.
 */
export function numericIntervalRegex(min: string, max: string): string {
  const [low, high] = Number(min) <= Number(max) ? [min, max] : [max, min];
  if (low.length === high.length) return `(?:${fixedWidth(low, high)})`;
  const first = String(Number(low));
  const last = String(Number(high));
  const branches: string[] = [];
  for (let width = first.length; width <= last.length; width += 1) {
    const from = width === first.length ? first : `1${'0'.repeat(width - 1)}`;
    const to = width === last.length ? last : '9'.repeat(width);
    branches.push(fixedWidth(from, to));
  }
  return `(?:0*(?:${branches.join('|')}))`;
}

/** Numbers between two bounds of one width. */
function fixedWidth(low: string, high: string): string {
  const width = low.length;
  if (/^0*$/u.test(low) && /^9*$/u.test(high)) return '[0-9]'.repeat(width);
  const first = low.charAt(0);
  const last = high.charAt(0);
  if (first === last) return `${first}${fixedWidth(low.slice(1), high.slice(1))}`;
  const branches = [`${first}${fixedWidth(low.slice(1), '9'.repeat(width - 1))}`];
  if (Number(last) - Number(first) > 1) {
    branches.push(`[${Number(first) + 1}-${Number(last) - 1}]${'[0-9]'.repeat(width - 1)}`);
  }
  branches.push(`${last}${fixedWidth('0'.repeat(width - 1), high.slice(1))}`);
  return `(?:${branches.join('|')})`;
}
