/** A line of the command `eql`, and what it must do. A pattern is looked for in all of an output. */
export interface CommandCase {
  readonly line: string;
  readonly code: number;
  /** Standard input; the line then runs in a process of its own. */
  readonly input?: string;
  readonly out?: RegExp;
  readonly notOut?: RegExp;
  readonly err?: RegExp;
  /** A file that it writes, and what must be in it. */
  readonly file?: readonly [name: string, holds: RegExp];
}

function event(time: string, category: string, host: string, more: Record<string, unknown>): string {
  const fields = {
    '@timestamp': `2024-05-${time}:00Z`,
    event: { category, ...(more['event'] as object) },
    host: { id: host },
  };
  return JSON.stringify({ ...more, ...fields });
}

const RULE_KEYS = 'description = "What it finds."\nrisk_score = 21\nseverity = "low"\ntype = "eql"\nlanguage = "eql"';

function rule(name: string, id: string, query: string, more = ''): string {
  return `[metadata]\ncreation_date = "2024/01/01"\nmaturity = "production"\nupdated_date = "2024/01/01"\n
[rule]\nauthor = ["me"]\nlicense = "Apache-2.0"\nname = "${name}"\nrule_id = "${id}"\n${RULE_KEYS}\n${more}query = '''\n${query}\n'''\n`;
}

const ID = '11111111-1111-4111-8111-11111111111';

/** The files that the lines are about. */
export const CASE_FILES: Readonly<Record<string, string>> = {
  'events.ndjson': [
    event('01T10:00', 'process', 'a', { process: { name: 'sh', pid: 7 }, event: { sequence: 2 } }),
    event('01T10:00', 'network', 'a', { destination: { port: 443 }, event: { sequence: 1 } }),
    event('01T11:00', 'process', 'b', { process: { name: 'bash', pid: 8 }, event: { sequence: 3 } }),
    event('02T10:00', 'process', 'b', { process: { name: 'sh', pid: 9 }, event: { sequence: 4 } }),
    '',
  ].join('\n'),
  'bad.ndjson': `${event('01T10:00', 'process', 'a', { process: { name: 'sh' } })}\nno json\n`,
  'indexed.ndjson': `${event('01T10:00', 'process', 'a', { process: { name: 'sh' }, data_stream: { type: 'metrics', dataset: 'x', namespace: 'y' } })}
`,
  'list.txt': `[${event('01T10:00', 'process', 'a', { process: { name: 'sh' } })}]`,
  'table.txt': '@timestamp,event.category,process.name\n2024-05-01T10:00:00Z,process,sh\n',
  'bulk.txt': `{"index":{}}\n${event('01T10:00', 'process', 'a', { process: { name: 'sh' } })}\n`,
  'kinds.ndjson':
    '{"at":1700000000000,"kind":"process","name":"one"}\n{"at":1700000000000,"kind":"process","name":"two","seq":1}\n',
  'mapping.toml': 'rename = { "name" = "process.name", "kind" = "event.category", "at" = "@timestamp" }\n',
  'types.json':
    '{"properties":{"process":{"properties":{"name":{"type":"keyword"},"pid":{"type":"long"}}},"host.id":{"type":"keyword"}}}',
  'rules/shell.toml': rule('A shell', `${ID}1`, 'process where process.name == "sh"', 'index = ["logs-*"]\n'),
  'rules/order.toml': rule(
    'Process first',
    `${ID}2`,
    'sequence by host.id with maxspan=1m\n  [process where true]\n  [network where true]',
  ),
  'rules/recent.toml': rule(
    'Recent bash',
    `${ID}3`,
    'process where process.name == "bash"',
    'from = "now-2h"\nto = "now"\n',
  ),
  'no-rule/rule.toml': '[rule]\nname = 1\n',
  'broken/rule.toml': rule('Broken', `${ID}4`, 'process where'),
  'ugly/rule.toml': rule('Ugly', `${ID}5`, 'process   where process.name=="sh"   and   process.pid>1'),
  'odd/rule.toml': rule('Odd', `${ID}6`, 'process where process.pidd == 1 and process.name == "sh"'),
  'mend/rule.toml': rule('Mend', `${ID}7`, 'process where process.name like "sh"'),
  'pack/pack.toml': 'name = "mine"\n',
  'pack/linux.toml': rule(
    'Shell of a server',
    `${ID}8`,
    'process where host.os.type == "linux" and process.name == "sh"',
    'tags = ["OS: Linux", "Use Case: Hunt"]\n',
  ).concat(
    '[[rule.threat]]\nframework = "MITRE ATT&CK"\n[[rule.threat.technique]]\nid = "T1059"\nname = "Command and Scripting Interpreter"\nreference = "https://attack.mitre.org/techniques/T1059/"\n[rule.threat.tactic]\nid = "TA0002"\nname = "Execution"\nreference = "https://attack.mitre.org/tactics/TA0002/"\n',
  ),
  'pack/windows.toml': rule(
    'Registry run key',
    `${ID}9`,
    'registry where host.os.type == "windows"',
    'tags = ["OS: Windows"]\n',
  ).replace('"low"', '"high"'),
};

const E = 'events.ndjson';
const NEW = "new --name 'A rule' --description 'What it finds.' --tactic execution --severity high";
const SEQUENCE = "'sequence by host.id [process where true] [network where true]'";

/** A line of each command that reads events, of a file with one event in a format, and what shows that it was read. */
const READERS: readonly ((input: string) => CommandCase)[] = [
  (input) => ({ line: `run rules/shell.toml -e ${input}`, code: 0, err: /1 alert\b/u }),
  (input) => ({ line: `query 'process where true' ${input} --count`, code: 0, out: /^1\n$/u }),
  (input) => ({ line: `schema learn ${input}`, code: 0, err: /of 1 event/u }),
  (input) => ({ line: `explain 'process where true' ${input}`, code: 0, out: /1 process event, 1 fit/u }),
  (input) => ({ line: `repl -c 'any where true' ${input}`, code: 0, out: /1 result\b/u }),
];

const FORMAT_CASES: readonly CommandCase[] = READERS.flatMap((caseOf) => [
  caseOf('list.txt --format json'),
  caseOf('table.txt --format csv'),
  caseOf('bulk.txt --format bulk'),
  { line: caseOf('list.txt --format ndjson').line, code: 3, err: /unreadable-source/u },
]);

/** At least one line for every flag and every exit code of every command. */
export const COMMAND_CASES: readonly CommandCase[] = [
  ...FORMAT_CASES,

  // run
  { line: `run rules --events ${E} --output ndjson`, code: 0, out: /"A shell"[^]*"A shell"/u, err: /3 rules run/u },
  { line: `run rules -e ${E} -o json`, code: 0, out: /^\[\n[^]*\n\]\n$/u },
  { line: `run rules/shell.toml -e ${E} -o table`, code: 0, out: /A shell[^]*process\.name/u },
  { line: `run rules/shell.toml -e ${E} --fail-on-alert`, code: 1, err: /2 alerts/u },
  { line: 'run rules/shell.toml -e kinds.ndjson', code: 3, err: /2 events have no timestamp/u },
  { line: 'run rules broken -e events.ndjson', code: 2, err: /error\[EQL1002\][^]*broken\/rule\.toml/u },
  { line: 'run rules -e nowhere.ndjson', code: 3, err: /nowhere\.ndjson/u },
  { line: 'run rules -e bad.ndjson', code: 0, err: /1 line is not JSON/u },
  { line: 'run rules -e bad.ndjson --strict', code: 3, err: /1 line is not JSON/u },
  { line: `run rules/order.toml -e ${E}`, code: 0, err: /1 alert/u },
  { line: `run rules/order.toml -e ${E} --tiebreaker-field event.sequence`, code: 0, err: /0 alerts/u },
  { line: `run rules/shell.toml -e indexed.ndjson`, code: 0, err: /0 alerts/u },
  { line: `run rules/shell.toml -e indexed.ndjson --ignore-index`, code: 0, err: /1 alert\b/u },
  { line: `run rules/shell.toml -e indexed.ndjson --index logs-x`, code: 0, err: /1 alert\b/u },
  { line: `run rules/shell.toml -e ${E} --workers 2`, code: 0, err: /2 alerts/u },
  { line: `run rules/shell.toml -e ${E} --workers 0`, code: 3, err: /--workers/u },
  { line: `run rules/recent.toml -e ${E}`, code: 0, err: /1 alert\b/u },
  { line: `run rules/recent.toml -e ${E} --look-back --now 2024-05-01T12:00:00Z`, code: 0, err: /1 alert\b/u },
  { line: `run rules/recent.toml -e ${E} --look-back --now 2024-05-01T14:00:00Z`, code: 0, err: /0 alerts/u },
  { line: 'run rules/shell.toml -e kinds.ndjson --map mapping.toml', code: 0, err: /2 events read/u },

  // query
  { line: `query 'process where true' ${E} --output table`, code: 0, out: /│ sh +│/u, err: /3 results/u },
  { line: `query 'process where' ${E}`, code: 2, err: /error\[EQL1002\]/u },
  { line: "query 'process where true' nowhere", code: 3, err: /nowhere/u },
  { line: "query 'process where true' bad.ndjson --strict", code: 3, out: /sh/u },
  { line: `query 'process where true' ${E} --output json`, code: 0, out: /^\[/u },
  { line: `query 'process where true' ${E} -o ndjson`, code: 0, out: /^\{.*\}\n\{.*\}\n\{.*\}\n$/u },
  { line: `query 'process where true' ${E} -o elasticsearch`, code: 0, out: /"is_partial"/u },
  {
    line: `query 'process where true' ${E} -o csv --fields process.name,process.pid`,
    code: 0,
    out: /^process\.name,process\.pid\r?\nsh,7/u,
  },
  { line: `query 'process where process_path == null' ${E}`, code: 0, err: /3 results/u },
  { line: `query 'process where process.name == "SH"' ${E} --count --dialect elasticsearch`, code: 0, out: /^0\n$/u },
  { line: `query 'process where process.name == "SH"' ${E} --count --dialect endpoint`, code: 0, out: /^0\n$/u },
  { line: `query 'process where true | count process.name' ${E} --dialect endgame`, code: 0, out: /│ percent +│/u },
  { line: `query 'process where true' ${E} --count`, code: 0, out: /^3\n$/u },
  {
    line: `query 'process where true' ${E} --count --limit 1`,
    code: 0,
    out: /^3\n$/u,
    err: /warning: --limit is ignored: --count counts all results/u,
  },
  {
    line: `query 'process where true' ${E} --stats --size 1 --result-position head`,
    code: 0,
    err: /--size is ignored: --stats looks at all results[^]*--result-position is ignored/u,
  },
  { line: `query 'process where true' ${E} --stats --fields process.name`, code: 0, out: /2 +sh|sh +2/u },
  { line: `query 'any where true' ${E} --from 2024-05-02`, code: 0, err: /1 result\b/u },
  { line: `query 'any where true' ${E} --from now-9m`, code: 0, err: /0 results/u },
  { line: `query 'any where true' ${E} --to 2024-05-01`, code: 0, err: /3 results/u },
  { line: `query 'any where true' ${E} --from soon`, code: 3, err: /--from "soon" is not a date/u },
  { line: `query 'process where true' ${E} --size 1`, code: 0, out: /05-02/u, err: /1 of 3 results/u },
  { line: `query 'process where true' ${E} --size 1 --result-position tail`, code: 0, out: /05-02/u },
  {
    line: 'query \'sequence [process where name == "two"] [process where name == "one"]\' kinds.ndjson --category-field kind --timestamp-field at --tiebreaker-field seq --count',
    code: 0,
    out: /^1\n$/u,
  },
  { line: `query 'process where true' ${E} --limit 1`, code: 0, out: /T10:00[^]*sh/u, notOut: /05-02/u },
  { line: `query 'process where true' ${E} --size 1 --result-position head`, code: 0, notOut: /05-02/u },
  { line: `query 'process where true' ${E} --size 1 --limit 1`, code: 3, err: /cannot be used with/u },
  { line: `query 'sample by host.id [process where true] [process where true]' ${E} --count`, code: 0, out: /^1\n$/u },
  {
    line: `query 'sample by host.id [any where true] [process where true]' ${E} --count --max-samples-per-key 5`,
    code: 0,
    out: /^3\n$/u,
  },
  {
    line: "query 'process where true' kinds.ndjson --category-field kind --timestamp-field at --tiebreaker-field seq -o csv --fields name",
    code: 0,
    out: /^name\r?\ntwo\r?\none/u,
  },
  { line: `query 'process where process.name > 5' ${E} --mapping types.json`, code: 0, err: /warning\[EQL2012\]/u },
  {
    line: `query 'process where process.pidd == 1' ${E} --mapping types.json`,
    code: 0,
    err: /Did you mean "process\.pid"/u,
  },
  {
    line: `query 'process where process.pidd == 1' ${E} --mapping types.json --strict-schema`,
    code: 2,
    err: /process\.pidd/u,
  },
  { line: `schema learn ${E} --to learned.json`, code: 0, out: /^$/u, file: ['learned.json', /process\.pid/u] },
  {
    line: `query 'process where process.pidd == 1' ${E} --schema learned.json`,
    code: 0,
    err: /Did you mean "process\.pid"/u,
  },
  {
    line: 'query \'process where process.name == "two"\' kinds.ndjson --map mapping.toml --count',
    code: 0,
    out: /^1\n$/u,
  },

  // schema learn
  { line: `schema learn ${E}`, code: 0, out: /"process\.pid"/u, err: /fields of 4 events/u },
  { line: 'schema learn kinds.ndjson --category-field kind', code: 0, out: /"categories": \{\s*"process": 2/u },
  { line: 'schema learn bad.ndjson --strict', code: 3, err: /1 line is not JSON/u },
  { line: 'schema learn kinds.ndjson --map mapping.toml', code: 0, out: /"process\.name"/u },
  { line: `schema learn ${E} --to no/such/folder.json`, code: 3, err: /cannot write/u },

  // check
  { line: 'check rules', code: 0, err: /3 rules checked[^]*0 errors/u },
  { line: 'check broken', code: 2, out: /error\[EQL1002\]/u },
  { line: 'check nowhere', code: 3, err: /nowhere/u },
  { line: 'check odd --max-warnings 99', code: 0, err: /warning/u },
  { line: 'check odd --max-warnings 0', code: 2, out: /process\.pidd/u },
  { line: 'check odd --mapping types.json', code: 0, out: /Neither ECS nor the schema has a field process\.pidd/u },
  { line: 'check odd --schema learned.json --output json', code: 0, out: /has a field process\.pidd/u },
  { line: 'check broken -o sarif', code: 2, out: /"ruleId": "EQL1002"/u },
  { line: 'check broken -o github', code: 2, out: /^::error file=broken\/rule\.toml,line=\d+/mu },
  { line: 'check broken -o text', code: 2, out: /--> broken\/rule\.toml:\d+/u },
  {
    line: 'check mend --fix',
    code: 0,
    err: /mended mend\/rule\.toml: 1 change/u,
    file: ['mend/rule.toml', /\nprocess where process\.name (?:==|:) "sh"/u],
  },

  // fmt
  { line: 'fmt ugly --check', code: 1, out: /ugly\/rule\.toml/u, file: ['ugly/rule.toml', /process {3}where/u] },
  { line: 'fmt ugly --width 40', code: 0, file: ['ugly/rule.toml', /process where\n? *process\.name == "sh" and\n/u] },
  { line: 'fmt ugly --check --width 40', code: 0, out: /^$/u },
  { line: 'fmt broken', code: 2, err: /EQL1002/u },
  { line: 'fmt nowhere', code: 3, err: /nowhere/u },

  { line: 'fmt - --dialect endgame', input: "a where b=='c'", code: 0, out: /^a where b == .c.\n$/u },
  { line: 'fmt - --dialect elasticsearch', input: 'a where b==1', code: 0, out: /^a where b == 1\n$/u },
  {
    line: 'fmt - --dialect endpoint',
    input: 'a where descendant of [b where true]',
    code: 0,
    out: /^a where descendant of/u,
  },
  { line: 'fmt -', input: "a where b=='c'", code: 2, err: /EQL1006/u },
  { line: "query 'process where true' - --count", input: CASE_FILES['events.ndjson'] ?? '', code: 0, out: /^3\n$/u },

  // new
  {
    line: `${NEW} --technique T1059 --risk-score 50 --query 'process where true' --index 'logs-*' --author me --to made.toml`,
    code: 0,
    out: /^made\.toml\nmade\.test\.toml\n$/u,
    file: [
      'made.toml',
      /author = \[ "me" \][^]*index = \[ "logs-\*" \][^]*risk_score = 50[^]*severity = "high"[^]*process where true[^]*id = "TA0002"[^]*id = "T1059"/u,
    ],
  },
  { line: `${NEW} --query 'file where true' --to made.toml`, code: 3, err: /made\.toml/u },
  { line: `${NEW} --query 'file where true' --to made.toml --force`, code: 0, file: ['made.toml', /file where true/u] },
  {
    line: `${NEW} --endpoint --os linux --query 'file where true' --to behaviour.toml`,
    code: 0,
    file: ['behaviour.toml', /os_list = \[ "linux" \]/u],
  },
  ...['low', 'medium', 'critical'].map((severity) => ({
    line: `new --name A --description B --tactic execution --severity ${severity} --query 'any where true' --to ${severity}.toml`,
    code: 0,
    file: [`${severity}.toml`, new RegExp(`severity = "${severity}"`, 'u')] as const,
  })),
  { line: `${NEW} --query 'file where' --to other.toml`, code: 2, err: /EQL1002/u },

  // pack
  { line: 'pack info pack -o text', code: 0, out: /mine[^]*2 rules/u },
  { line: 'pack info pack --output json', code: 0, out: /"rules": 2/u },
  { line: 'pack info pack --navigator layer.json', code: 0, file: ['layer.json', /"techniqueID": "T1059"/u] },
  { line: 'pack info pack broken mend', code: 0, out: /4 rules/u },
  { line: 'pack info pack kinds.toml', code: 3, err: /kinds\.toml/u },
  { line: 'pack list pack -o table', code: 0, out: /Registry[^]*Shell|Shell[^]*Registry/u },
  { line: 'pack list pack --output json --severity high', code: 0, out: /"Registry run key"/u, notOut: /Shell of/u },
  { line: "pack list pack --tag 'Use Case: Hunt'", code: 0, out: /Shell of/u, notOut: /Registry/u },
  { line: 'pack list pack --technique t1059', code: 0, out: /Shell of/u, notOut: /Registry/u },
  { line: 'pack list pack --tactic execution', code: 0, out: /Shell of/u, notOut: /Registry/u },
  { line: 'pack list pack --platform windows', code: 0, out: /Registry/u, notOut: /Shell of/u },
  { line: "pack list pack --search 'run key'", code: 0, out: /Registry/u, notOut: /Shell of/u },
  { line: 'pack list nowhere', code: 3, err: /nowhere/u },
  { line: 'pack list pack no-rule', code: 2, out: /Shell of/u },
  { line: 'pack info pack no-rule', code: 2, out: /2 rules/u },
  { line: "pack show 'shell of' pack -o text", code: 0, out: /T1059/u },
  { line: "pack show 'shell of' pack --output json", code: 0, out: /"name": "Shell of a server"/u },
  { line: 'pack show nothing pack', code: 3, err: /no rule is called "nothing"/u },

  // explain
  { line: `explain 'process where process.name == "zsh"' ${E}`, code: 0, out: /process\.name == "zsh"/u },
  { line: `explain rules/shell.toml ${E} --output json`, code: 0, out: /^\{/u },
  { line: 'explain rules/shell.toml indexed.ndjson', code: 0, out: /\b0 fit/u },
  { line: 'explain rules/shell.toml indexed.ndjson --ignore-index', code: 0, out: /\b1 fit/u },
  { line: 'explain rules/shell.toml indexed.ndjson --index logs-x', code: 0, out: /\b1 fit/u },
  { line: `explain 'process where' ${E}`, code: 2, err: /EQL1002/u },
  { line: 'explain rules/shell.toml nowhere', code: 3, err: /nowhere/u },
  ...['elasticsearch', 'endpoint'].map((dialect) => ({
    line: `explain 'any where process.name == "SH"' ${E} -o text --dialect ${dialect}`,
    code: 0,
    out: /4 events, 0 fit/u,
  })),
  { line: `explain 'any where process.name == "SH"' ${E} --dialect endgame`, code: 0, out: /4 events, 2 fit/u },
  {
    line: `explain 'process where true' ${E} --event 3`,
    code: 0,
    out: /1 event, 1 fit[^]*event 3 at 2024-05-01T11:00/u,
  },
  { line: `explain 'process where true' ${E} --event 99`, code: 3, err: /there is no event 99/u },
  { line: `explain ${SEQUENCE} ${E}`, code: 0, out: /host\.id = (?:a|b):[^]*host\.id = (?:a|b):/u },
  { line: `explain ${SEQUENCE} ${E} --key a`, code: 0, out: /host\.id = a:/u, notOut: /host\.id = b:/u },
  { line: `explain ${SEQUENCE} ${E} --shown 1`, code: 0, out: /and 1 join key more/u },
  {
    line: 'explain \'sequence [process where name == "two"] [process where name == "one"]\' kinds.ndjson --category-field kind --timestamp-field at --tiebreaker-field seq',
    code: 0,
    out: /1 sequence completed/u,
  },
  {
    line: 'explain \'process where process.name == "two"\' kinds.ndjson --map mapping.toml',
    code: 0,
    out: /2 process events, 1 fit/u,
  },

  // repl
  { line: `repl ${E} --command 'process where true'`, code: 0, out: /3 results/u },
  { line: `repl ${E} -c 'process where true' -c '.show 3'`, code: 0, out: /3 results[^]*process/u },
  { line: "repl - -c 'process where true'", input: CASE_FILES['events.ndjson'] ?? '', code: 0, out: /3 results/u },
  { line: 'repl -', input: CASE_FILES['events.ndjson'] ?? '', code: 3, err: /give the inputs with -c/u },
  { line: `repl ${E} -c .nothing`, code: 1, err: /there is no command \.nothing/u },
  { line: 'repl nowhere -c .help', code: 3, err: /nowhere/u },
  ...['elasticsearch', 'endpoint', 'endgame'].map((dialect) => ({
    line: `repl --dialect ${dialect} -c .dialect`,
    code: 0,
    out: new RegExp(`^dialect: ${dialect}$`, 'mu'),
  })),
  {
    line: `repl kinds.ndjson --category-field kind --timestamp-field at --tiebreaker-field seq -c 'sequence [process where name == "two"] [process where name == "one"]'`,
    code: 0,
    out: /1 result/u,
  },
  { line: "repl indexed.ndjson -c '.rules rules/shell.toml'", code: 0, out: /0 alerts/u },
  { line: "repl indexed.ndjson --ignore-index -c '.rules rules/shell.toml'", code: 0, out: /1 alert\b/u },
  { line: "repl indexed.ndjson --index logs-x -c '.rules rules/shell.toml'", code: 0, out: /1 alert\b/u },
  {
    line: 'repl kinds.ndjson --map mapping.toml -c \'process where process.name == "two"\'',
    code: 0,
    out: /1 result/u,
  },

  // config, completion
  { line: 'config show -o table', code: 0, out: /--fail-on-alert/u },
  { line: 'config show run --output json', code: 0, out: /"variable": "EQL_RUN_EVENTS"/u },
  { line: 'config show nothing', code: 3, err: /there is no command nothing/u },
  { line: 'completion bash', code: 0, out: /eql/u },
  { line: 'completion klingon', code: 3, err: /klingon/u },

  // every command
  { line: '', code: 3, out: /^$/u, err: /^Usage: eql[^]*Commands:[^]*\n {2}3 {2}no command/u },
  { line: 'pack', code: 3, out: /^$/u, err: /^Usage: eql pack/u },
  { line: '--version', code: 0, out: /^\d+\.\d+\.\d+\n$/u },
  { line: 'check rules --quiet', code: 0, err: /^$/u },
  { line: 'check rules --verbose', code: 0, err: /verbose: rule rules\/shell\.toml: loaded/u },
  { line: 'qery x y', code: 3, err: /Did you mean query\?/u },
  { line: 'query x y --feilds a', code: 3, err: /Did you mean --fields\?/u },
];
