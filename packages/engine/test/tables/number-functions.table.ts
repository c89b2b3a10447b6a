import type { TruthTable } from './truth-table.js';

/** Functions that compute with numbers, and the tests of addresses and patterns. */
export const NUMBER_FUNCTION_TABLES: Readonly<Record<string, TruthTable>> = {
  add: {
    typical: [
      ['add(n, 2) == 5', { n: 3 }, true],
      ['add(4, 0.5) == 4.5', {}, true],
    ],
    missing: [
      ['add(n, 2) == 2', {}, false],
      ['add(n, 2) == null', {}, true],
      ['add(null, 1) == null', {}, true],
    ],
    empty: [['add(n, 1) == null', { n: [] }, true]],
    array: [['add(n, m) == 21', { n: [1, 10], m: [20, 5] }, true]],
    wrongType: [
      ['add(n, 2) == null', { n: 'three' }, true],
      ['add("1", 2) == 3', {}, 'verification'],
      ['add(1) == 1', {}, 'parse'],
    ],
    edge: [
      ['add(n, 1) == 9007199254740993', { n: 9_007_199_254_740_992n }, true],
      ['add(n, 1) == null', { n: 9_223_372_036_854_775_807n }, true],
    ],
  },
  subtract: {
    typical: [
      ['subtract(n, 2) == 1', { n: 3 }, true],
      ['subtract(-2, 4) == -6', {}, true],
    ],
    missing: [['subtract(n, 2) == null', {}, true]],
    empty: [['subtract(n, 2) == null', { n: [] }, true]],
    array: [['subtract(n, 2) == 8', { n: [1, 10] }, true]],
    wrongType: [
      ['subtract(b, 2) == null', { b: true }, true],
      ['subtract(true, 2) == 1', {}, 'verification'],
    ],
    edge: [['subtract(0, n) == -9007199254740993', { n: 9_007_199_254_740_993n }, true]],
  },
  multiply: {
    typical: [
      ['multiply(n, 2) == 6', { n: 3 }, true],
      ['multiply(-2, 2) == -4', {}, true],
    ],
    missing: [['multiply(n, 2) == null', {}, true]],
    empty: [['multiply(n, 2) == null', { n: [null] }, true]],
    array: [['multiply(n, 2) == 20', { n: [1, 10] }, true]],
    wrongType: [['multiply(n, 2) == null', { n: 'x' }, true]],
    edge: [
      ['multiply(n, 4) == null', { n: 9_223_372_036_854_775_807n }, true],
      ['multiply(n, 0.5) == 1.5', { n: 3 }, true],
    ],
  },
  divide: {
    typical: [
      ['divide(n, 2) == 2', { n: 5 }, true],
      ['divide(n, 2.0) == 2.5', { n: 5 }, true],
    ],
    missing: [['divide(n, 2) == null', {}, true]],
    empty: [['divide(n, 2) == null', { n: [] }, true]],
    array: [['divide(n, 2) == 5', { n: [1, 10] }, true]],
    wrongType: [['divide(n, 2) == null', { n: 'x' }, true]],
    edge: [
      ['divide(n, m) == null', { n: 5, m: 0 }, true],
      ['divide(-7, 2) == -3', {}, true],
      ['divide(n, 0.0) > 1000000', { n: 5 }, true],
    ],
  },
  modulo: {
    typical: [
      ['modulo(n, 3) == 2', { n: 5 }, true],
      ['modulo(10, -6) == 4', {}, true],
      ['modulo(-10, 6) == -4', {}, true],
    ],
    missing: [['modulo(n, 3) == null', {}, true]],
    empty: [['modulo(n, 3) == null', { n: [] }, true]],
    array: [['modulo(n, 3) == 1', { n: [5, 10] }, true]],
    wrongType: [['modulo(n, 3) == null', { n: 'x' }, true]],
    edge: [
      ['modulo(n, m) == null', { n: 5, m: 0 }, true],
      ['modulo(n, 2) == 0.5', { n: 2.5 }, true],
    ],
  },
  number: {
    typical: [
      ['number(s) == 42', { s: '42' }, true],
      ['number(s) == 1.5', { s: '1.5' }, true],
      ['number(s, 16) == 255', { s: 'ff' }, true],
    ],
    missing: [
      ['number(s) == null', {}, true],
      ['number(s, null) == 42', { s: '42' }, true],
    ],
    empty: [['number(s) == null', { s: '' }, true]],
    array: [['number(s) == 2', { s: ['1', '2'] }, true]],
    wrongType: [
      ['number(s) == null', { s: 'forty' }, true],
      ['number(5) == 5', {}, 'verification'],
      ['number(s, "x") == 5', {}, 'verification'],
    ],
    edge: [
      ['number(s) == 31', { s: '0x1f' }, true],
      ['number(s, 8) == 63', { s: '077' }, true],
      ['number(s) == -7', { s: '-7' }, true],
      ['number(s) == 9223372036854775807', { s: '9223372036854775807' }, true],
      ['number(s) == null', { s: '-0x1' }, true],
    ],
  },
  cidrMatch: {
    typical: [
      ['cidrMatch(ip, "10.0.0.0/8")', { ip: '10.1.2.3' }, true],
      ['cidrMatch(ip, "10.0.0.0/8")', { ip: '11.1.2.3' }, false],
      ['cidrMatch(ip, "192.168.0.0/16", "10.0.0.0/8")', { ip: '10.1.2.3' }, true],
      ['cidrmatch(ip, "fe80::/10")', { ip: 'fe80::1' }, true],
    ],
    missing: [
      ['cidrMatch(ip, "10.0.0.0/8")', {}, false],
      ['not cidrMatch(ip, "10.0.0.0/8")', {}, true],
      ['cidrMatch(ip, "10.0.0.0/8")', { ip: null }, false],
    ],
    empty: [
      ['cidrMatch(ip, "10.0.0.0/8")', { ip: '' }, false],
      ['cidrMatch(ip)', {}, 'parse'],
    ],
    array: [
      ['cidrMatch(ip, "10.0.0.0/8")', { ip: ['8.8.8.8', '10.0.0.1'] }, true],
      ['not cidrMatch(ip, "10.0.0.0/8")', { ip: ['8.8.8.8', '10.0.0.1'] }, false],
    ],
    wrongType: [
      ['cidrMatch(ip, "10.0.0.0/8")', { ip: 'host.example' }, false],
      ['cidrMatch(ip, "10.0.0.0/8")', { ip: 167_772_161 }, false],
      ['cidrMatch(ip, "not a block")', {}, 'translation'],
      ['cidrMatch(ip, other)', {}, 'verification'],
    ],
    edge: [
      ['cidrMatch(ip, "10.0.0.9/8")', { ip: '10.1.2.3' }, true],
      ['cidrMatch(ip, "::1")', { ip: '::1' }, true],
      ['cidrMatch(ip, "192.0.0.8/32")', { ip: '192.0.0.8' }, true],
      ['cidrMatch(ip, "FE80::/10")', { ip: 'FE80::99' }, true],
      ['cidrMatch(ip, "0.0.0.0/0")', { ip: '255.255.255.255' }, true],
      ['cidrMatch(ip, "0.0.0.0/0")', { ip: '2001:db8::1' }, false],
      ['cidrMatch(ip, "10.0.0.0/33")', {}, 'translation'],
    ],
  },
  wildcard: {
    typical: [
      ['wildcard(s, "*.exe")', { s: 'cmd.exe' }, true],
      ['wildcard(s, "*.com", "c?d.*")', { s: 'cmd.exe' }, true],
      ['wildcard(s, "*.dll")', { s: 'cmd.exe' }, false],
    ],
    missing: [
      ['wildcard(s, "*")', {}, false],
      ['not wildcard(s, "*")', {}, true],
    ],
    empty: [
      ['wildcard(s, "*")', { s: '' }, true],
      ['wildcard(s, "?")', { s: '' }, false],
      ['wildcard(s)', {}, 'parse'],
    ],
    array: [['wildcard(s, "*.exe")', { s: ['a.dll', 'cmd.exe'] }, true]],
    wrongType: [['wildcard(s, 5)', {}, 'verification']],
    edge: [
      ['wildcard(s, "*.EXE")', { s: 'cmd.exe' }, false],
      [String.raw`wildcard(s, """a\*""")`, { s: String.raw`a\z` }, true],
      ['wildcard(s, "a?c")', { s: 'a😀c' }, true],
    ],
  },
  'wildcard~': {
    typical: [['wildcard~(s, "*.EXE")', { s: 'cmd.exe' }, true]],
    missing: [['wildcard~(s, "*")', {}, false]],
    empty: [['wildcard~(s, "*")', { s: '' }, true]],
    array: [['wildcard~(s, "B*")', { s: ['ab', 'ba'] }, true]],
    wrongType: [['wildcard~(s, true)', {}, 'verification']],
    edge: [['wildcard~(s, "É*")', { s: 'éa' }, false]],
  },
  match: {
    typical: [
      ['match(s, "c[a-m]d")', { s: 'cmd' }, true],
      ['match(s, "c[n-z]d", "x.*")', { s: 'cmd' }, false],
    ],
    missing: [
      ['match(s, ".*")', {}, false],
      ['not match(s, ".*")', {}, true],
    ],
    empty: [
      ['match(s, "")', { s: '' }, true],
      ['match(s)', {}, 'parse'],
    ],
    array: [['match(s, "c.d")', { s: ['x', 'cmd'] }, true]],
    wrongType: [['match(s, 5)', {}, 'verification']],
    edge: [
      ['match(s, "CMD")', { s: 'cmd' }, false],
      ['match(s, "cm")', { s: 'cmd' }, false],
      ['match(s, "c(")', {}, 'translation'],
    ],
  },
  'match~': {
    typical: [['match~(s, "CMD")', { s: 'cmd' }, true]],
    missing: [['match~(s, ".*")', {}, false]],
    empty: [['match~(s, "A*")', { s: '' }, true]],
    array: [['match~(s, "C.D")', { s: ['x', 'cmd'] }, true]],
    wrongType: [['match~(s, 1)', {}, 'verification']],
    edge: [['match~(s, "[A-C]MD")', { s: 'cmd' }, true]],
  },
};
