import type { Dialect } from '@eqlkit/language';
import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { errorClasses, run } from '../run-query.js';

/** What a table has to say about each function and operator. */
const COLUMNS = ['typical', 'missing', 'empty', 'array', 'wrongType', 'edge'] as const;

/** What a condition gives: it holds, it does not, or it is refused with an error of this class. */
type Outcome = true | false | 'parse' | 'verification' | 'translation';

/** A condition, the fields of the one event that it is asked of, and what it gives. */
type Row = readonly [condition: string, fields: JsonObject, outcome: Outcome];

/** The rows of one function or operator, by column; a sentence instead of rows says why a column cannot be. */
export type TruthTable = Readonly<Record<(typeof COLUMNS)[number], readonly Row[] | string>>;

/** Tests that each condition of the tables gives what its row says, for one event and as part of `not`. */
export function testTruthTables(tables: Readonly<Record<string, TruthTable>>, dialect?: Dialect): void {
  const options = dialect === undefined ? {} : { dialect };
  describe.each(Object.entries(tables))('%s', (_name, table) => {
    const rows = COLUMNS.flatMap((column) => {
      const cell = table[column];
      return typeof cell === 'string' ? [] : cell.map((row) => [column, ...row] as const);
    });
    it.each(rows)('%s: %s of %o is %s', (_column, condition, fields, outcome) => {
      const query = `any where ${condition}`;
      if (typeof outcome === 'string') {
        expect(errorClasses(query, options)).toEqual([outcome]);
        return;
      }
      const event = { '@timestamp': 0, id: 7, ...fields };
      expect(run(query, [event], options)).toEqual(outcome ? [[7]] : []);
    });
    it('says something in every column', () => {
      for (const column of COLUMNS) expect(table[column].length, column).toBeGreaterThan(0);
    });
  });
}
