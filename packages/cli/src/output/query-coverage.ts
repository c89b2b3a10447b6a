import type { EventCoverage } from '@eqlkit/engine';
import { describeLack } from './unmatchable-rules.js';

/**
 * Says why no event could have matched a query, or one branch of an `or` in it, and which of the named fields no event had.
 *
 * @param named - What the absence of each named field means.
 * @param endedEarly - Reading ended before the events did.
 */
export function describeQueryCoverage(
  coverage: EventCoverage,
  named: ReadonlyMap<string, string>,
  endedEarly: boolean,
): readonly string[] {
  const sample = endedEarly ? ', as far as they were read' : coverage.exact ? '' : ', judging by a sample';
  const unmatchable = coverage
    .unmatchable()
    .map(({ lacks }) =>
      [
        `the query could not have matched any of the events${sample}`,
        ...lacks.map((lack) => `  ${describeLack(lack)}`),
      ].join('\n'),
    );
  const idle = coverage
    .idleFields(0)
    .map((lack) => `one branch of an "or" could not have held for any event: ${describeLack(lack)}${sample}`);
  const missing = coverage
    .missingFields()
    .map((lack) => `${named.get(lack.field) ?? 'a field is missing'}: ${describeLack(lack)}${sample}`);
  return [...unmatchable, ...idle, ...missing];
}
