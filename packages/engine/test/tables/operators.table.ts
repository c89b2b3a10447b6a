import type { TruthTable } from './truth-table.js';

/** Comparisons, lists and patterns. */
export const COMPARISON_TABLES: Readonly<Record<string, TruthTable>> = {
  '==': {
    typical: [
      ['s == "cmd"', { s: 'cmd' }, true],
      ['n == 5', { n: 5 }, true],
      ['b == true', { b: true }, true],
      ['5 == n', { n: 5 }, true],
    ],
    missing: [
      ['s == "cmd"', {}, false],
      ['not (s == "cmd")', {}, true],
      ['s == null', {}, true],
      ['null == s', { s: null }, true],
      ['s == null', { s: 'x' }, false],
      ['null == null', {}, true],
    ],
    empty: [
      ['s == ""', { s: '' }, true],
      ['s == null', { s: '' }, false],
      ['s == null', { s: [] }, true],
    ],
    array: [
      ['s == "a" and s == "b"', { s: ['a', 'b'] }, true],
      ['not (s == "a")', { s: ['a', 'b'] }, false],
      ['s == "a"', { s: [null, 'a'] }, true],
    ],
    wrongType: [
      ['s == "a"', { s: { a: 1 } }, false],
      ['b == "true"', { b: true }, false],
      ['n == 5', { n: '5' }, true],
      ['s == "5"', { s: 5 }, true],
      ['a == b', {}, 'translation'],
    ],
    edge: [
      ['s == "CMD"', { s: 'cmd' }, false],
      ['s == "c*"', { s: 'cmd' }, false],
      ['n == 9007199254740993', { n: 9_007_199_254_740_993n }, true],
      ['n == 9007199254740993', { n: 9_007_199_254_740_992n }, false],
      ['n == 18446744073709551615', { n: 18_446_744_073_709_551_615n }, true],
      ['n == 1.0', { n: 1 }, true],
      ['a == 1 == true', {}, 'parse'],
      ["s == 'x'", {}, 'parse'],
      ['s = "x"', {}, 'parse'],
    ],
  },
  '!=': {
    typical: [
      ['s != "cmd"', { s: 'powershell' }, true],
      ['s != "cmd"', { s: 'cmd' }, false],
    ],
    missing: [
      ['s != "cmd"', {}, true],
      ['s != null', {}, false],
      ['s != null', { s: 'x' }, true],
    ],
    empty: [
      ['s != ""', { s: '' }, false],
      ['s != "a"', { s: [] }, true],
    ],
    array: [
      ['s != "a"', { s: ['a', 'b'] }, false],
      ['s != "c"', { s: ['a', 'b'] }, true],
    ],
    wrongType: [['s != "a"', { s: 5 }, true]],
    edge: [
      ['s != "CMD"', { s: 'cmd' }, true],
      ['s != "c*"', { s: 'cmd' }, true],
    ],
  },
  '<': {
    typical: [
      ['n < 5', { n: 4 }, true],
      ['n < 5', { n: 5 }, false],
    ],
    missing: [
      ['n < 5', {}, false],
      ['not (n < 5)', {}, true],
      ['n < null', { n: 1 }, false],
    ],
    empty: [['s < "a"', { s: '' }, true]],
    array: [['n < 5', { n: [9, 1] }, true]],
    wrongType: [
      ['n < 5', { n: true }, false],
      ['n < 5', { n: '4' }, true],
      ['n < 5', { n: 'four' }, false],
    ],
    edge: [
      ['s < "a"', { s: 'B' }, true],
      ['5 < n', { n: 6 }, true],
      ['n < 9007199254740993', { n: 9_007_199_254_740_992n }, true],
      ['a < b < c', {}, 'parse'],
    ],
  },
  '<=': {
    typical: [
      ['n <= 5', { n: 5 }, true],
      ['n <= 5', { n: 5.5 }, false],
    ],
    missing: [['n <= 5', {}, false]],
    empty: [['s <= ""', { s: '' }, true]],
    array: [['n <= 5', { n: [6, 7] }, false]],
    wrongType: [['n <= 5', { n: {} }, false]],
    edge: [['n <= 9223372036854775807', { n: 9_223_372_036_854_775_807n }, true]],
  },
  '>': {
    typical: [
      ['n > 5', { n: 6 }, true],
      ['n > 5 and n < 10', { n: [1, 20] }, true],
    ],
    missing: [
      ['n > 5', {}, false],
      ['null == (n > -1)', {}, true],
    ],
    empty: [['s > ""', { s: 'a' }, true]],
    array: [['not (n > 5)', { n: [1, 9] }, false]],
    wrongType: [['n > 5', { n: 'x' }, false]],
    edge: [
      ['n > -1', { n: 0 }, true],
      ['@timestamp > "1969-12-31T23:59:59Z"', {}, true],
      ['t > "2024-01-01T00:00:00.000000001Z"', { t: '2024-01-01T00:00:00.000000002Z' }, true],
      ['t > "2024-01-01T00:00:00.000000002Z"', { t: '2024-01-01T00:00:00.000000002Z' }, false],
    ],
  },
  '>=': {
    typical: [
      ['n >= 5', { n: 5 }, true],
      ['n >= 5', { n: 4 }, false],
    ],
    missing: [['n >= 5', {}, false]],
    empty: [['s >= ""', { s: '' }, true]],
    array: [['n >= 5', { n: [4, 5] }, true]],
    wrongType: [['n >= 5', { n: [] }, false]],
    edge: [['s >= "b"', { s: 'B' }, false]],
  },
  in: {
    typical: [
      ['s in ("a", "b")', { s: 'b' }, true],
      ['n in (1, 2)', { n: 3 }, false],
    ],
    missing: [
      ['s in ("a")', {}, false],
      ['not (s in ("a"))', {}, true],
      ['s in ("a", null)', {}, false],
    ],
    empty: [
      ['s in ("")', { s: '' }, true],
      ['s in ()', {}, 'parse'],
    ],
    array: [['s in ("b")', { s: ['a', 'b'] }, true]],
    wrongType: [
      ['n in (1, "s")', {}, 'verification'],
      ['n in (1)', { n: 'one' }, false],
    ],
    edge: [
      ['s in ("A")', { s: 'a' }, false],
      ['s in ("a*")', { s: 'ab' }, false],
      ['a + 1 in (2)', {}, 'verification'],
      ['(n + 1) in (2)', { n: 1 }, true],
    ],
  },
  'not in': {
    typical: [['s not in ("a", "b")', { s: 'c' }, true]],
    missing: [['s not in ("a", "b")', {}, true]],
    empty: [['s not in ("a")', { s: '' }, true]],
    array: [['s not in ("a")', { s: ['a', 'b'] }, false]],
    wrongType: [['s not in ("a")', { s: 5 }, true]],
    edge: [['s not in ("A")', { s: 'a' }, true]],
  },
  'in~': {
    typical: [['s in~ ("CMD", "X")', { s: 'cmd' }, true]],
    missing: [['s in~ ("a")', {}, false]],
    empty: [['s in~ ("")', { s: '' }, true]],
    array: [['s in~ ("B")', { s: ['a', 'b'] }, true]],
    wrongType: [['s in~ ("true")', { s: true }, false]],
    edge: [
      ['s in~ ("WIN*")', { s: 'win10' }, false],
      ['s in~ ("WIN*")', { s: 'win*' }, true],
      ['s in~ ("Ä")', { s: 'ä' }, false],
      ['s in ~("a")', {}, 'parse'],
    ],
  },
  'not in~': {
    typical: [['s not in~ ("CMD")', { s: 'cmd' }, false]],
    missing: [['s not in~ ("CMD")', {}, true]],
    empty: [['s not in~ ("CMD")', { s: '' }, true]],
    array: [['s not in~ ("CMD")', { s: ['x', 'cmd'] }, false]],
    wrongType: [['s not in~ ("CMD")', { s: {} }, true]],
    edge: [['not s in~ ("CMD")', { s: 'cmd' }, false]],
  },
  ':': {
    typical: [
      ['s : "CMD.*"', { s: 'cmd.exe' }, true],
      ['s : ("x*", "*.exe")', { s: 'cmd.exe' }, true],
      ['s : "cmd"', { s: 'cmd.exe' }, false],
    ],
    missing: [
      ['s : "*"', {}, false],
      ['not s : "*"', {}, true],
    ],
    empty: [
      ['s : "*"', { s: '' }, true],
      ['s : "?"', { s: '' }, false],
      ['s : ""', { s: '' }, true],
    ],
    array: [
      ['s : "b*"', { s: ['ax', 'bx'] }, true],
      ['not s : "b*"', { s: ['ax', 'bx'] }, false],
    ],
    wrongType: [
      ['n : 123', {}, 'verification'],
      ['s : "12*"', { s: 123 }, true],
      ['s : t', {}, 'parse'],
      ['s : ("a", 5)', {}, 'verification'],
    ],
    edge: [
      [String.raw`s : """$$;*"""`, { s: '$$;rest' }, true],
      [String.raw`s : """a\*"""`, { s: String.raw`a\b` }, true],
      ['s : "a?c"', { s: 'ac' }, false],
      ['s : "a?c"', { s: 'a😀c' }, true],
      [String.raw`s : "\u{2a}"`, { s: 'anything' }, true],
      ['s : "a%"', { s: 'ab' }, false],
      ['s not : "a"', {}, 'parse'],
    ],
  },
  like: {
    typical: [
      ['s like "cmd*"', { s: 'cmd.exe' }, true],
      ['s like ("x", "*d.exe")', { s: 'cmd.exe' }, true],
    ],
    missing: [['s like "*"', {}, false]],
    empty: [['s like ""', { s: '' }, true]],
    array: [['s like "b*"', { s: ['ax', 'bx'] }, true]],
    wrongType: [['s like 5', {}, 'verification']],
    edge: [
      ['s like "CMD*"', { s: 'cmd.exe' }, false],
      ['s like "c*m*d"', { s: 'cmd' }, true],
    ],
  },
  'like~': {
    typical: [['s like~ "CMD*"', { s: 'cmd.exe' }, true]],
    missing: [['s like~ "*"', {}, false]],
    empty: [['s like~ "*"', { s: '' }, true]],
    array: [['s like~ "B*"', { s: ['ax', 'bx'] }, true]],
    wrongType: [['s like~ true', {}, 'verification']],
    edge: [['s like~ "É"', { s: 'é' }, false]],
  },
  regex: {
    typical: [
      ['s regex "c[lm]d"', { s: 'cmd' }, true],
      ['s regex ("x", "c.d")', { s: 'cmd' }, true],
    ],
    missing: [['s regex ".*"', {}, false]],
    empty: [
      ['s regex ""', { s: '' }, true],
      ['s regex ".+"', { s: '' }, false],
    ],
    array: [['s regex "b."', { s: ['ax', 'bx'] }, true]],
    wrongType: [['s regex 5', {}, 'verification']],
    edge: [
      ['s regex "cm"', { s: 'cmd' }, false],
      ['s regex "^cmd$"', { s: 'cmd' }, false],
      ['s regex "CMD"', { s: 'cmd' }, false],
      ['s regex "<1-20>"', { s: '7' }, true],
      ['s regex "("', {}, 'translation'],
    ],
  },
  'regex~': {
    typical: [['s regex~ "C[LM]D"', { s: 'cmd' }, true]],
    missing: [['s regex~ ".*"', {}, false]],
    empty: [['s regex~ "A?"', { s: '' }, true]],
    array: [['s regex~ "B."', { s: ['ax', 'bx'] }, true]],
    wrongType: [['s regex~ null', {}, 'verification']],
    edge: [['s regex~ "[A-C]MD"', { s: 'CmD' }, true]],
  },
};

/** Arithmetic, the joining words and bare fields. */
export const EXPRESSION_TABLES: Readonly<Record<string, TruthTable>> = {
  '+': {
    typical: [['n + 2 == 5', { n: 3 }, true]],
    missing: [
      ['n + 2 == 2', {}, false],
      ['n + 2 == null', {}, true],
    ],
    empty: [['n + 2 == null', { n: [] }, true]],
    array: [['n + 1 == 3', { n: [1, 2] }, true]],
    wrongType: [
      ['"a" + 1 == 2', {}, 'verification'],
      ['n + 2 == null', { n: 'x' }, true],
    ],
    edge: [
      ['1 + 2 * 3 == 7', {}, true],
      ['(1 + 2) * 3 == 9', {}, true],
    ],
  },
  '-': {
    typical: [
      ['n - 2 == 1', { n: 3 }, true],
      ['-n == -3', { n: 3 }, true],
    ],
    missing: [['-n == null', {}, true]],
    empty: [['n - 1 == null', { n: [] }, true]],
    array: [['-n == -2', { n: [1, 2] }, true]],
    wrongType: [['-"a" == 1', {}, 'verification']],
    edge: [
      ['10 - 3 - 2 == 5', {}, true],
      ['n == -9223372036854775808', { n: -9_223_372_036_854_775_808n }, true],
    ],
  },
  '*': {
    typical: [['n * 2 == 6', { n: 3 }, true]],
    missing: [['n * 2 == 0', {}, false]],
    empty: [['n * 2 == null', { n: [] }, true]],
    array: [['n * 2 == 4', { n: [1, 2] }, true]],
    wrongType: [['true * 2 == 2', {}, 'verification']],
    edge: [['n * 2 == null', { n: 9_223_372_036_854_775_807n }, true]],
  },
  '/': {
    typical: [['n / 2 == 41', { n: 83 }, true]],
    missing: [['n / 2 == 41', {}, false]],
    empty: [['n / 2 == null', { n: [] }, true]],
    array: [['n / 2 == 5', { n: [1, 10] }, true]],
    wrongType: [['"a" / 2 == 1', {}, 'verification']],
    edge: [
      ['n / m == null', { n: 1, m: 0 }, true],
      ['n / 2.0 == 2.5', { n: 5 }, true],
      ['-7 / 2 == -3', {}, true],
    ],
  },
  '%': {
    typical: [['n % 3 == 2', { n: 5 }, true]],
    missing: [['n % 3 == 2', {}, false]],
    empty: [['n % 3 == null', { n: [] }, true]],
    array: [['n % 3 == 1', { n: [5, 10] }, true]],
    wrongType: [['null % "a" == 1', {}, 'verification']],
    edge: [
      ['-10 % 6 == -4', {}, true],
      ['10 % -6 == 4', {}, true],
      ['n % m == null', { n: 5, m: 0 }, true],
    ],
  },
  and: {
    typical: [
      ['a == 1 and b == 2', { a: 1, b: 2 }, true],
      ['a == 1 and b == 2', { a: 1, b: 3 }, false],
    ],
    missing: [['a == 1 and b == 2', { a: 1 }, false]],
    empty: [['true and s == ""', { s: '' }, true]],
    array: [['n > 5 and n < 3', { n: [1, 9] }, true]],
    wrongType: [['5 and true', {}, 'verification']],
    edge: [
      ['false and null', {}, false],
      ['not (false and null)', {}, true],
      ['true or true and false', {}, true],
      ['true AND true', {}, 'parse'],
    ],
  },
  or: {
    typical: [['a == 1 or b == 2', { b: 2 }, true]],
    missing: [['a == 1 or b == 2', {}, false]],
    empty: [['s == "" or s == "x"', { s: '' }, true]],
    array: [['n == 1 or n == 2', { n: [2, 3] }, true]],
    wrongType: [['"a" or true', {}, 'verification']],
    edge: [
      ['true or null', {}, true],
      ['null or false', {}, false],
    ],
  },
  not: {
    typical: [['not s == "a"', { s: 'b' }, true]],
    missing: [
      ['not s == "a"', {}, true],
      ['not (length(s) == 1)', {}, true],
    ],
    empty: [['not s == ""', { s: '' }, false]],
    array: [['not s == "a"', { s: ['b', 'a'] }, false]],
    wrongType: [['not 5', {}, 'verification']],
    edge: [
      ['not null', {}, false],
      ['not not true', {}, true],
      ['not a == 1 and b == 2', { b: 2 }, true],
    ],
  },
  'a bare field': {
    typical: [
      ['b', { b: true }, true],
      ['b', { b: false }, false],
    ],
    missing: [
      ['b', {}, false],
      ['not b', {}, true],
    ],
    empty: [['b', { b: [] }, false]],
    array: [['b', { b: [false, true] }, true]],
    wrongType: [
      ['b', { b: 'true' }, false],
      ['b', { b: 1 }, false],
    ],
    edge: [
      ['process.`sequence`', { process: { sequence: true } }, true],
      ['a.b', { 'a.b': true }, true],
      ['a.b.c', { a: { 'b.c': true } }, true],
      ['a[0] == 1', {}, 'parse'],
    ],
  },
  '?field': {
    typical: [['?s == "a"', { s: 'a' }, true]],
    missing: [
      ['?s == null', {}, true],
      ['?s', {}, false],
      ['?s != 1', {}, true],
      ['not (?s : "a")', {}, true],
      ['?a == ?b', {}, true],
    ],
    empty: [['?s == ""', { s: '' }, true]],
    array: [['?s in ("b")', { s: ['a', 'b'] }, true]],
    wrongType: [['?s > 5', { s: 'x' }, false]],
    edge: [
      ['? s == "a"', { s: 'a' }, true],
      ['?s == null', { s: [null] }, true],
    ],
  },
};
