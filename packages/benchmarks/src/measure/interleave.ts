/** One of several things that are measured side by side. */
export interface Variant<Sample> {
  readonly name: string;
  measure(): Promise<Sample>;
}

/**
 * Measures all variants `rounds` times, in turns, each round starting with another one: what slows the machine down for a
 * while slows all of them down. The samples of one round stand at the same index.
 */
export async function interleave<Sample>(
  variants: readonly Variant<Sample>[],
  rounds: number,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const samples = new Map<string, Sample[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < variants.length; turn += 1) {
      const variant = variants[(round + turn) % variants.length];
      if (variant !== undefined) samples.get(variant.name)?.push(await variant.measure());
    }
  }
  return samples;
}
