import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/node/load-rules.js';
import { RuleEngine } from '../../src/rule-engine.js';
import { makeFolder } from '../node/make-folder.js';
import { alertsOf, makeEvent, ruleOf } from '../run-rule.js';

const EVENTS = [
  { process: { name: 'bash', args: ['-c', 'id'] }, host: { os: { type: 'linux' } } },
  { process: { name: 'zsh', pid: 7 }, host: { os: { type: 'macos' } } },
  { process: { name: 'cmd.exe', signed: true }, host: { os: { name: { caseless: 'windows' } } } },
  {
    dll: [
      { name: 'a', trusted: true },
      { name: 'b', trusted: false },
    ],
  },
];

/** The numbers of the events that an item lets through; it stands in the rule's own file. */
function passing(item: string, nowMs?: number): number[] {
  const text = `[rule]\nname = "n"\nquery = "any where true"\n[[rule.exceptions_list]]\nlist_id = "l"\n[[rule.exceptions_list.items]]\n${item}`;
  return alertsOf(ruleOf(text), EVENTS, { nowMs }).flat();
}

describe('an exception', () => {
  it.each<[string, string, number[]]>([
    [
      'match',
      'entries = [{ field = "process.name", type = "match", operator = "included", value = "bash" }]',
      [1, 2, 3],
    ],
    ['match of a number', 'entries = [{ field = "process.pid", type = "match", value = "7" }]', [0, 2, 3]],
    ['match of a truth value', 'entries = [{ field = "process.signed", type = "match", value = "true" }]', [0, 1, 3]],
    [
      'match, excluded',
      'entries = [{ field = "process.name", type = "match", operator = "excluded", value = "bash" }]',
      [0],
    ],
    ['match_any', 'entries = [{ field = "process.args", type = "match_any", value = ["id", "-x"] }]', [1, 2, 3]],
    ['wildcard', 'entries = [{ field = "process.name", type = "wildcard", value = "*sh" }]', [2, 3]],
    ['exists', 'entries = [{ field = "process.name", type = "exists" }]', [3]],
    ['exists, excluded', 'entries = [{ field = "process.pid", type = "exists", operator = "excluded" }]', [1]],
    [
      'nested',
      'entries = [{ field = "dll", type = "nested", entries = [{ field = "name", type = "match", value = "b" }, { field = "trusted", type = "match", value = "false" }] }]',
      [0, 1, 2],
    ],
    [
      'nested, over two elements',
      'entries = [{ field = "dll", type = "nested", entries = [{ field = "name", type = "match", value = "a" }, { field = "trusted", type = "match", value = "false" }] }]',
      [0, 1, 2, 3],
    ],
    [
      'of several entries needs all of them',
      'entries = [{ field = "process.name", type = "wildcard", value = "*sh" }, { field = "process.pid", type = "exists" }]',
      [0, 2, 3],
    ],
    [
      'for some systems',
      'os_types = ["windows", "linux"]\nentries = [{ field = "process.name", type = "exists" }]',
      [1, 3],
    ],
    ['without entries says nothing', 'entries = []', [0, 1, 2, 3]],
  ])('%s', (_about, item, expected) => {
    expect(passing(item)).toEqual(expected);
  });

  it('ends when it expires', () => {
    const item = 'expire_time = "2026-01-01T00:00:00.000Z"\nentries = [{ field = "process.name", type = "exists" }]';
    const expiry = Date.UTC(2026, 0, 1);
    expect(passing(item, expiry - 1)).toEqual([3]);
    expect(passing(item, expiry)).toEqual([0, 1, 2, 3]);
    expect(passing(item)).toEqual([3]);
  });
});

const LIST = `[metadata]
creation_date = "2026/01/01"
list_name = "Known tools"

[[exceptions]]
[exceptions.container]
description = "What we run ourselves."
list_id = "known-tools"
name = "Known tools"
namespace_type = "single"
type = "detection"

[[exceptions.items]]
description = "The backup."
name = "Backup"
type = "simple"
entries = [{ field = "process.name", type = "match", operator = "included", value = "backup" }]

[[exceptions.items]]
description = "The scanner."
name = "Scanner"
type = "simple"
entries = [{ field = "process.name", type = "match", operator = "included", value = "scanner" }]
`;

function ruleWithLists(...lists: readonly [string, string][]): string {
  const named = lists.map(([id, type]) => `[[rule.exceptions_list]]\nid = "x"\nlist_id = "${id}"\ntype = "${type}"\n`);
  return `[rule]\nname = "n"\nquery = "process where true"\n${named.join('')}`;
}

describe('exception lists', () => {
  it('are files of their own, which rules name', async () => {
    const cwd = await makeFolder({
      'exceptions/tools.toml': LIST,
      'with.toml': ruleWithLists(['known-tools', 'detection']),
      'without.toml': ruleWithLists(),
    });
    const { rules, exceptionLists, failures } = await loadRules(['.'], { cwd });
    expect(failures).toEqual([]);
    expect(exceptionLists.map(({ listId, items }) => [listId, items.map(({ name }) => name)])).toEqual([
      ['known-tools', ['Backup', 'Scanner']],
    ]);
    const fires = (name: string): string[] => {
      const engine = new RuleEngine(
        rules.map(({ rule }) => rule),
        { exceptionLists },
      );
      return engine.process(makeEvent(0, { process: { name } })).map((alert) => alert.rule.id);
    };
    expect(fires('backup')).toEqual(['file:without.toml']);
    expect(fires('scanner')).toEqual(['file:without.toml']);
    expect(fires('other')).toEqual(['file:with.toml', 'file:without.toml']);
  });

  it('that are not there are warned of, but for those of the endpoint', async () => {
    const cwd = await makeFolder({ 'a.toml': ruleWithLists(['gone', 'detection'], ['endpoint_list', 'endpoint']) });
    const [loaded] = (await loadRules(['.'], { cwd })).rules;
    expect(loaded?.diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ['EQL4202', 'warning', 'The exceptions of "gone" are not loaded: the rule runs without them.'],
    ]);
  });

  it('with a mistake are reported with its place', async () => {
    const text = LIST.replace('type = "match"', 'type = "list"');
    const { failures, exceptionLists } = await loadRules(['.'], { cwd: await makeFolder({ 'x.toml': text }) });
    expect(exceptionLists).toEqual([]);
    const [failure] = failures;
    expect(failure?.diagnostics).toMatchObject([
      {
        code: 'EQL4201',
        message: 'Exceptions of the type "list" are not supported.',
        help: 'Value lists are kept in Elasticsearch only. Write their values here: type = "match_any".',
      },
    ]);
    const { start = 0, end = 0 } = failure?.diagnostics[0]?.span ?? {};
    expect(failure?.text.slice(start, end)).toBe('"list"');
  });
});
