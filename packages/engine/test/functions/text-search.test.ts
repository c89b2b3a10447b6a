import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/values/value.js';
import { valueOf } from './call-function.js';

type Case = readonly [name: string, args: readonly Value[], expected: Value];

const CASES: readonly Case[] = [
  ['startsWith', ['cmd.exe', 'cmd'], true],
  ['startsWith', ['cmd.exe', 'exe'], false],
  ['startsWith', ['Abc', 'a'], false],
  ['startsWith~', ['Abc', 'aB'], true],
  ['startsWith~', ['École', 'ÉC'], true],
  ['startsWith', ['abc', ''], true],
  ['startsWith', ['', ''], true],
  ['startsWith', ['', 'a'], false],
  ['startsWith', [null, 'a'], null],
  ['startsWith', ['a', null], null],
  ['startsWith', [1, 'a'], null],
  ['startsWith', ['a', true], null],

  ['endsWith', ['a.exe', '.exe'], true],
  ['endsWith', ['a.EXE', '.exe'], false],
  ['endsWith~', ['a.EXE', '.exe'], true],
  ['endsWith~', ['a.exe', '.EXE'], true],
  ['endsWith', ['a.exe', 'a'], false],
  ['endsWith', ['ab', ''], true],
  ['endsWith', ['ab', '*b'], false],
  ['endsWith', [null, 'a'], null],
  ['endsWith', ['a', null], null],
  ['endsWith', ['12', 2], null],

  ['stringContains', ['abc', 'b'], true],
  ['stringContains', ['abc', 'ac'], false],
  ['stringContains', ['abc', 'B'], false],
  ['stringContains~', ['abc', 'B'], true],
  ['stringContains', ['abc', ''], false],
  ['stringContains', ['', 'a'], false],
  ['stringContains', ['', ''], false],
  ['stringContains', ['abc', 'a*'], false],
  ['stringContains', [null, 'a'], null],
  ['stringContains', ['a', null], null],
  ['stringContains', [10, '1'], null],

  ['indexOf', ['a.b.c', '.'], 1],
  ['indexOf', ['a.b.c', '.', 2], 3],
  ['indexOf', ['a.b.c', '.', 1], 1],
  ['indexOf', ['a.b.c', '.', 9], null],
  ['indexOf', ['ab', 'z'], null],
  ['indexOf', ['ab', 'B'], null],
  ['indexOf~', ['ab', 'B'], 1],
  ['indexOf~', ['İ.x', 'X'], 2],
  ['indexOf', ['😀b', 'b'], 2],
  ['indexOf', ['foobarbaz', 'o', null], 1],
  ['indexOf', ['foobarbaz', 'o', -5], 1],
  ['indexOf', ['abc', ''], 0],
  ['indexOf', ['abc', '', 2], 2],
  ['indexOf', ['abc', '', 10], 3],
  ['indexOf', ['abc', 'c', 2n ** 62n], null],
  ['indexOf', ['abc', 'a', 0.5], null],
  ['indexOf', ['abc', 'a', '0'], null],
  ['indexOf', [null, 'a'], null],
  ['indexOf', ['a', null], null],
  ['indexOf', [1, '1'], null],

  ['between', ['a<b><c>', '<', '>'], 'b'],
  ['between', ['a<b><c>', '<', '>', false], 'b'],
  ['between', ['a<b><c>', '<', '>', true], 'b><c'],
  ['between', ['welcome to the planet', 'welcome', 'e', false], ' to th'],
  ['between', ['xAyBz', 'a', 'b'], ''],
  ['between~', ['xAyBz', 'a', 'b'], 'y'],
  ['between~', ['İAyB', 'a', 'b'], 'y'],
  ['between', ['abc', 'x', 'c'], ''],
  ['between', ['abc', 'a', 'x'], ''],
  ['between', ['ba', 'a', 'b'], ''],
  ['between', ['ba', 'a', 'b', true], ''],
  ['between', ['aXa', 'aXa', 'a', true], ''],
  ['between', ['ab', 'a', 'b'], ''],
  ['between', ['', 'a', 'b'], ''],
  ['between', ['abc', '', 'c'], 'abc'],
  ['between', ['abc', 'a', ''], 'abc'],
  ['between', [null, 'a', 'b'], null],
  ['between', ['abc', null, 'b'], null],
  ['between', ['abc', 'a', null], null],
  ['between', ['abc', 'a', 'c', null], null],
  ['between', ['abc', 'a', 'c', 'true'], null],
  ['between', [1, 'a', 'b'], null],
];

describe('functions that look for a text in another', () => {
  it.each(CASES)('%s of %o is %o', (name, args, expected) => {
    expect(valueOf(name, args)).toBe(expected);
    expect(valueOf(name, args, { dialect: 'endpoint' })).toBe(expected);
  });
});

describe('the same in Python EQL', () => {
  it.each<Case>([
    ['startsWith', ['Abc', 'aB'], true],
    ['endsWith', ['a.EXE', '.exe'], true],
    ['endsWith', [null, 'a'], null],
    ['indexOf', ['ab', 'B'], 1],
    ['indexOf', ['ab', 'z'], null],
    ['stringContains', ['ABC', 'b'], true],
    ['stringContains', [null, 'a'], false],
    ['stringContains', ['a', null], false],
    ['between', ['xAyBz', 'a', 'b'], 'y'],
    ['between', ['abc', 'x', 'c'], null],
    ['between', ['abc', 'a', 'x'], null],
    ['between', ['a<b><c>', '<', '>', true], 'b><c'],
    ['between', ['ba', 'a', 'b', true], null],
    ['between', [null, 'a', 'b'], null],
  ])('%s of %o is %o', (name, args, expected) => {
    expect(valueOf(name, args, { dialect: 'endgame' })).toBe(expected);
  });
});
