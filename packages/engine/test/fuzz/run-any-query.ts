import { analyzeQuery, DIALECTS, parseQuery, printQuery, type Diagnostic, type DialectName } from '@eqlkit/language';
import { compileQuery, Engine, type JsonObject, type JsonValue } from '@eqlkit/engine';
import { expect } from 'vitest';

/** Events that hold something in most fields that the seed queries read. */
const EVENTS: readonly JsonObject[] = Array.from({ length: 12 }, (_, index) => ({
  '@timestamp': 1_700_000_000_000 + index * 250,
  event: { category: ['process', 'file', 'network'][index % 3] ?? null, type: ['start', 'end'] },
  event_type: 'process',
  process: { name: index % 2 === 0 ? 'cmd.exe' : 'bash', pid: index, args: ['/c', 'b', null], entity_id: `p${index}` },
  process_name: 'cmd.exe',
  user: { name: 'bash', id: '0' },
  host: { id: index % 4 },
  source: { ip: '10.1.2.3' },
  file: { path: 'C:\\Temp\\x.exe', size: 2_000_000 },
  a: index % 2 === 0 ? 1 : 'b',
  b: index,
  list: [{ y: 1 }, 'a', 2],
}));

/** What became of a text. */
export type Verdict = 'ran' | 'refused';

/**
 * Takes a text as a query as far as it goes: it ends with diagnostics whose places lie within it, or it compiles, prints
 * to the same query, and runs over events and from a snapshot on.
 */
export function runAnyQuery(text: string, name: DialectName): Verdict {
  const dialect = DIALECTS[name];
  const analysis = analyzeQuery(text, { dialect });
  expectPlaces(analysis.diagnostics, text);
  if (analysis.query === null) {
    expect(analysis.diagnostics).not.toEqual([]);
    return 'refused';
  }
  const printed = printQuery(analysis.query.statement);
  const again = parseQuery(printed, dialect);
  expect(again.diagnostics, printed).toEqual([]);
  expect(again.ast === null ? null : printQuery(again.ast)).toBe(printed);
  const { query, diagnostics } = compileQuery(analysis.query);
  expectPlaces(diagnostics, text);
  if (query === null) {
    expect(diagnostics).not.toEqual([]);
    return 'refused';
  }
  const engine = new Engine([query]);
  for (const event of EVENTS) engine.process(event);
  const state = JSON.parse(JSON.stringify(engine.snapshot())) as JsonValue;
  engine.advanceTo(1_800_000_000_000);
  engine.finish();
  const restored = new Engine([query]);
  restored.restore(state);
  restored.finish();
  return 'ran';
}

/** Every diagnostic says something about a part of the text. */
function expectPlaces(diagnostics: readonly Diagnostic[], text: string): void {
  const wrong = diagnostics.filter(
    ({ span, message }) => message === '' || span.start < 0 || span.end < span.start || span.end > text.length,
  );
  expect(wrong).toEqual([]);
}
