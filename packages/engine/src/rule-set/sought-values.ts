import type { Scalar } from '../values/value.js';
import { indexText } from './field-requirement.js';
import type { Gram } from './gram.js';
import { GramTable } from './gram-table.js';
import type { LookUp } from './requirement-statistics.js';

/** The values of one field for which at least one of some conditions may be true. */
export class SoughtValues {
  readonly texts: ReadonlySet<string>;
  readonly grams: readonly Gram[];
  private readonly table: GramTable<Gram> | null;

  /** What each of the conditions requires. */
  constructor(lookUps: readonly LookUp[]) {
    this.texts = new Set(lookUps.flatMap(({ texts }) => texts));
    this.grams = [...new Set(lookUps.flatMap(({ grams }) => grams))];
    this.table = this.grams.length === 0 ? null : new GramTable(new Map(this.grams.map((gram) => [gram, [gram]])));
  }

  /** Whether a value may be one of them; false only if it surely is not. */
  mayBe(value: Scalar): boolean {
    const text = indexText(value);
    if (this.texts.has(text)) return true;
    if (this.table === null) return false;
    const found = new Set<Gram>();
    this.table.scan(text, found);
    return found.size > 0;
  }
}
