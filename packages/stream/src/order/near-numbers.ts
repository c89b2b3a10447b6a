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

  /** The number of an index that was set. */
  get(index: number): number {
    return (this.first ?? 0) + (this.differences[index] ?? 0);
  }

  /** Keeps the first `length` numbers. */
  trim(length: number): void {
    this.differences = this.differences.slice(0, length);
  }
}
