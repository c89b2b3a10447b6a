import { describe, expect, it } from 'vitest';
import { parseToml } from '../../src/toml/parse-toml.js';

/** What is said about a text: what it marks, the reason, and the help. */
function complaint(text: string): readonly [string, string, string] {
  const { diagnostic } = parseToml(text);
  if (diagnostic === null) throw new Error('This is valid TOML.');
  const { span, message, help = '' } = diagnostic;
  return [text.slice(span.start, span.end), message.replace(/^The file is not valid TOML: |\.$/gu, ''), help];
}

const LINES = "A text of several lines stands between ''' and '''.";

describe('what is said about a mistake in TOML', () => {
  it.each([
    // Strings
    [
      'severity = "medium\nx = "y"\n',
      '"',
      'this string is not closed on its line',
      `Close it with " behind its text. ${LINES}`,
    ],
    [
      "name = 'n\r\nx = 'y'\r\n",
      "'",
      'this string is not closed on its line',
      `Close it with ' behind its text. ${LINES}`,
    ],
    ['tags = ["a", "b]\n', '"', 'this string is not closed on its line', `Close it with " behind its text. ${LINES}`],
    ["q = '''\nany where true\n", "'''", 'this string is never closed', "Close it with ''' behind its text."],
    ['a = "x" # \'\'\'\nq = """\nany\n', '"""', 'this string is never closed', 'Close it with """ behind its text.'],
    [
      'a = "x\u0001y"\n',
      '\u0001',
      'a string holds the control character U+0001',
      'Remove it, or write \\u0001 for it in a string between double quotes.',
    ],
    [
      'q = "C:\\Windows"\n',
      '\\W',
      'the string has an escape sequence that TOML does not know',
      "Put the text between ''' and ''', where nothing is escaped, or double the backslash.",
    ],
    [
      'q = "name == "cmd.exe""\n',
      'cmd.exe""',
      'the string ends at the " before this',
      "Put a text that holds \" between ''' and '''.",
    ],
    // Headers, lists and tables
    ['[rule\nname = "n"\n', '[rule', 'this table header is never closed', 'Write [rule] on a line of its own.'],
    [
      '[[rule.threat]\n',
      '[[rule.threat]',
      'this table header is malformed',
      'Write [[rule.threat]] on a line of its own.',
    ],
    ['tags = ["a", "b"\nname = "n"\n', '[', 'this list is never closed', 'Close it with ] behind its last member.'],
    ['tags = ["]", # ]\n"b"\n', '[', 'this list is never closed', 'Close it with ] behind its last member.'],
    ['tags = ["a" "b"]\n', '"', 'the members of a list have commas between them', 'Add a comma before this one.'],
    ['x = { a = 1\nname = "n"\n', '{', 'this inline table is never closed', 'Close it with } behind its last member.'],
    // Keys
    [
      '[rule]\nname = "n"\nname = "m"\n',
      'name',
      'the key "name" is there twice',
      'Line 2 has it already: remove one of the two.',
    ],
    [
      '[rule]\na = 1\n[rule]\nb = 1\n',
      'rule',
      '"rule" cannot be opened as a table here',
      'Line 1 has it already: give all keys of a table below one header, and write [[rule]] only for each member of a list.',
    ],
    ['name "n"\n', 'name', 'there is no = behind the key "name"', 'Write name = "n"'],
    ['[rule]\nname\nx = 1\n', 'name', 'the key "name" has no value', 'Write name = "…".'],
    ['name: My rule\n', ':', 'TOML has = between a key and its value', 'Write name = "My rule"'],
    ['risk score = 5\n', 's', 'the name of a key has no spaces', 'Is risk_score = … meant?'],
    ['name\u00a0= "n"\n', '\u00a0', 'the character U+00A0 cannot stand in a key', 'Write a plain space, or remove it.'],
    ['// about\nname = "n"\n', '/', 'this is no key', 'A comment begins with #.'],
    ['{"name": "x"}', '{', 'it looks like JSON', 'Write name = "…" in place of "name": "…".'],
    ['<<<<<<< HEAD\nx = 1\n', '<', 'it holds a conflict of a merge', 'Settle the conflict, and remove its markers.'],
    // Values
    ['severity = medium # x\n', 'medium', '"medium" is no value of TOML', 'Put text into quotes: "medium"'],
    ['tags = [a, b]\n', 'a', '"a" is no value of TOML', 'Put text into quotes: "a"'],
    ['date = 2026/01/31\n', '2026/01/31', '"2026/01/31" is no value of TOML', 'Put text into quotes: "2026/01/31"'],
    ['on = True\n', 'True', '"True" is no value of TOML', 'Write true.'],
    ['x = null\n', 'null', '"null" is no value of TOML', 'TOML has no null: leave the key out.'],
    ['x =\ny = 1\n', '', 'the key "x" has no value', 'Write x = "…".'],
    ['x == "n"\n', '=', 'TOML has one = between a key and its value', 'Remove this one.'],
    ['name = “n”\n', '“n”', 'TOML knows straight quotes only', 'Write "n"'],
    ['name = "n",\n', ',', 'a line ends behind its value', 'Remove the ,'],
    ['name = 1 // x\n', '// x', 'something follows a value on its line', 'A comment begins with #.'],
    ['a = 1 b = 2\n', 'b = 2', 'something follows a value on its line', 'Give each key a line of its own.'],
  ])('names the cure: %j', (text, part, reason, help) => {
    expect(complaint(text)).toEqual([part, reason, help]);
  });

  it('has a cure for what it does not know', () => {
    expect(complaint('[]\n')[2]).toBe('The format is described at https://toml.io.');
  });

  it('stays quick on long hostile lines', () => {
    const long = 500_000;
    for (const text of [
      `a ${' '.repeat(long)}`,
      'a '.repeat(long),
      `a = ${'1'.repeat(long)}x`,
      `[${'a'.repeat(long)}`,
      `a = [${'"x",'.repeat(long)}`,
      `a = ${'x'.repeat(long)}`,
      `${'a = 1\n'.repeat(2)}${'\\'.repeat(long)}`,
    ]) {
      expect(complaint(text)[2].length).toBeLessThan(2_000);
    }
  });
});
