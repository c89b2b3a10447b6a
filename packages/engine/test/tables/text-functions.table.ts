import type { TruthTable } from './truth-table.js';

const IN_TAG = { s: 'x<b>y<c>z' };

/** Functions that cut, join, measure and search texts. */
export const TEXT_FUNCTION_TABLES: Readonly<Record<string, TruthTable>> = {
  between: {
    typical: [
      ['between(s, "<", ">") == "b"', IN_TAG, true],
      ['between(s, "<", ">", true) == "b>y<c"', IN_TAG, true],
      ['between(s, "<", ">", false) == "b"', IN_TAG, true],
    ],
    missing: [
      ['between(s, "<", ">") == "b"', {}, false],
      ['between(s, "<", ">") == null', {}, true],
      ['between(s, "<", ">") != "b"', {}, true],
      ['between(null, "<", ">") == null', {}, true],
    ],
    empty: [
      ['between(s, "<", ">") == ""', { s: '' }, true],
      ['between(s, "", ">") == s', IN_TAG, 'translation'],
      ['between(s, "", ">") == "x<b>y<c>z"', IN_TAG, true],
      ['between(s, "<", "") == "x<b>y<c>z"', IN_TAG, true],
    ],
    array: [
      ['between(s, "<", ">") == "b"', { s: ['none', 'x<b>'] }, true],
      ['between(s, "<", ">") == "c"', { s: ['<a>', '<b>'] }, false],
    ],
    wrongType: [
      ['between(n, "<", ">") == null', { n: 5 }, true],
      ['between(5, "<", ">") == "b"', {}, 'verification'],
      ['between(s, "<") == "b"', {}, 'parse'],
      ['between(s, "<", ">", 1) == "b"', {}, 'verification'],
    ],
    edge: [
      ['between(s, "<", "]") == ""', IN_TAG, true],
      ['between(s, "[", ">") == ""', IN_TAG, true],
      ['between(s, "b", "a", true) == ""', { s: 'a b' }, true],
      ['between(s, "<B", ">") == ""', IN_TAG, true],
      ['between(s, "aa", "a") == ""', { s: 'aaa' }, true],
      ['BETWEEN(s, "<", ">") == "b"', IN_TAG, true],
    ],
  },
  'between~': {
    typical: [
      ['between~(s, "START", "end") == " mid "', { s: 'start mid END' }, true],
      ['between(s, "START", "end") == ""', { s: 'start mid END' }, true],
    ],
    missing: [['between~(s, "a", "b") == null', {}, true]],
    empty: [['between~(s, "", "B") == "aXb"', { s: 'aXb' }, true]],
    array: [['between~(s, "A", "B") == "X"', { s: ['q', 'aXb'] }, true]],
    wrongType: [['between~(s, "A", "B") == null', { s: true }, true]],
    edge: [
      ['between~(s, "A", "B") == "X"', { s: 'aXb' }, true],
      ['between~(s, "A", "B") == "x"', { s: 'aXb' }, false],
    ],
  },
  concat: {
    typical: [
      ['concat(a, "-", b) == "x-y"', { a: 'x', b: 'y' }, true],
      ['concat(a, 1, true) == "x1true"', { a: 'x' }, true],
    ],
    missing: [
      ['concat(a, "-", b) == "x-"', { a: 'x' }, false],
      ['concat(a, "-", b) == null', { a: 'x' }, true],
      ['concat(a, null) == null', { a: 'x' }, true],
    ],
    empty: [['concat(a, "") == ""', { a: '' }, true]],
    array: [
      ['concat(a, b) == "2y"', { a: ['1', '2'], b: ['x', 'y'] }, true],
      ['concat(a, b) == "12"', { a: ['1', '2'], b: ['x', 'y'] }, false],
    ],
    wrongType: [
      ['concat(a, "!") == "5!"', { a: 5 }, true],
      ['concat(a, "!") == "false!"', { a: false }, true],
    ],
    edge: [
      ['concat(a) == "x"', { a: 'x' }, true],
      ['concat() == ""', {}, 'parse'],
      ['concat(a, "😀") == "x😀"', { a: 'x' }, true],
    ],
  },
  length: {
    typical: [
      ['length(s) == 3', { s: 'abc' }, true],
      ['length(s) > 3', { s: 'abc' }, false],
    ],
    missing: [
      ['length(s) == 0', {}, false],
      ['length(s) == null', {}, true],
      ['not (length(s) == 1)', {}, true],
    ],
    empty: [['length(s) == 0', { s: '' }, true]],
    array: [
      ['length(s) == 2', { s: ['a', 'bb'] }, true],
      ['length(s) == 3', { s: ['a', 'bb'] }, false],
      ['length(s) == null', { s: [] }, true],
    ],
    wrongType: [
      ['length(n) == null', { n: 12 }, true],
      ['length(12) == 2', {}, 'verification'],
      ['length(s, s) == 1', {}, 'parse'],
    ],
    edge: [
      ['length(s) == 2', { s: '😀' }, true],
      ['LENGTH(s) == 1', { s: 'é' }, true],
    ],
  },
  substring: {
    typical: [
      ['substring(s, -4) == ".exe"', { s: 'cmd.exe' }, true],
      ['substring(s, 0, -4) == "cmd"', { s: 'cmd.exe' }, true],
      ['substring(s, 1, 3) == "md"', { s: 'cmd.exe' }, true],
    ],
    missing: [
      ['substring(s, 0) == null', {}, true],
      ['substring(s, null, 3) == "cmd"', { s: 'cmd.exe' }, true],
      ['substring(s, 4, null) == "exe"', { s: 'cmd.exe' }, true],
      ['substring(s, 0, n) == "cmd.exe"', { s: 'cmd.exe' }, true],
    ],
    empty: [
      ['substring(s, 0, 1) == ""', { s: '' }, true],
      ['substring(s, 3, 3) == ""', { s: 'cmd.exe' }, true],
    ],
    array: [
      ['substring(s, 0, 1) == "b"', { s: ['ab', 'ba'] }, true],
      ['substring(s, 0, n) == "ba"', { s: ['ab', 'bac'], n: [1, 2] }, true],
    ],
    wrongType: [
      ['substring(n, 0) == null', { n: 5 }, true],
      ['substring(s, "1") == "md"', {}, 'verification'],
      ['substring(s) == "md"', {}, 'parse'],
    ],
    edge: [
      ['substring(s, 5, 2) == ""', { s: 'cmd.exe' }, true],
      ['substring(s, -99, 3) == "cmd"', { s: 'cmd.exe' }, true],
      ['substring(s, 4, 99) == "exe"', { s: 'cmd.exe' }, true],
      ['substring(s, 99) == ""', { s: 'cmd.exe' }, true],
    ],
  },
  string: {
    typical: [
      ['string(n) == "42"', { n: 42 }, true],
      ['string(n) : "4*"', { n: 42 }, true],
    ],
    missing: [
      ['string(n) == null', {}, true],
      ['string(n) : "*"', {}, false],
    ],
    empty: [['string(s) == ""', { s: '' }, true]],
    array: [['string(n) == "2"', { n: [1, 2] }, true]],
    wrongType: [
      ['string(b) == "true"', { b: true }, true],
      ['string(o) == null', { o: { k: 1 } }, true],
      ['string(n, n) == "1"', {}, 'parse'],
    ],
    edge: [
      ['string(n) == "1.5"', { n: 1.5 }, true],
      ['string(n) == "-3"', { n: -3 }, true],
      ['string(n) == "9223372036854775807"', { n: 9_223_372_036_854_775_807n }, true],
      ['string(1.0) == "1.0"', {}, true],
    ],
  },
  startsWith: {
    typical: [
      ['startsWith(s, "cmd")', { s: 'cmd.exe' }, true],
      ['startsWith(s, "exe")', { s: 'cmd.exe' }, false],
    ],
    missing: [
      ['startsWith(s, "a")', {}, false],
      ['not startsWith(s, "a")', {}, true],
      ['startsWith(s, null)', { s: 'a' }, false],
      ['startsWith(s, "a") == null', {}, true],
    ],
    empty: [
      ['startsWith(s, "")', { s: 'a' }, true],
      ['startsWith(s, "")', { s: '' }, true],
      ['startsWith(s, "a")', { s: '' }, false],
    ],
    array: [
      ['startsWith(s, "b")', { s: ['ax', 'bx'] }, true],
      ['not startsWith(s, "b")', { s: ['ax', 'bx'] }, false],
    ],
    wrongType: [
      ['startsWith(n, "1")', { n: 12 }, false],
      ['startsWith(s, 1)', {}, 'verification'],
      ['startsWith(s)', {}, 'parse'],
    ],
    edge: [
      ['startsWith(s, "Cmd")', { s: 'cmd' }, false],
      ['startsWith(s, "c*")', { s: 'cmd' }, false],
      ['startsWith(s, "cmdx")', { s: 'cmd' }, false],
    ],
  },
  'startsWith~': {
    typical: [['startsWith~(s, "CMD")', { s: 'cmd.exe' }, true]],
    missing: [['startsWith~(s, "CMD")', {}, false]],
    empty: [['startsWith~(s, "")', { s: '' }, true]],
    array: [['startsWith~(s, "CMD")', { s: ['x', 'Cmd'] }, true]],
    wrongType: [['startsWith~(s, "1")', { s: 1 }, false]],
    edge: [
      ['startsWith ~(s, "CMD")', {}, 'parse'],
      ['startswith~(s, "CMD")', { s: 'cMD' }, true],
    ],
  },
  endsWith: {
    typical: [
      ['endsWith(s, ".exe")', { s: 'cmd.exe' }, true],
      ['endsWith(s, "cmd")', { s: 'cmd.exe' }, false],
    ],
    missing: [
      ['endsWith(s, ".exe")', {}, false],
      ['not endsWith(s, ".exe")', {}, true],
    ],
    empty: [
      ['endsWith(s, "")', { s: 'a' }, true],
      ['endsWith(s, "a")', { s: '' }, false],
    ],
    array: [['endsWith(s, "x")', { s: ['a', 'bx'] }, true]],
    wrongType: [
      ['endsWith(n, "2")', { n: 12 }, false],
      ['endsWith(s, true)', {}, 'verification'],
    ],
    edge: [
      ['endsWith(s, ".EXE")', { s: 'cmd.exe' }, false],
      ['endsWith(s, "*.exe")', { s: 'cmd.exe' }, false],
      ['endsWith(s, t)', { s: 'cmd.exe', t: 'exe' }, true],
    ],
  },
  'endsWith~': {
    typical: [['endsWith~(s, ".exe")', { s: 'CMD.EXE' }, true]],
    missing: [['endsWith~(s, ".exe")', {}, false]],
    empty: [['endsWith~(s, "")', { s: '' }, true]],
    array: [['endsWith~(s, ".exe")', { s: ['a', 'B.EXE'] }, true]],
    wrongType: [['endsWith~(s, "1")', { s: 1 }, false]],
    edge: [['endsWith~(s, "?.exe")', { s: 'CMD.EXE' }, false]],
  },
  stringContains: {
    typical: [
      ['stringContains(s, "md")', { s: 'cmd.exe' }, true],
      ['stringContains(s, "dm")', { s: 'cmd.exe' }, false],
    ],
    missing: [
      ['stringContains(s, "md")', {}, false],
      ['stringContains(s, "md") == null', {}, true],
    ],
    empty: [
      ['stringContains(s, "")', { s: 'cmd' }, false],
      ['stringContains(s, "a")', { s: '' }, false],
    ],
    array: [['stringContains(s, "md")', { s: ['x', 'cmd'] }, true]],
    wrongType: [
      ['stringContains(n, "2")', { n: 12 }, false],
      ['stringContains(s, 2)', {}, 'verification'],
    ],
    edge: [
      ['stringContains(s, "MD")', { s: 'cmd' }, false],
      ['stringContains(s, "c*d")', { s: 'cmd' }, false],
    ],
  },
  'stringContains~': {
    typical: [['stringContains~(s, "MD")', { s: 'cmd.exe' }, true]],
    missing: [['stringContains~(s, "MD")', {}, false]],
    empty: [['stringContains~(s, "")', { s: 'a' }, false]],
    array: [['stringContains~(s, "MD")', { s: ['x', 'cmd'] }, true]],
    wrongType: [['stringContains~(s, "2")', { s: 12 }, false]],
    edge: [['stringContains~(s, "?D")', { s: 'cmd' }, false]],
  },
  indexOf: {
    typical: [
      ['indexOf(s, ".") == 1', { s: 'a.b.c' }, true],
      ['indexOf(s, ".", 2) == 3', { s: 'a.b.c' }, true],
    ],
    missing: [
      ['indexOf(s, "z") == null', { s: 'ab' }, true],
      ['indexOf(s, "z") == -1', { s: 'ab' }, false],
      ['indexOf(s, ".", null) == 1', { s: 'a.b.c' }, true],
      ['indexOf(s, null) == null', { s: 'ab' }, true],
      ['indexOf(s, "a") == null', {}, true],
    ],
    empty: [
      ['indexOf(s, "") == 0', { s: 'ab' }, true],
      ['indexOf(s, "", 9) == 2', { s: 'ab' }, true],
    ],
    array: [['indexOf(s, "b") == 1', { s: ['b', 'ab'] }, true]],
    wrongType: [
      ['indexOf(n, "1") == null', { n: 1 }, true],
      ['indexOf(s, "a", "b") == 0', {}, 'verification'],
    ],
    edge: [
      ['indexOf(s, "a", -5) == 0', { s: 'ab' }, true],
      ['indexOf(s, "a", 5) == null', { s: 'ab' }, true],
      ['indexOf(s, "b") == 2', { s: '😀b' }, true],
      ['indexOf(s, "B") == null', { s: 'ab' }, true],
    ],
  },
  'indexOf~': {
    typical: [['indexOf~(s, "B") == 1', { s: 'ab' }, true]],
    missing: [['indexOf~(s, "B") == null', {}, true]],
    empty: [['indexOf~(s, "") == 0', { s: '' }, true]],
    array: [['indexOf~(s, "B") == 0', { s: ['ab', 'bb'] }, true]],
    wrongType: [['indexOf~(s, "1") == null', { s: 1 }, true]],
    edge: [['indexOf~(s, "B", 2) == null', { s: 'ab' }, true]],
  },
};
