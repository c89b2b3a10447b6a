import { analyzeQuery, createDiagnostic, type Diagnostic } from '@eqlkit/language';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { createQueryLocator, mapQueryDiagnostics } from '../../src/toml/locate-query.js';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';
import { tomlStrings } from './toml-string-arbitrary.js';

/** A diagnostic about a part of a query. */
function about(query: string, part: string, replacement?: string): Diagnostic {
  const start = query.indexOf(part);
  const span = { start, end: start + part.length };
  const fix = replacement === undefined ? undefined : { title: 'Replace it', span, replacement };
  return createDiagnostic('EQL1002', 'Unexpected.', span, { help: 'Help.', fix });
}

function queryOf(toml: string): string {
  const { rule, diagnostics } = parseRuleToml(toml, 'a.toml');
  expect(diagnostics).toEqual([]);
  return rule?.query ?? '';
}

/** The text of the file that a diagnostic about a part of the query points at. */
function pointedAt(toml: string, part: string): string {
  const [moved] = mapQueryDiagnostics([about(queryOf(toml), part)], toml);
  return toml.slice(moved?.span.start, moved?.span.end);
}

/** The query after the fix was made in the file; `undefined` if the fix was dropped. */
function fixedQuery(toml: string, part: string, replacement: string): string | undefined {
  const [moved] = mapQueryDiagnostics([about(queryOf(toml), part, replacement)], toml);
  const fix = moved?.fix;
  if (fix === undefined) return undefined;
  return queryOf(toml.slice(0, fix.span.start) + fix.replacement + toml.slice(fix.span.end));
}

describe('createQueryLocator', () => {
  it('finds every character, or its escape, of every form of string', () => {
    fc.assert(
      fc.property(tomlStrings, fc.constantFrom('\n', '\r\n'), fc.boolean(), ({ source, decoded, starts }, eol, bom) => {
        const before = `${bom ? '\ufeff' : ''}note = "😀"${eol}[rule]${eol}name = "n"${eol}query = `;
        const toml = `${before}${source}${eol}tags = []${eol}`;
        expect(parse(toml)).toMatchObject({ rule: { query: decoded } });
        const locate = createQueryLocator(toml);
        starts.forEach((start, offset) => {
          expect(locate(offset)).toBe(before.length + start);
        });
        const end = source.startsWith('"""') || source.startsWith("'''") ? 3 : 1;
        expect(locate(decoded.length)).toBe(before.length + source.length - end);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a table', '[rule]\nname = "n"\nquery = "abc"'],
    ['a dotted key', 'rule.name = "n"\nrule.query = "abc"'],
    ['a quoted key', '["rule"]\n\'query\' = "abc"'],
    ['an inline table', 'rule = { name = "n", query = "abc" }'],
    ['a table after others', '[metadata]\nquery = "zzz"\n[[rule.threat]]\nquery = "zzz"\n[rule]\nquery = "abc"'],
    ['a file with a hostile key', '[rule]\n__proto__ = 1\nquery = "abc"\n[__proto__]\nconstructor = 2'],
  ])('finds the query in %s', (_, toml) => {
    expect(createQueryLocator(toml)(1)).toBe(toml.indexOf('abc') + 1);
  });

  it('takes offsets outside as the nearest inside', () => {
    const toml = '[rule]\nquery = "abc"';
    const locate = createQueryLocator(toml);
    expect([locate(-1), locate(99)]).toEqual([16, 19]);
  });

  it('points at [rule] where there is no query, and at the start of what is no TOML', () => {
    expect(createQueryLocator('a = 1\n[rule]\nb = 2')(5)).toBe(7);
    expect(createQueryLocator('[rule]\nquery = 5')(5)).toBe(15);
    expect(createQueryLocator('= nonsense "')(5)).toBe(0);
  });
});

describe('mapQueryDiagnostics', () => {
  it('keeps all but the places', () => {
    const toml = `[rule]\nname = "n"\nquery = '''\nprocess where bad'''`;
    const diagnostic = about(queryOf(toml), 'bad');
    const start = toml.indexOf('bad');
    expect(mapQueryDiagnostics([diagnostic], toml)).toEqual([{ ...diagnostic, span: { start, end: start + 3 } }]);
  });

  it('covers escapes whole', () => {
    expect(pointedAt('[rule]\nname = "n"\nquery = "a == \\"b\\" or c"', '"b"')).toBe('\\"b\\"');
    expect(pointedAt('[rule]\nname = "n"\nquery = "a \\U0001F600 b"', '😀')).toBe('\\U0001F600');
  });

  it('ends before a line-ending backslash that follows', () => {
    expect(pointedAt('[rule]\nname = "n"\nquery = """\na bad \\\r\n   b"""', 'bad')).toBe('bad');
    expect(pointedAt('[rule]\nname = "n"\nquery = """\na bad\\\n   """', 'bad')).toBe('bad');
  });

  it('moves an empty span at the end of the query to the closing delimiter', () => {
    const toml = '[rule]\nname = "n"\nquery = "abc"';
    const [moved] = mapQueryDiagnostics([createDiagnostic('EQL1002', 'End.', { start: 3, end: 3 })], toml);
    expect(moved?.span).toEqual({ start: toml.length - 1, end: toml.length - 1 });
  });

  it('keeps spans inside the query, whatever they were', () => {
    const toml = '[rule]\nname = "n"\nquery = "abc"';
    const [moved] = mapQueryDiagnostics([createDiagnostic('EQL1002', 'End.', { start: 2, end: 90 })], toml);
    expect(moved?.span).toEqual({ start: toml.length - 2, end: toml.length - 1 });
  });

  it('escapes a replacement as its string needs', () => {
    expect(fixedQuery('[rule]\nname = "n"\nquery = "a == \'b\'"', "'b'", '"b\\\\c"')).toBe('a == "b\\\\c"');
    expect(fixedQuery('[rule]\nname = "n"\nquery = """a == \'b\'"""', "'b'", '"""')).toBe('a == """');
    expect(fixedQuery("[rule]\nname = \"n\"\nquery = '''a = b'''", '=', '==')).toBe('a == b');
  });

  it('drops a fix that its string cannot hold', () => {
    expect(fixedQuery('[rule]\nname = "n"\nquery = \'a b\'', 'b', "'b'")).toBeUndefined();
    expect(fixedQuery("[rule]\nname = \"n\"\nquery = '''a b'''", 'b', "'b'")).toBeUndefined();
  });
});

describe('backslashes that TOML and EQL both read', () => {
  /** The code and help of what is wrong with the query of a file. */
  function found(toml: string): readonly (readonly [string, string])[] {
    const { diagnostics } = analyzeQuery(queryOf(toml));
    return mapQueryDiagnostics(diagnostics, toml).map(({ code, help = '' }) => [code, help]);
  }

  const BASIC = expect.stringMatching(/TOML itself takes one.*between ''' and '''.*four/u) as string;
  const OWN = expect.stringMatching(/^Double the backslash/u) as string;

  it.each<[string, string, string, string]>([
    ['a basic string of several lines', '"""\nprocess where a == "C:\\\\Windows"\n"""', 'EQL1004', BASIC],
    ['a basic string', '"process where a == \\"C:\\\\Windows\\""', 'EQL1004', BASIC],
    ['an escape of Unicode', '"""process where a == "\\\\u00e9" """', 'EQL1005', BASIC],
    ['a quote that a backslash took along', '"""process where a == "C:\\\\" """', 'EQL1003', BASIC],
    ['a backslash that ended the line', '"""process where a == "C:\\new" """', 'EQL1003', BASIC],
    ['a literal string', "'''process where a == \"C:\\Windows\"'''", 'EQL1004', OWN],
  ])('are explained in %s', (_about, value, code, help) => {
    expect(found(`[rule]\nname = "n"\nquery = ${value}\n`)[0]).toEqual([code, help]);
  });

  it('are not blamed for a quote that is just missing, and the cures work', () => {
    const inToml = (value: string): string => `[rule]\nname = "n"\nquery = ${value}\n`;
    expect(found(inToml('"""process where a == "x """'))[0]?.[1]).toContain('Add the closing quote');
    expect(found(inToml('"""process where a == "C:\\\\\\\\Windows" """'))).toEqual([]);
    expect(found(inToml("'''process where a == \"C:\\\\Windows\"'''"))).toEqual([]);
  });
});
