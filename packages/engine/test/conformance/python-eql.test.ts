import { DIALECTS } from '@eqlkit/language';
import { Engine, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile } from '../run-query.js';
import { published, readCases, readEvents, timeOf } from './conformance-data.js';

interface QueryCase {
  readonly query: string;
  readonly expected_event_ids: readonly number[];
  readonly case_sensitive?: boolean;
}

const ENDGAME = { dialect: DIALECTS.endgame, categoryField: 'event_type' };
const SENSITIVE = { ...ENDGAME, dialect: { ...DIALECTS.endgame, foldCase: false } };

describe.runIf(published)('published cases of Python EQL', () => {
  const events = [...readEvents(['endgame'])].sort((a, b) => timeOf(a).ms - timeOf(b).ms || numberOf(a) - numberOf(b));
  const cases = (readCases('python-eql/queries.json') as QueryCase[]).map((test, index) => ({ ...test, index }));

  it.each(cases)('$index: $query', ({ query, expected_event_ids: expected, case_sensitive: sensitive }) => {
    const engine = new Engine([compile(query, sensitive === true ? SENSITIVE : ENDGAME)]);
    const matches = [...events.flatMap((event) => engine.process(event, timeOf(event))), ...engine.finish()];
    const ids = matches.flatMap(({ match }) => match.stages.map(({ record }) => record?.event['serial_event_id']));
    expect(ids).toEqual(expected);
  });

  it('are all there', () => {
    expect(cases).toHaveLength(158);
  });
});

function numberOf(event: JsonObject): number {
  return Number(event['serial_event_id']);
}
