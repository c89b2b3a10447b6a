import fc from 'fast-check';

/** Draws numbers from zero up to one that is left out, the same ones for the same seed; so many in all. */
export function drawNumbers(seed: number, most: number): (below: number) => number {
  const drawn = fc.sample(fc.noBias(fc.nat({ max: 2 ** 31 - 1 })), { seed, numRuns: most });
  let next = 0;
  return (below) => {
    const number = drawn[next];
    if (number === undefined) throw new Error(`more than ${most} numbers are drawn`);
    next += 1;
    return Math.floor((number / 2 ** 31) * below);
  };
}
