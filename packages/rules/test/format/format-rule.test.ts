import { describe, expect, it } from 'vitest';
import { formatRule } from '../../src/format/format-rule.js';
import { loadRules } from '../../src/node/load-rules.js';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';
import { sharedMaterial } from '../shared-material.js';

const LONG = 'process where process.name in ("a", "b") and process.args : "*c*"';

function format(text: string, width = 40): string {
  const { rule, diagnostics } = parseRuleToml(text, 'a.toml');
  expect(diagnostics).toEqual([]);
  if (rule === null) throw new Error('The rule does not load.');
  const formatted = formatRule(rule, text, width);
  expect(formatted.diagnostics).toEqual([]);
  const again = parseRuleToml(formatted.text, 'a.toml').rule;
  if (again === null) throw new Error('The formatted rule does not load.');
  expect(formatRule(again, formatted.text, width).text).toBe(formatted.text);
  return formatted.text;
}

const LINES = `process where
  process.name in ("a", "b") and
  process.args : "*c*"`;

describe('formatRule', () => {
  it('changes the query and nothing else', () => {
    const around = (query: string): string =>
      `\ufeff# top\n[metadata]\nmaturity   =  "production" # m\n\n[rule]\nname="n"  # c\nrule_id = "r"\ntype = "eql"\nquery = '''\n${query}\n'''   # behind\nnote = """\n  as it   was """\n\n[[rule.threat]]\n`;
    expect(format(around(`\n  ${LONG}\n\n`))).toBe(around(LINES));
  });

  it.each([
    ["'''", "'''"],
    ['"""', '"""'],
  ])('keeps a string in %s', (open) => {
    expect(format(`[rule]\nname = "n"\nquery = ${open}${LONG}${open}\n`)).toBe(
      `[rule]\nname = "n"\nquery = ${open}\n${LINES}\n${open}\n`,
    );
  });

  it('respects the escapes of a basic string', () => {
    const query = 'process where a == "C:\\\\x\\\\" and b == """q"""';
    const escaped = query.replaceAll('\\', '\\\\').replaceAll('"""', '\\"""');
    expect(format(`[rule]\nname = "n"\nquery = """${query.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"""\n`)).toBe(
      `[rule]\nname = "n"\nquery = """\n${escaped.replace(' where ', ' where\n  ').replace(' and ', ' and\n  ')}\n"""\n`,
    );
  });

  it('keeps a query on one line in its string', () => {
    expect(format(`[rule]\nname = "n"\nquery = "a   where b == \\"c\\\\\\\\d\\""\n`)).toBe(
      '[rule]\nname = "n"\nquery = "a where b == \\"c\\\\\\\\d\\""\n',
    );
    expect(format(`[rule]\nname = "n"\nquery = 'a   where b == "c"'\n`)).toBe(
      `[rule]\nname = "n"\nquery = 'a where b == "c"'\n`,
    );
  });

  it('gives a query of several lines a string that can hold them', () => {
    expect(format(`[rule]\nname = "n"\nquery = '${LONG}'\n`)).toBe(`[rule]\nname = "n"\nquery = '''\n${LINES}\n'''\n`);
    const withQuotes = LONG.replace('*c*', "'''");
    expect(format(`[rule]\nname = "n"\nquery = "${withQuotes.replaceAll('"', '\\"')}"\n`)).toBe(
      `[rule]\nname = "n"\nquery = """\n${LINES.replace('*c*', "'''")}\n"""\n`,
    );
  });

  it('keeps the line ends of the file', () => {
    const text = `[rule]\nname = "n"\nquery = '''\n${LONG} // c\n'''\n`.replaceAll('\n', '\r\n');
    expect(format(text)).toBe(`[rule]\nname = "n"\nquery = '''\n${LINES} // c\n'''\n`.replaceAll('\n', '\r\n'));
  });

  it('formats dotted keys and inline tables', () => {
    expect(format('rule.name = "n"\nrule.query = "a  where true"\n')).toBe(
      'rule.name = "n"\nrule.query = "a where true"\n',
    );
    expect(format('rule = {name = "n", query = "a  where true"}\n')).toBe(
      'rule = {name = "n", query = "a where true"}\n',
    );
  });

  it('leaves rules that are not EQL', () => {
    const text = '[rule]\nname = "n"\ntype = "query"\nlanguage = "kuery"\nquery = "a:b   or c"\n';
    expect(format(text)).toBe(text);
  });

  it('says at which place of the file a query does not parse', () => {
    const text = '[rule]\nname = "n"\nquery = "a where b = 1"\n';
    const { rule } = parseRuleToml(text, 'a.toml');
    if (rule === null) throw new Error('The rule does not load.');
    const formatted = formatRule(rule, text);
    expect(formatted.text).toBe(text);
    expect(formatted.diagnostics.map(({ code, span }) => [code, text.slice(span.start, span.end)])).toEqual([
      ['EQL1010', '='],
    ]);
  });
});

describe('the published rules', () => {
  const folder = sharedMaterial('corpora');
  if (folder === null) {
    it.skip('needs ../shared/corpora, which is not there', () => undefined);
    return;
  }

  it('all 1,400 format to the same tree and comments, again to the same text, and nothing else changes', async () => {
    const { rules } = await loadRules([folder], { cwd: folder });
    const failing: string[] = [];
    for (const { rule, file, text } of rules) {
      // formatRule throws if the tree or a comment would change.
      const once = formatRule(rule, text);
      const again = parseRuleToml(once.text, file).rule;
      if (again === null || formatRule(again, once.text).text !== once.text) failing.push(file);
      else if (JSON.stringify({ ...again, query: '', raw: null }) !== JSON.stringify({ ...rule, query: '', raw: null }))
        failing.push(file);
      if (once.diagnostics.length > 0) failing.push(file);
    }
    expect(failing).toEqual([]);
    expect(rules).toHaveLength(1_400);
  });
});
