/** One measured number, with what it is measured against. */
export interface Figure {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is compared with: a floor, a smaller load, the base revision. */
  readonly against?: { readonly label: string; readonly value: number };
  /** `value` divided by the reference: the median over the rounds of the run, not the quotient of the medians. */
  readonly ratio?: number;
  /** What the ratio, or without one the value, must be. */
  readonly limit?: { readonly atMost: number } | { readonly atLeast: number };
  /** Alerts or matches; the same in every variant, or the run would have failed. */
  readonly matches?: number;
}

/** What a target's measurement brought. */
export interface TargetResult {
  readonly name: string;
  /** The target in words. */
  readonly target: string;
  readonly figures: readonly Figure[];
  /** Why something was left out. */
  readonly notes: readonly string[];
}

/** Whether a figure keeps its limit; `null` if it has none. */
export function keepsLimit({ value, ratio, limit }: Figure): boolean | null {
  if (limit === undefined) return null;
  const judged = ratio ?? value;
  return 'atMost' in limit ? judged <= limit.atMost : judged >= limit.atLeast;
}
