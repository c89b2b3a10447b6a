import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EqlProcess, ROOT, runEql } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const EVENTS = 'examples/xdg-autostart/events.ndjson';

const folder = useTestFolder();
let eql: EqlProcess;
beforeAll(() => {
  eql = new EqlProcess();
});
afterAll(() => {
  eql.stop();
});

const isSchemaFile = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(ROOT, 'docs/schemas/event-schema.schema.json'), 'utf8')) as object,
);

describe('eql schema learn', () => {
  it('prints a schema as docs/schemas describes it', async () => {
    const { code, stdout, stderr } = await eql.run(['schema', 'learn', EVENTS]);
    expect(code).toBe(0);
    const schema = JSON.parse(stdout) as { learned: object; fields: Record<string, { type: string }> };
    expect(isSchemaFile(schema), JSON.stringify(isSchemaFile.errors)).toBe(true);
    expect(schema.learned).toMatchObject({ events: 589 });
    expect(schema.fields['process.pid']?.type).toBe('long');
    expect(schema.fields['source.ip']?.type).toBe('ip');
    expect(schema.fields['@timestamp']?.type).toBe('date');
    expect(stderr).toMatch(/^\d+ fields of 589 events$/mu);
  });

  it('writes the file that eql query checks against', async () => {
    const path = folder.file('schema.json');
    expect(await eql.run(['schema', 'learn', EVENTS, '--to', path])).toMatchObject({ code: 0, stdout: '' });
    const query = ['query', 'process where process.nmae == "sh" and process.pid == "1"', EVENTS, '--schema', path];
    const warned = await eql.run(query);
    expect(warned.code).toBe(0);
    expect(warned.stderr).toContain('warning[EQL2015]');
    expect(warned.stderr).toContain('Did you mean "process.name"?');
    expect(warned.stderr).toContain('warning[EQL2012]');
    const strict = await eql.run([...query, '--strict-schema']);
    expect(strict.code).toBe(2);
    expect(strict.stderr).toContain('error[EQL2002]');
  });

  it('reads standard input, other category fields, and events without a time', () => {
    const input = '{"kind":"a","n":1}\n{"kind":"b"}\n';
    const { code, stdout, stderr } = runEql(['schema', 'learn', '-', '--category-field', 'kind'], { input });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ learned: { events: 2, categories: { a: 1, b: 1 } } });
    expect(stderr).toBe('2 fields of 2 events\n');
  });

  it('accepts the example of the page, as the command and as docs/schemas describes it', async () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/u.exec(readFileSync(join(ROOT, 'docs/schema.md'), 'utf8')) ?? [];
    expect(isSchemaFile(JSON.parse(example)), JSON.stringify(isSchemaFile.errors)).toBe(true);
    const schema = folder.write('example.json', example);
    const { code, stderr } = await eql.run(['query', 'any where length(my.version) > 1', EVENTS, '--schema', schema]);
    expect(code).toBe(2);
    expect(stderr).toContain('error[EQL2004]');
  });
});

describe('exit codes', () => {
  it('is 3 for bad events with --strict only', async () => {
    const events = folder.write('bad.ndjson', '{"n":1}\n{broken\n');
    expect((await eql.run(['schema', 'learn', events])).code).toBe(0);
    expect((await eql.run(['schema', 'learn', events, '--strict'])).code).toBe(3);
  });

  it.each([
    ['no events', ['schema', 'learn']],
    ['missing events', ['schema', 'learn', 'nowhere.ndjson']],
    ['a file that cannot be written', ['schema', 'learn', EVENTS, '--to', 'nowhere/at/all.json']],
    ['an unknown subcommand', ['schema', 'forget']],
    ['a schema that is no JSON', ['query', 'any where true', EVENTS, '--schema', 'README.md']],
    ['a schema that is none', ['query', 'any where true', EVENTS, '--schema', 'package.json']],
    ['a missing schema', ['query', 'any where true', EVENTS, '--schema', 'nowhere.json']],
  ])('is 3 for %s', async (_about, args) => {
    const { code, stdout, stderr } = await eql.run(args);
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it('tells a mapping from a schema file', async () => {
    const mapping = folder.write('mapping.json', '{"properties":{"a":{"type":"long"}}}');
    const schema = folder.write('file.json', '{"format":"eqlkit-schema","version":1,"fields":{"a":{"type":"long"}}}');
    const swapped = await eql.run(['query', 'any where true', EVENTS, '--schema', mapping]);
    expect([swapped.code, swapped.stderr]).toEqual([3, expect.stringContaining('give it as --mapping')]);
    const other = await eql.run(['query', 'any where true', EVENTS, '--mapping', schema]);
    expect([other.code, other.stderr]).toEqual([3, expect.stringContaining('give it as --schema')]);
  });
});
