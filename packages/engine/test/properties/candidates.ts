import { analyzeQuery, DIALECTS, type DialectName } from '@eqlkit/language';
import { compileQuery, FieldTable, type CompiledQuery } from '@eqlkit/engine';
import fc from 'fast-check';
import type { RunOptions } from '../run-query.js';
import { queryTexts } from './vocabulary.js';

/** A generated query and how it is to be run. */
export interface Candidate {
  readonly text: string;
  readonly dialect: DialectName;
  readonly options: RunOptions;
}

const ways: fc.Arbitrary<RunOptions> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.constant({ tiebreakerField: 'order' }) },
  { weight: 1, arbitrary: fc.constant({ categoryField: 'process.name' }) },
);
/** Queries of every dialect. */
export const candidates: fc.Arbitrary<Candidate> = fc
  .constantFrom<DialectName>('elasticsearch', 'elasticsearch', 'endpoint', 'endgame')
  .chain((dialect) => fc.record({ text: queryTexts(dialect), dialect: fc.constant(dialect), options: ways }));

/** Compiles a query; null if the checker refuses it, as it does with a comparison that never holds. */
export function tryCompile(
  { text, dialect, options }: Candidate,
  fields: FieldTable = new FieldTable(),
): CompiledQuery | null {
  const { query } = analyzeQuery(text, { dialect: DIALECTS[dialect] });
  return query === null ? null : compileQuery(query, { ...options, fields }).query;
}
