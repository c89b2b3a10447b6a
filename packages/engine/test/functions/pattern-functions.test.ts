import { DIALECTS } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { FUNCTION_LIBRARY } from '../../src/functions/function-library.js';
import type { Value } from '../../src/values/value.js';
import { valueOf } from './call-function.js';

type Case = readonly [name: string, args: readonly Value[], expected: Value];

describe('functions of patterns', () => {
  it.each<Case>([
    ['wildcard', ['cmd.exe', 'cmd*'], true],
    ['wildcard', ['cmd.exe', '*.dll', 'c?d.*'], true],
    ['wildcard', ['cmd.exe', 'CMD*'], false],
    ['wildcard~', ['cmd.exe', 'CMD*'], true],
    ['wildcard~', ['école', 'ÉCOLE'], false],
    ['wildcard', ['a*', 'a*'], true],
    ['wildcard', ['', '*'], true],
    ['wildcard', ['', ''], true],
    ['wildcard', ['12345', '12*'], true],
    ['wildcard', [null, '*'], null],
    ['wildcard', [12_345, '12*'], null],
    ['wildcard', ['a', null], null],
    ['wildcard', ['a', null, 'b'], null],
    ['wildcard', ['a', null, 'a'], true],
    ['wildcard', ['a', 'a', null], true],
    ['wildcard', ['1', 1], null],

    ['match', ['cmd.exe', 'cmd\\.(exe|dll)'], true],
    ['match', ['cmd.exe', 'cmd'], false],
    ['match', ['cmd.exe', 'x', '.*exe'], true],
    ['match', ['CMD', 'cmd'], false],
    ['match~', ['CMD', '[a-d]m"d"'], true],
    ['match', ['^ab$', '^ab$'], true],
    ['match', ['', '()'], true],
    ['match', ['a', '('], false],
    ['match', ['a', '(', 'a'], true],
    ['match', [null, '.*'], null],
    ['match', [5, '.*'], null],
    ['match', ['a', null], null],

    ['cidrMatch', ['10.1.2.3', '10.0.0.9/8'], true],
    ['cidrMatch', ['11.1.2.3', '10.0.0.9/8'], false],
    ['cidrMatch', ['::1', '10.0.0.0/8', '::/127'], true],
    ['cidrMatch', ['10.0.0.1', '10.0.0.1'], true],
    ['cidrMatch', ['localhost', '0.0.0.0/0'], false],
    ['cidrMatch', ['', '0.0.0.0/0'], false],
    ['cidrMatch', ['10.0.0.1', 'bad'], false],
    ['cidrMatch', ['10.0.0.1', 'bad', '10.0.0.0/8'], true],
    ['cidrMatch', [null, '10.0.0.0/8'], null],
    ['cidrMatch', [167_772_161, '10.0.0.0/8'], null],
    ['cidrMatch', ['10.0.0.1', null], null],
    ['cidrMatch', ['10.0.0.1', 8], null],
  ])('%s of %o is %o', (name, args, expected) => {
    expect(valueOf(name, args)).toBe(expected);
  });

  it.each<Case>([
    ['wildcard', ['CMD.exe', 'cmd*'], true],
    ['wildcard', ['a?c', 'A?C'], true],
    ['wildcard', ['abc', 'a?c'], false],
    ['match', ['CMD.exe', 'cmd'], true],
    ['match', ['a cmd', 'cmd'], false],
    ['match', ['a', '(?=a)'], false],
    ['matchLite', ['C:\\net1  localgroup x', '.*?net1\\s+localgroup\\s+.*?'], true],
    ['matchLite', ['net1 localgroup', '.*?net1\\s+localgroup\\s+.*?'], false],
    ['matchLite', [null, '.*'], null],
    ['cidrMatch', ['10.6.48.157', '10.6.48.157/8'], true],
  ])('in Python EQL %s of %o is %o', (name, args, expected) => {
    expect(valueOf(name, args, { dialect: 'endgame', folding: 'unicode' })).toBe(expected);
  });

  it('fold every letter where the context asks for it', () => {
    expect(valueOf('wildcard~', ['école', 'ÉC*'], { folding: 'unicode' })).toBe(true);
  });

  it('keep working when more patterns come than are kept', () => {
    const call = FUNCTION_LIBRARY.wildcard({
      dialect: DIALECTS.elasticsearch,
      caseInsensitive: false,
      folding: 'ascii',
      constants: [undefined, undefined],
      report: expect.unreachable,
    });
    for (let round = 0; round < 2; round += 1) {
      for (let number = 0; number < 200; number += 1) {
        expect(call([`file-${number}.exe`, `*-${number}.*`])).toBe(true);
        expect(call([`file-${number}.exe`, `*-${number + 1}.*`])).toBe(false);
      }
    }
  });
});
