import {
  compileFieldReader,
  Engine,
  FieldTable,
  LazyEvent,
  type FieldPath,
  type FieldReader,
  type JsonObject,
  type JsonValue,
  type QueryMatch,
} from '@eqlkit/engine';
import { DIALECTS } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { compile, type RunOptions } from '../run-query.js';

/** Reads fields out of a text that its owner replaces for each event, as a reader over a buffer does. */
class TextEvent extends LazyEvent {
  text = '{}';
  reads = 0;
  decodes = 0;
  private readonly readers: readonly FieldReader[];

  constructor(private readonly paths: readonly FieldPath[]) {
    super();
    this.readers = paths.map(({ parts }) => compileFieldReader(parts));
  }

  override readField(place: number): JsonValue | undefined {
    this.reads += 1;
    const found = this.readers[place]?.(JSON.parse(this.text) as JsonObject);
    return this.paths[place]?.structured === true ? found : withoutObjects(found);
  }

  override decode(): JsonObject {
    this.decodes += 1;
    return JSON.parse(this.text) as JsonObject;
  }

  override retain(): TextEvent {
    const kept = new TextEvent(this.paths);
    kept.text = this.text;
    return kept;
  }
}

function withoutObjects(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((one) => withoutObjects(one) ?? null);
  return typeof value === 'object' ? null : value;
}

const OPTIONS: RunOptions = { dialect: DIALECTS.endpoint };

const QUERIES: readonly (readonly [query: string, options?: RunOptions])[] = [
  ['process where process.name : "CMD.exe"'],
  ['any where process.args == "b" and not user.id == "0"'],
  ['any where _arraysearch(files, $file, $file.size > 10)', OPTIONS],
  ['any where process.args[1] == "b"', { dialect: DIALECTS.endgame }],
  ['sequence by host.id [process where true] as first [any where user.name == first.user.name]', OPTIONS],
  ['sequence by host.id with maxspan=5s [process where true] ![network where true]'],
  ['sequence by host.id [any where process.name == "b"] [any where process.name == "a"]', { tiebreakerField: 'n' }],
  ['sequence by host.id [any where process.name == "a"] [any where process.name == "b"]', { timestampField: 'at' }],
  ['sample by host.id [process where true] [network where true]'],
  ['any where true | sort n', { dialect: DIALECTS.endgame }],
];

const EVENTS: readonly JsonObject[] = [
  {
    '@timestamp': 1000,
    at: 5000,
    n: 2,
    event: { category: 'process' },
    host: { id: 'h' },
    process: { name: 'a', args: ['a', 'b'] },
    user: { name: 'x' },
  },
  {
    '@timestamp': 1000,
    at: 6000,
    n: 1,
    'event.category': ['network', 'file'],
    host: { id: 'h' },
    process: { name: 'b' },
    user: { name: 'x' },
  },
  {
    '@timestamp': 2000,
    at: 7000,
    event: { category: 'process' },
    host: { id: 'h' },
    process: { name: 'cmd.EXE' },
    files: [{ size: 3 }, { size: 30 }],
  },
  {
    '@timestamp': 3000,
    at: 8000,
    event: { category: 'process' },
    host: { id: 'g' },
    process: { name: 'b' },
    user: { id: 0 },
  },
];

function createEngine(): Engine {
  const fields = new FieldTable();
  return new Engine(QUERIES.map(([query, options]) => compile(query, { ...options, fields })));
}

/** What identifies a match, as plain data. */
function describeMatch({ query, match }: QueryMatch): unknown {
  return [query, match.keys.map(({ value }) => value), match.stages.map(({ record }) => record?.event ?? null)];
}

function runLazily(): { readonly matches: readonly QueryMatch[]; readonly event: TextEvent } {
  const engine = createEngine();
  const event = new TextEvent(engine.fieldPaths);
  const matches = EVENTS.flatMap((document) => {
    event.text = JSON.stringify(document);
    return engine.process(event);
  });
  event.text = '{"gone":true}';
  return { matches: [...matches, ...engine.finish()], event };
}

describe('LazyEvent', () => {
  it('gives the matches of decoded events, whatever becomes of the buffer', () => {
    const engine = createEngine();
    const matches = [...EVENTS.flatMap((document) => engine.process(document)), ...engine.finish()];
    const found = new Set(matches.map(({ query }) => query));

    expect([...found].sort((a, b) => a - b)).toEqual(QUERIES.map((_, index) => index));
    expect(runLazily().matches.map(describeMatch)).toEqual(matches.map(describeMatch));
  });

  it('is not decoded for a query that reads its fields', () => {
    const engine = new Engine([compile('process where process.name == "a" and process.args == "b"')]);
    const event = new TextEvent(engine.fieldPaths);
    event.text = JSON.stringify(EVENTS[0]);

    expect(engine.process(event)).toHaveLength(1);
    expect(event.reads).toBeGreaterThan(0);
    expect(event.decodes).toBe(0);
  });

  it('is restored from a snapshot that was taken while it was pending', () => {
    const query = 'sequence by host.id [any where process.name == "a"] [any where process.name == "b"]';
    const before = new Engine([compile(query)]);
    const event = new TextEvent(before.fieldPaths);
    event.text = JSON.stringify(EVENTS[0]);
    before.process(event);
    event.text = '{"gone":true}';

    const after = new Engine([compile(query)]);
    after.restore(before.snapshot());
    const [found] = after.process(EVENTS[1] ?? {});
    expect(found?.match.stages.map(({ record }) => record?.event)).toEqual(EVENTS.slice(0, 2));
  });

  it('lists the path of every field, those of category, time and tiebreaker among them', () => {
    const { fieldPaths } = createEngine();
    const names = fieldPaths.map(({ parts }) => parts.join('.'));
    expect(names).toEqual(expect.arrayContaining(['event.category', '@timestamp', 'at', 'n', 'process.args', 'files']));
    expect(fieldPaths.filter(({ structured }) => structured).map(({ parts }) => parts)).toContainEqual(['files']);
  });
});
