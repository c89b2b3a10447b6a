import type { TruthTable } from './truth-table.js';

const FILES = {
  files: [
    { name: 'a.txt', size: 1 },
    { name: 'b.exe', size: 20 },
  ],
};

/** Functions of Python EQL only. Its truth has three values: `not` of what is unknown is unknown. */
export const ENDGAME_FUNCTION_TABLES: Readonly<Record<string, TruthTable>> = {
  arrayContains: {
    typical: [
      ['arrayContains(tags, "b")', { tags: ['a', 'b'] }, true],
      ['arrayContains(tags, "x", "a")', { tags: ['a', 'b'] }, true],
      ['arrayContains(tags, "x")', { tags: ['a', 'b'] }, false],
    ],
    missing: [
      ['arrayContains(tags, "b")', {}, false],
      ['not arrayContains(tags, "b")', {}, false],
    ],
    empty: [['arrayContains(tags, "b")', { tags: [] }, false]],
    array: [['arrayContains(numbers, 2)', { numbers: [1, 2] }, true]],
    wrongType: [['arrayContains(tags, "b")', { tags: 'b' }, false]],
    edge: [['arrayContains(tags, "B")', { tags: ['b'] }, true]],
  },
  arrayCount: {
    typical: [
      ['arrayCount(files, f, f.size > 0) == 2', FILES, true],
      ['arrayCount(files, f, f.name == "*.exe") == 1', FILES, true],
    ],
    missing: [['arrayCount(files, f, true) == 0', {}, false]],
    empty: [['arrayCount(files, f, true) == 0', { files: [] }, true]],
    array: [['arrayCount(tags, t, t == "a") == 2', { tags: ['a', 'b', 'A'] }, true]],
    wrongType: [['arrayCount(files, f, true) == 1', { files: 'one' }, false]],
    edge: [['arrayCount(files, f, f.missing == "x") == 0', FILES, true]],
  },
  arraySearch: {
    typical: [
      ['arraySearch(files, f, f.size > 10)', FILES, true],
      ['arraySearch(files, f, f.size > 10 and f.name == "a.txt")', FILES, false],
    ],
    missing: [['arraySearch(files, f, true)', {}, false]],
    empty: [['arraySearch(files, f, true)', { files: [] }, false]],
    array: [
      ['arraySearch(rows, r, arraySearch(r.cells, c, c == 3))', { rows: [{ cells: [1] }, { cells: [2, 3] }] }, true],
    ],
    wrongType: [['arraySearch(files, f, true)', { files: 5 }, false]],
    edge: [['arraySearch(files, f, f.name == wanted)', { ...FILES, wanted: 'B.EXE' }, true]],
  },
  safe: {
    typical: [['safe(a == 1)', { a: 1 }, true]],
    missing: [['safe(length(s) == 1)', {}, false]],
    empty: [['safe(s == "")', { s: '' }, true]],
    array: [['safe(length(tags) == 2)', { tags: ['a', 'b'] }, true]],
    wrongType: [['safe(n / 0 == 1)', { n: 1 }, false]],
    edge: [['not safe(a == 1)', { a: 2 }, true]],
  },
  matchLite: {
    typical: [['matchLite(s, "c.d")', { s: 'cmd' }, true]],
    missing: [['matchLite(s, ".*")', {}, false]],
    empty: [['matchLite(s, ".*")', { s: '' }, true]],
    array: 'An array is no text in Python EQL, and functions do not look into it.',
    wrongType: [['matchLite(s, "[0-9]+")', { s: true }, false]],
    edge: [['matchLite(s, "C.D")', { s: 'cmd' }, true]],
  },
  'matchLite~': {
    typical: [['matchLite~(s, "C.D")', { s: 'cmd' }, true]],
    missing: [['matchLite~(s, ".*")', {}, false]],
    empty: [['matchLite~(s, ".*")', { s: '' }, true]],
    array: 'An array is no text in Python EQL, and functions do not look into it.',
    wrongType: [['matchLite~(s, ".*")', { s: false }, false]],
    edge: [['matchLite~(s, "x.*")', { s: 'cmd' }, false]],
  },
};

/** What Python EQL's operators mean beyond Elasticsearch's. */
export const ENDGAME_OPERATOR_TABLES: Readonly<Record<string, TruthTable>> = {
  '==': {
    typical: [
      ['s == "CMD"', { s: 'cmd' }, true],
      ['s = "cmd"', { s: 'cmd' }, true],
      ["s == 'cmd'", { s: 'cmd' }, true],
      ['s == "c*"', { s: 'cmd' }, true],
    ],
    missing: [
      ['s == "a"', {}, false],
      ['not (s == "a")', {}, false],
      ['s != "a"', {}, false],
      ['s == null', {}, true],
    ],
    empty: [['s == ""', { s: '' }, true]],
    array: [['tags[1] == "b"', { tags: ['a', 'b'] }, true]],
    wrongType: [['s == 5', { s: 'five' }, false]],
    edge: [
      ['s == "c?d"', { s: 'cmd' }, false],
      ['s == t', { s: 'A', t: 'a' }, true],
    ],
  },
};

/** Functions of Elastic Defend only. */
export const ENDPOINT_FUNCTION_TABLES: Readonly<Record<string, TruthTable>> = {
  _arraysearch: {
    typical: [
      ['_arraysearch(files, $f, $f.size > 10)', FILES, true],
      ['_arraysearch(files, $f, $f.size > 10 and $f.name : "a*")', FILES, false],
    ],
    missing: [
      ['_arraysearch(files, $f, true)', {}, false],
      ['not _arraysearch(files, $f, true)', {}, true],
    ],
    empty: [['_arraysearch(files, $f, true)', { files: [] }, false]],
    array: [['_arraysearch(tags, $t, $t == "b")', { tags: ['a', 'b'] }, true]],
    wrongType: [['_arraysearch(files, $f, $f.size > 1)', { files: 'text' }, false]],
    edge: [
      ['_arraysearch(files, $f, $f.name == wanted)', { ...FILES, wanted: 'b.exe' }, true],
      ['_arraysearch(files, $f, $f.nothing == null)', FILES, true],
    ],
  },
};
