/**
 * Whole numbers by index, most of them near each other: they are held as differences to the first one, in 4 bytes each, or
 * as they are, in 8 bytes each, once one of them is too far from it.
 */
export class NearNumbers {
  private first: number | null = null;
  private differences: Int32Array | Float64Array;

  /** Has room for `length` numbers. */
  constructor(length: number) {
    this.differences = new Int32Array(length);
  }

  set(index: number, value: number): void {
    const first = (this.first ??= value);
    const difference = value - first;
    if (this.differences instanceof Int32Array && difference !== (difference | 0)) {
      this.differences = Float64Array.from(this.differences, (near) => first + near);
      this.first = 0;
    }
    this.differences[index] = value - this.first;
  }

  /** Sets as many numbers as `values` has, from `index` on. */
  setMany(index: number, values: Float64Array): void {
    // Those between two that are near enough are so, too.
    let lowest = values[0] ?? 0;
    let highest = lowest;
    for (let at = 1; at < values.length; at += 1) {
      const value = values[at] ?? 0;
      if (value < lowest) lowest = value;
      else if (value > highest) highest = value;
    }
    this.set(index, lowest);
    this.set(index, highest);
    const { differences, first } = this;
    for (let at = 0; at < values.length; at += 1) differences[index + at] = (values[at] ?? 0) - (first ?? 0);
  }

  /** The number of an index that was set. */
  get(index: number): number {
    return (this.first ?? 0) + (this.differences[index] ?? 0);
  }

  /** Copies all numbers to a place in `target`. */
  copy(target: Float64Array, at: number): void {
    const { differences, first } = this;
    for (let index = 0; index < differences.length; index += 1) {
      target[at + index] = (first ?? 0) + (differences[index] ?? 0);
    }
  }

  /** Keeps the first `length` numbers. */
  trim(length: number): void {
    this.differences = this.differences.slice(0, length);
  }
}
