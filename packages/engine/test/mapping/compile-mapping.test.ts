import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../src/mapping/compile-condition.js';
import { compileMapping } from '../../src/mapping/compile-mapping.js';
import { readMapping } from '../../src/mapping/mapping-document.js';
import type { JsonObject } from '../../src/values/value.js';

function map(mapping: object, event: JsonObject): JsonObject {
  const { document, problems } = readMapping(mapping, 'test');
  if (document === null) throw new Error(problems.join('; '));
  const compiled = compileMapping(document);
  if (compiled.map === null) throw new Error(problemsOf(mapping));
  return compiled.map(event);
}

function problemsOf(mapping: unknown): string {
  const { document, problems } = readMapping(mapping, 'test');
  const found = document === null ? [] : compileMapping(document).problems;
  return [...problems, ...found.map(({ caseIndex, diagnostic }) => `${caseIndex}: ${diagnostic.message}`)].join('\n');
}

describe('a mapping', () => {
  it('renames fields, however they are spelt, and leaves empty objects out', () => {
    const mapping = { rename: { a: 'x.y', 'b.c': 'x.z', gone: 'x.w' } };
    expect(map(mapping, { a: 1, b: { c: 2 } })).toEqual({ x: { y: 1, z: 2 } });
    expect(map(mapping, { a: 1, 'b.c': 2, b: { d: 3 } })).toEqual({ b: { d: 3 }, x: { y: 1, z: 2 } });
  });

  it('takes dotted TOML keys for one name', () => {
    expect(map({ rename: { b: { c: 'x' } }, constant: { event: { kind: 'event' } } }, { b: { c: 1 } })).toEqual({
      x: 1,
      event: { kind: 'event' },
    });
  });

  it('does not rename onto a field that is there, nor derive or default it, but a constant replaces it', () => {
    const event = { a: 1, x: 2 };
    expect(map({ rename: { a: 'x' } }, event)).toEqual(event);
    expect(map({ derive: [{ to: 'x', from: 'a', by: 'copy' }] }, event)).toEqual(event);
    expect(map({ default: { x: 3, y: 4 } }, event)).toEqual({ a: 1, x: 2, y: 4 });
    expect(map({ constant: { x: [3, 4] } }, event)).toEqual({ a: 1, x: [3, 4] });
    expect(map({ constant: { 'e.k': 1 } }, { 'e.k': 0, e: { k: 2, l: 3 } })).toEqual({ e: { l: 3, k: 1 } });
  });

  it('lifts the members of an object, which win over nothing', () => {
    expect(map({ lift: ['data'] }, { a: 1, data: { a: 2, b: 3 } })).toEqual({ a: 1, b: 3 });
    expect(map({ lift: ['data'] }, { data: 'text' })).toEqual({ data: 'text' });
  });

  it('takes its steps in order, then each case that held before', () => {
    const mapping = {
      rename: { id: 'code' },
      derive: [{ to: 'copy', from: 'code', by: 'copy' }],
      case: [
        { when: 'id == 1', constant: { 'event.category': 'process' } },
        { when: 'id in (1, 2)', constant: { seen: true } },
        { when: 'code == 1', constant: { never: true } },
      ],
    };
    expect(map(mapping, { id: 1 })).toEqual({ code: 1, copy: 1, event: { category: 'process' }, seen: true });
    expect(map(mapping, { id: 2 })).toEqual({ code: 2, copy: 2, seen: true });
    expect(map(mapping, { id: 3 })).toEqual({ code: 3, copy: 3 });
  });

  it('leaves the event that it is given as it is', () => {
    const event = { a: { b: 1 }, e: { k: 1 } };
    const before = structuredClone(event);
    map({ rename: { 'a.b': 'e.b' }, constant: { 'e.k': 2 } }, event);
    expect(event).toEqual(before);
  });

  it('takes conditions with comments and several lines', () => {
    const mapping = { case: [{ when: 'a == 1 // one\n or a == 2', constant: { b: 1 } }] };
    expect(map(mapping, { a: 2 })).toEqual({ a: 2, b: 1 });
  });
});

describe('a wrong mapping', () => {
  it.each([
    ['is not a table', 7, 'it is not a table'],
    ['has an unknown key', { renam: {} }, 'unknown key "renam"'],
    ['nests deeper than a field may', { rename: { a: 'b.'.repeat(64) + 'c' } }, 'is not the name of a field'],
    ['has an unknown key in a case', { case: [{ when: 'a == 1', constnat: {} }] }, 'case 1: unknown key "constnat"'],
    ['has a case without a condition', { case: [{}] }, 'case 1: "when" is not a condition'],
    ['has a condition that is none', { case: [{ when: 'a = 1' }] }, '0: A comparison'],
    ['has a pipe for a condition', { case: [{ when: 'true) | head 1 //' }] }, '0: Nothing opened this ")"'],
    ['has a pipe in the brackets', { case: [{ when: 'true) | head (1' }] }, '0: This is a query and not a condition'],
    ['renames to no field', { rename: { a: 1 } }, 'rename: the new name of a'],
    ['renames to a hostile field', { rename: { a: '__proto__.b' } }, 'rename: the new name of a'],
    ['derives in no known way', { derive: [{ to: 'a', from: 'b', by: 'magic' }] }, 'derive 1: "by" is one of copy'],
    ['misspells a way', { derive: [{ to: 'a', from: 'b', by: 'utcc' }] }, ', not "utcc". Did you mean "utc"?'],
    ['misspells a key', { renames: {} }, 'constant. Did you mean "rename"?'],
    ['derives from nothing', { derive: [{ to: 'a', by: 'copy' }] }, 'derive 1: "to" and "from"'],
    ['has a constant that is a date', { constant: { a: new Date(0) } }, 'constant: the value of a'],
    ['has a list where a table belongs', { rename: [] }, 'rename is not a table'],
    ['has a table where a list belongs', { lift: {} }, 'lift is not a list'],
    ['remembers in words', { remember_processes: 'yes' }, 'remember_processes is not true or false'],
  ])('that %s is named', (_about, mapping, message) => {
    expect(problemsOf(mapping)).toContain(message);
  });

  it('has the place of a mistake within its condition, and of its fix', () => {
    const { document } = readMapping({ case: [{ when: 'a == 1' }, { when: 'a == 1\nand b = 2' }] }, 'test');
    const problems = document === null ? [] : compileMapping(document).problems;
    expect(problems).toMatchObject([
      { caseIndex: 1, diagnostic: { code: 'EQL1010', span: { start: 13, end: 14 }, fix: { span: { start: 13 } } } },
    ]);
    const [unfinished] = readMapping({ case: [{ when: 'a ==' }] }, 'test').document?.cases ?? [];
    expect(compileCondition(unfinished?.when ?? '').diagnostic?.span).toEqual({ start: 4, end: 4 });
  });
});
