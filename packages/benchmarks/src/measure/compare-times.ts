import { median } from './median.js';

/** Two rows of times of the same rounds, compared. */
export interface Comparison {
  readonly value: number;
  readonly against: number;
  /** The median of the rounds' ratios, which noise that lasts longer than a round does not move. */
  readonly ratio: number;
}

/** Compares the times of one variant with those of another one, round by round. */
export function compareTimes(times: readonly number[], references: readonly number[]): Comparison {
  const ratios = times.map((time, round) => time / (references[round] ?? Number.NaN));
  return { value: median(times), against: median(references), ratio: median(ratios) };
}
