import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import {
  createQueryExplainer,
  Engine,
  parseTimestamp,
  type ExplainedCondition,
  type JsonObject,
  type KeyStory,
  type QueryExplanation,
} from '@eqlkit/engine';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { candidates, tryCompile, type Candidate } from '../properties/candidates.js';
import { documents } from '../properties/vocabulary.js';

const SEED = 20_261_124;

function explain({ text, dialect, options }: Candidate, events: readonly JsonObject[]): QueryExplanation | null {
  const { query } = analyzeQuery(text, { dialect: DIALECTS[dialect] });
  const explainer = query === null ? null : createQueryExplainer(query, { ...options, kept: 50 }).explainer;
  if (explainer === null) return null;
  for (const event of events) {
    const timestamp = parseTimestamp(event['@timestamp']);
    if (timestamp !== null) explainer.observe(event, timestamp);
  }
  return explainer.finish();
}

/** How many results an explanation says that there are. */
function resultsOf({ stages, sequence, combination, pipes }: QueryExplanation): number | undefined {
  const last = pipes.at(-1);
  return last?.passed ?? sequence?.completed ?? combination?.completed ?? stages[0]?.tally.held;
}

/** Whether the parts of a condition that are said to decide bear the outcome out. */
function isBorneOut({ kind, holds, decisive, parts }: ExplainedCondition): boolean {
  if (!decisive) return true;
  const deciding = parts.filter((part) => part.decisive);
  const isDecided =
    kind === 'leaf' || (deciding.length > 0 && (kind === 'not' || deciding.every((part) => part.holds === holds)));
  return isDecided && parts.every(isBorneOut);
}

/** The steps that end a pending sequence. */
const ENDS = new Set(['overwritten', 'expired', 'cut', 'pending', 'completed', 'refused']);

/** How many sequences began under a key, and how many came to an end of any kind. */
function balanceOf({ steps }: KeyStory): readonly [begun: number, ended: number] {
  const begun = steps.filter(({ kind }) => kind === 'began').length;
  return [begun, steps.filter(({ kind }) => ENDS.has(kind)).length];
}

/** What the generated cases came to. */
const found = { queries: 0, withResults: 0, withPipes: 0, sequences: 0, combinations: 0 };

describe(`explanations against the engine (seed ${String(SEED)})`, () => {
  afterAll(() => {
    console.log(`explanations against the engine, seed ${String(SEED)}: ${JSON.stringify(found)}`);
    expect(found.withResults).toBeGreaterThan(found.queries / 5);
    expect(Math.min(found.withPipes, found.sequences, found.combinations)).toBeGreaterThan(found.queries / 50);
  });

  it('count the results that there are, tell each sequence to its end, and draw trees that bear them out', () => {
    // The order of events of one time is that in which they are read.
    const unordered = candidates.filter(({ options }) => options.tiebreakerField === undefined);
    fc.assert(
      fc.property(unordered, documents(30), (candidate, events) => {
        const query = tryCompile(candidate);
        if (query === null) return;
        const engine = new Engine([query]);
        const results = [...events.flatMap((event) => engine.process(event)), ...engine.finish()];
        const explanation = explain(candidate, events);
        expect(explanation === null ? null : resultsOf(explanation), candidate.text).toBe(results.length);
        if (explanation === null) return;
        for (const { tally } of explanation.stages) {
          expect(tally.matches.every(({ condition }) => condition.holds && isBorneOut(condition))).toBe(true);
          expect(tally.nearest.every(({ condition }) => !condition.holds && isBorneOut(condition))).toBe(true);
        }
        // A sequence that forks goes on beside its copies.
        for (const story of candidate.text.includes('fork') ? [] : (explanation.sequence?.stories ?? [])) {
          const [begun, ended] = balanceOf(story);
          expect(ended, candidate.text).toBe(begun);
        }
        found.queries += 1;
        if (results.length > 0) found.withResults += 1;
        if (explanation.pipes.length > 0) found.withPipes += 1;
        if (explanation.sequence !== null) found.sequences += 1;
        if (explanation.combination !== null) found.combinations += 1;
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });
});
