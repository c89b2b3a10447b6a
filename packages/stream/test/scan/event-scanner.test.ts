import { describe, expect, it } from 'vitest';
import { EventScanner } from '../../src/scan/event-scanner.js';

const PATHS = ['process.name', 'process.args', 'event.category', 'process', 'process.parent.pid', '@timestamp'];
const scanner = new EventScanner(PATHS.map((path) => ({ parts: path.split('.') })));

/** What is found under each path; null for a line that is left to the parser. */
function scan(line: string | Buffer): Record<string, unknown> | null {
  const bytes = Buffer.from(line);
  if (!scanner.scan(bytes, 0, bytes.length)) return null;
  const values = PATHS.map((path, place) => [path, scanner.read(place)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

describe('EventScanner', () => {
  it('finds nested, dotted and mixed spellings', () => {
    expect(scan('{"process":{"name":"sh"}}')).toEqual({ 'process.name': 'sh', process: { name: 'sh' } });
    expect(scan('{"process.name":"sh"}')).toEqual({ 'process.name': 'sh' });
    expect(scan('{"process.parent":{"pid":7}}')).toEqual({ 'process.parent.pid': 7 });
    expect(scan('{"process":{"parent.pid":7}}')).toEqual({ 'process.parent.pid': 7, process: { 'parent.pid': 7 } });
  });

  it('takes a path of more parts than a field may have for one that is not there, without following them', () => {
    const deep = new EventScanner([{ parts: Array<string>(50_000).fill('a') }, { parts: ['b'] }]);
    const bytes = Buffer.from('{"a":{"a":1},"b":2}');
    expect(deep.scan(bytes, 0, bytes.length)).toBe(true);
    expect([deep.read(0), deep.read(1)]).toEqual([undefined, 2]);
  });

  it('looks through lists of objects', () => {
    const list = [{ name: 'a' }, { name: ['b', 'c'] }, 5, [{ name: 'x' }], { parent: { pid: 1 } }];
    expect(scan(JSON.stringify({ process: list }))).toEqual({
      'process.name': ['a', ['b', 'c']],
      'process.parent.pid': [1],
      process: list,
    });
  });

  it('reads values of every type', () => {
    const read = (value: string): unknown => scan(`{"event":{"category":${value}},"x":1}`)?.['event.category'];
    expect(read('"C:\\\\a \\u00e9\\ud83d\\ude00"')).toBe('C:\\a é😀');
    expect(read('"日本"')).toBe('日本');
    expect(read('""')).toBe('');
    expect(read('0')).toBe(0);
    expect(read('-0')).toBe(-0);
    expect(read('-12.5e1')).toBe(-125);
    expect(read('999999999999999')).toBe(999_999_999_999_999);
    expect(read('9007199254740993')).toBe(9_007_199_254_740_993n);
    expect(read('[18446744073709551615]')).toEqual([18_446_744_073_709_551_615n]);
    expect(read('[]')).toEqual([]);
    expect(read('[ "a" , "b" ]')).toEqual(['a', 'b']);
    expect(read('["a",["b",{"c":1}],null]')).toEqual(['a', ['b', { c: 1 }], null]);
    expect(read('null')).toBeNull();
    expect(read('true')).toBe(true);
    expect(read('{"a":1}')).toEqual({ a: 1 });
  });

  it('is not misled by order, blanks, or other keys', () => {
    expect(scan(' { "other": { "process" : { "name" : "no" } } , "process": { "name":\t"yes" } } \r')).toMatchObject({
      'process.name': 'yes',
    });
    expect(scan('{"process":{"nam":1,"names":2,"name":"yes"}}')).toMatchObject({ 'process.name': 'yes' });
    for (let round = 0; round < 3; round += 1) {
      expect(scan('{"process":{"name":"a","args":["b"]}}')).toMatchObject({
        'process.name': 'a',
        'process.args': ['b'],
      });
      expect(scan('{"process":{"args":["b"],"name":"a"}}')).toMatchObject({
        'process.name': 'a',
        'process.args': ['b'],
      });
    }
  });

  it('goes on finding keys after very many others', () => {
    for (let number = 0; number < 2000; number += 1) {
      const line = `{"k${String(number)}":1,"process":{"x${String(number)}":2,"name":"n${String(number)}"}}`;
      expect(scan(line)).toMatchObject({ 'process.name': `n${String(number)}` });
    }
  });

  it('scans lines of any length up to some megabytes, and short ones after them', () => {
    const pad = 'x'.repeat(3_000_000);
    expect(scan(`{"pad":"${pad}","process":{"name":"long"}}`)).toMatchObject({ 'process.name': 'long' });
    expect(scan('{"process":{"name":"short"}}')).toMatchObject({ 'process.name': 'short' });
    expect(scan(`{"pad":"${pad}${pad}","process":{"name":"too long"}}`)).toBeNull();
    expect(scan('{"process":{"name":"short"}}')).toMatchObject({ 'process.name': 'short' });
  });

  it('forgets what the line before held', () => {
    expect(scan('{"process":{"name":"a"}}')).toMatchObject({ 'process.name': 'a' });
    expect(scan('{"process":{"name":}}')).toBeNull();
    expect(scanner.has(0)).toBe(false);
    expect(scanner.read(0)).toBeUndefined();
    expect(scan('{}')).toEqual({});
  });

  it('tells long keys apart that differ in the middle', () => {
    const long = new EventScanner([
      { parts: ['a_key_that_is_longer_than_sixteen'] },
      { parts: ['a_key_that_was_longer_than_sixteen'] },
    ]);
    const bytes = Buffer.from('{"a_key_that_was_longer_than_sixteen":1,"a_key_that_has_longer_than_sixteen":2}');
    expect(long.scan(bytes, 0, bytes.length)).toBe(true);
    expect([long.read(0), long.read(1)]).toEqual([undefined, 1]);
  });

  it.each([
    ['a key that occurs twice', '{"process":{"name":"a"},"process":{"name":"b"}}'],
    ['a path that is spelled in two ways', '{"process":{"name":"a"},"process.name":"b"}'],
    ['an escape in a key', '{"\\u0070rocess":{"name":"a"}}'],
    ['a key beyond ASCII', '{"ä":1}'],
    ['blanks before a colon', '{"process" :1}'],
    ['invalid UTF-8', Buffer.from('{"process":{"name":"\xff"}}', 'latin1')],
    ['an overlong encoding', Buffer.from('{"x":"\xc0\xaf"}', 'latin1')],
    ['deep nesting', `{"x":${'['.repeat(200)}${']'.repeat(200)}}`],
    ['a list', '[{"process":{"name":"a"}}]'],
    ['a scalar', '5'],
    ['nothing', ''],
  ])('leaves %s to the parser', (_, line) => {
    expect(scan(line)).toBeNull();
  });

  it.each([
    '{',
    '{}}',
    '{} x',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,"a":1}',
    '{"a":1 "b":2}',
    '{"a":[1,]}',
    '{"a":[,1]}',
    '{"a":[1 2]}',
    '{"a":[1}',
    '{"a":{"b":1]}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":1e}',
    '{"a":-}',
    '{"a":--1}',
    '{"a":tru}',
    '{"a":nulL}',
    '{"a":True}',
    '{"a":NaN}',
    '{"a":"\\x"}',
    '{"a":"\\u12g4"}',
    '{"a":"\\u12"}',
    '{"a":"tab\there"}',
    '{"a":"open}',
    '{"a\tb":1}',
    "{'a':1}",
    '{"a":1}{"b":2}',
    '{"process":{"name":"a"}',
    '{"process":{"name":01}}',
    '{"process":{"name":"a",}}',
    '{"process":{"name" "a"}}',
  ])('refuses %s, which is no JSON', (line) => {
    expect(() => JSON.parse(line) as unknown).toThrow();
    expect(scan(line)).toBeNull();
  });
});
