/** A number with what it counts: `1 rule`, `2,000 events`. */
export function countOf(value: number, noun: string): string {
  return `${value.toLocaleString('en-US')} ${noun}${value === 1 ? '' : 's'}`;
}
