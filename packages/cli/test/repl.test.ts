import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadRules } from '@eqlkit/rules/node';
import { completeInput } from '../src/repl/complete-input.js';
import { InputGatherer } from '../src/repl/gather-input.js';
import { PagedText } from '../src/repl/paged-text.js';
import { ReplSession } from '../src/repl/repl-session.js';
import { splitWords } from '../src/repl/repl-command.js';
import { ROOT, runEql } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const EVENTS = 'examples/xdg-autostart/events.ndjson';

const folder = useTestFolder();

function script(lines: readonly string[], args: readonly string[] = [EVENTS]): ReturnType<typeof runEql> {
  return runEql(['repl', ...args], { input: lines.join('\n') });
}

describe('completion of .rule', () => {
  it('offers the names of files, and ids where rules share a file', async () => {
    const session = new ReplSession();
    session.rules = (await loadRules(['rules'], { cwd: ROOT })).rules;
    const { offers } = completeInput('.rule impact_', session);
    expect(offers.length).toBeGreaterThan(0);
    for (const { text } of offers) expect(text).toMatch(/^impact_\w*\.toml$/u);
    const [one] = session.rules;
    session.rules = one === undefined ? [] : [one, one];
    expect(completeInput('.rule ', session).offers[0]?.text).toBe(one?.rule.id);
  });
});

describe('a script for the REPL', () => {
  it('runs queries and commands in order', () => {
    const { code, stdout } = script([
      '.time off',
      'process where process.name == "sh" | head 2',
      'sequence by process.entity_id with maxspan=1s',
      '  [process where process.executable == "/usr/bin/python3"]',
      '  [network where destination.port == 443] ;',
      '.columns user.id',
      'any where user.id == "0" | head 1',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('2 results · 589 events examined\n');
    expect(stdout).toMatch(/● sequence 1 · 2 events in/u);
    expect(stdout).toMatch(/│ # │ user\.id │\n/u);
  });

  it('takes -c, and fails with 1 if an input does', () => {
    const fine = runEql(['repl', EVENTS, '-c', '.time off\nany where user.id == "0" | head 1']);
    expect(fine.code).toBe(0);
    expect(fine.stdout).toContain('1 result');
    for (const input of [
      'process where',
      '.nothing',
      '.show 1',
      '.dialect klingon',
      '.load nowhere.ndjson',
      '.explain (',
      '.columns ,',
    ]) {
      const { code, stderr } = runEql(['repl', EVENTS, '-c', input]);
      expect(code, input).toBe(1);
      expect(stderr, input).toContain('error: ');
    }
    expect(runEql(['repl', 'nowhere.ndjson', '-c', '.help']).code).toBe(3);
  });

  it('says once, after loading, which events have no category or no time, and what helps', () => {
    const file = folder.file('bare.ndjson');
    writeFileSync(file, '{"a":1}\n{"a":2,"@timestamp":1}\n{"@timestamp":2,"event":{"category":"process"}}\n');
    const { stdout, stderr } = runEql(['repl', file, '-c', 'any where true']);
    expect(stderr).toContain(
      '2 events have no event.category: only "any" finds them; 1 event has no @timestamp: sequences and rules leave them out (--map can give them one)\n',
    );
    expect(stdout).toContain('3 results');
    expect(runEql(['repl', EVENTS, '-c', '.help']).stderr).not.toContain('--map');
  });

  it('says with no events only that, and what .show wants where there is no result', () => {
    const { code, stdout, stderr } = script(['process where true', '.show'], []);
    expect(code).toBe(1);
    expect(stdout).toBe('no events are loaded: .load <files> loads some\n');
    expect(stderr).toContain('.show wants the number of a result, but the last query or rule had none');
    expect(script(['.shw 1']).stderr).toContain('Did you mean ".show"?');
  });

  it('runs every -c in order', () => {
    const { code, stdout } = runEql(['repl', EVENTS, '-c', 'any where user.id == "0" | head 1', '-c', '.show 1']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/1 result [^]*^host\.name /mu);
  });

  it('says diagnostics on standard error, with the place of the input', () => {
    const lines = script(['any where true | head 1', '', 'sequence', '[process where]', '', '.nothing']);
    expect(lines.code).toBe(1);
    expect(lines.stdout).not.toContain('EQL');
    expect(lines.stderr).toContain('--> query of line 3:');
    expect(lines.stderr).toContain('error: line 3: the query was not run');
    expect(lines.stderr).toContain('error: line 6: there is no command .nothing');
    const commands = runEql(['repl', EVENTS, '-c', '.time', '-c', '.time off\nprocess where', '-c', '.nothing']);
    expect(commands.stderr).toContain('error: -c number 2, line 2: the query was not run');
    expect(commands.stderr).toContain('error: -c number 3: there is no command .nothing');
    expect(runEql(['repl', EVENTS, '-c', '.nothing']).stderr).toMatch(/^error: there is no command/mu);
  });

  it.each(['help', '?'])('takes %s for .help, and exit and quit for .exit', (help) => {
    expect(script([help, 'any where true']).stdout).toMatch(/\.load <files[^]*589 results/u);
    for (const exit of ['exit', 'quit']) expect(script([exit, 'any where true']).stdout).toBe('');
  });

  it('shows an event whole, with the fields that the query touched', () => {
    const { stdout } = script(['process where process.name == "sh" | head 1', '.show 1']);
    expect(stdout).toMatch(/process\.name +sh {2}←/u);
    expect(stdout).toMatch(/host\.name +desk-1\d\n/u);
  });

  it('numbers results over all tables as .show counts them', () => {
    const { stdout } = script(['any where true', '.columns event.id', 'any where true', '.show 589']);
    expect(stdout).toMatch(/^│ 500 │ 2026[^]*^└[^]*^│ +# │ @timestamp[^]*^│ 501 │ 2026[^]*^│ 589 │/mu);
    const [, last = ''] = /^│ 589 │ (\S+) +│$/mu.exec(stdout) ?? [];
    expect(last).not.toBe('');
    expect(stdout.slice(stdout.lastIndexOf('589 results'))).toMatch(
      new RegExp(`^event\\.id +${last.replaceAll('+', '\\+')}$`, 'mu'),
    );
    const narrow = runEql(['repl', EVENTS, '-c', 'any where true | head 2'], { env: { COLUMNS: '30' } });
    expect(narrow.stdout).toMatch(/^#1\n@timestamp\n[^]*\n\n#2\n@timestamp\n/u);
  });

  it('tells what the fields are, and which one is meant', () => {
    const inherited = script(['.schema __proto__', '.schema constructor', '.schema toString']);
    expect(inherited.stdout).toBe('');
    expect(inherited.stderr.match(/no event has/gu)).toHaveLength(3);
    const { stdout, stderr } = script(['.schema user.id', '.schema user.idd', '.schema proces']);
    expect(stdout).toContain('user.id: keyword, in');
    expect(stdout).toMatch(/\d+ {2}1000/u);
    const [, id = ''] = /(user\.id: .*)/u.exec(stdout) ?? [];
    expect(id).toBe('user.id: keyword, in 100.0 % of 589 events');
    expect(script(['.schema user']).stdout).toMatch(/│ user\.id +│ keyword │ 100\.0 % │[^]*│ user\.name/u);
    expect(script(['.schema event.category']).stdout).toMatch(/categories: .*process \(317\)[^]* 317 {2}process/u);
    expect(stderr).toContain('no event has user.idd. Did you mean "user.id"?');
  });

  it('shows values whole, and lays out for a narrow terminal', () => {
    const file = folder.file('long.ndjson');
    const text = `first\n\tsecond ${'long '.repeat(40)}end`;
    writeFileSync(file, `${JSON.stringify({ '@timestamp': 0, message: text, list: ['a'.repeat(150), 2] })}\n`);
    const show = runEql(['repl', file, '-c', 'any where true\n.show 1\n.help\n.schema'], { env: { COLUMNS: '30' } });
    expect(show.stdout).toMatch(/^message {5}first\n {14}second(?:\n? +long)+\n? +end$/mu);
    expect(show.stdout).toMatch(/^message +keyword · 100/mu);
    expect(show.stdout).toContain('.load <files, folders or globs>\n  load events beside those\n  that are there\n');
    const widest = Math.max(...show.stdout.split('\n').map((line) => line.length));
    // But for the usage of a command.
    expect(widest).toBeLessThanOrEqual('.dialect [elasticsearch|endpoint|endgame]'.length);
    const wide = runEql(['repl', file, '-c', 'any where true\n.show 1'], { env: { COLUMNS: '200' } });
    expect(wide.stdout).toContain(`["${'a'.repeat(150)}",2]`);
  });

  it('warns of a field that no event has', () => {
    const { stderr } = script(['process where process.nmae == "sh"']);
    expect(stderr).toContain('Did you mean "process.name"?');
  });

  it('explains the last query', () => {
    const { stdout } = script(['process where process.name == "sh" and user.id == "4711"', '.explain']);
    expect(stdout).toContain('user.id == "4711"');
    expect(stdout).toContain('← decides');
  });

  it('explains one event, one join key, and as much as is asked for', () => {
    const query = 'sequence by process.entity_id [process where true] [network where destination.port == 4444]';
    const { stdout, stderr } = script([
      query,
      '.explain --event 2 --shown 1',
      '.explain --shown 0 process where process.name == "sh"',
      `.explain --key nothing ${query}`,
    ]);
    expect(stdout).toContain('stage 1: 1 event, 1 fit');
    expect(stdout).toContain('event 2 at ');
    expect(stdout).toContain('query: 317 process events, 78 fit');
    expect(stdout).toContain('has the join key process.entity_id = nothing; those that there are:');
    expect(stderr).not.toContain('error');
    const wrong = script([
      '.explain --event x any where true',
      '.explain --events 3',
      '.explain --event 9999 any where true',
      '.explain --key a any where true',
    ]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('--event wants the number of an event');
    expect(wrong.stderr).toContain(
      '.explain has no option --events; it has --event, --key and --shown, before the query',
    );
    expect(wrong.stderr).toContain('there is no event 9999: 589 events were read');
    expect(wrong.stderr).toContain('the query has no join key');
  });

  it('warns with an explanation of what no event has', () => {
    const category = script(['.explain proces where true']).stdout;
    expect(category).toContain('no event has the category proces (did you mean process?)');
    expect(script(['proces where true']).stdout).toContain('did you mean process?');
    const field = script(['.explain process where process.name == "sh" or proces.nam == "sh"']).stderr;
    expect(field).toContain('Did you mean "process.name"?');
  });

  it('exports results by the ending of the file', () => {
    const file = (ending: string): string => folder.file(`out.${ending}`);
    const { code, stdout } = script([
      'any where user.id == "0" | head 2',
      `.export ${file('ndjson')}`,
      '.columns user.id',
      `.export ${file('csv')}`,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('2 results with 2 events written');
    expect(readFileSync(file('ndjson'), 'utf8').trim().split('\n')).toHaveLength(2);
    expect(readFileSync(file('csv'), 'utf8')).toContain('user.id\n0\n0\n');
    expect(script(['any where true | head 1', `.export ${file('xlsx')}`]).stderr).toContain('ends in no format');
    const again = script(['any where true | head 1', `.export ${file('csv')}`]);
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toContain('is there already; choose another name');
    expect(readFileSync(file('csv'), 'utf8')).toContain('user.id\n0\n0\n');
  });

  it('saves a rule that runs, and never overwrites', () => {
    const file = folder.file('root_shell.toml');
    const query = 'process where process.name == "sh" and user.id == "0"';
    expect(script([query, `.save ${file} Root shell`]).code).toBe(0);
    expect(runEql(['check', file])).toMatchObject({ code: 0, stderr: expect.stringContaining('0 errors') as string });
    const again = script([query, `.save ${file}`]);
    expect(again.stderr).toContain('is there already');
    const { code, stderr } = runEql(['run', file, '--events', EVENTS, '--output', 'ndjson']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/40 alerts/u);
  });

  it('saves what is written in the endpoint dialect as a rule that is read in it', () => {
    const file = folder.file('lineage.toml');
    const query = 'process where user.id == 0 and descendant of [process where true]';
    expect(script(['.dialect endpoint', query, `.save ${file} Lineage`]).code).toBe(0);
    expect(runEql(['check', file])).toMatchObject({ code: 0, stdout: expect.not.stringContaining('error') as string });
  });

  it('puts an edited query back into its rule, and leaves the rest of the file as it is', () => {
    const file = folder.file('edited.toml');
    const rule = (query: string): string =>
      `# A comment.\n[rule]\nname = "Edited"\nrule_id = "e"\ndescription = "d"\nrisk_score = 1\nseverity = "low"\ntype = "eql"\nlanguage = "eql"\nquery = ${query}\nnote = "n" # Kept.\n`;
    writeFileSync(file, rule('"process where process.name == \\"sh\\""'));
    const edit = ['process where process.name == "curl" and', '  user.id == "0";'];
    const { code, stdout } = script([`.rules ${file}`, '.rule edited', ...edit, '.save', '.rule edited']);
    expect(code).toBe(0);
    const query = 'process where process.name == "curl" and\n  user.id == "0"';
    expect(readFileSync(file, 'utf8')).toBe(rule(`'''\n${query}\n'''`));
    expect(stdout.slice(stdout.indexOf('saved in'))).toContain(query);
    expect(runEql(['check', file]).code).toBe(0);
    const fails = (...inputs: readonly string[]): string => script([`.rules ${file}`, ...inputs]).stderr;
    expect(fails('.rule edited', '.save')).toContain('was not changed');
    expect(fails('any where true | head 1', '.save')).toContain('.save wants a file');
    const endgame = ['.rule edited', '.dialect endgame', 'any where true | head 1', '.save'];
    expect(fails(...endgame)).toContain('is read in the elasticsearch dialect');
    expect(readFileSync(file, 'utf8')).toContain(query);
  });

  it('counts all results of the last query over time and by fields', () => {
    const { code, stdout } = script(['any where true', '.stats event.category', '.stats event.catgory']);
    expect(code).toBe(0);
    const [, stats = ''] = stdout.split('589 results · 589 events examined');
    const counted = runEql(['query', 'any where true', EVENTS, '--stats', '--fields', 'event.category']).stdout;
    expect(counted).toContain('process  317');
    expect(stats).toContain(counted.trimEnd());
    expect(stdout).toContain('there is nothing to count: no event has the field event.catgory (did you mean');
    expect(script(['.stats']).stderr).toContain('there is no query yet');
  });

  it('runs rules, and one of them', () => {
    const { stdout } = script(['.rules rules/elastic', '.rule xdg']);
    expect(stdout).toContain('1 rule run · 43 alerts');
    expect(stdout).toContain('Network Connections Initiated Through XDG Autostart Entry (');
    expect(script(['.rule xdg']).stderr).toContain('no rules are loaded');
  });

  it('keeps the alerts of a rule for .show and .export', () => {
    const file = folder.file('alerts.ndjson');
    const { stdout } = script(['.rules rules/elastic', '.rule xdg', '.show 43', `.export ${file}`]);
    const shown = stdout.slice(stdout.indexOf('event 1 of 2'));
    expect(stdout).toContain('● alert 43 · Network Connections');
    expect(shown).toMatch(/process\.parent\.executable +\/usr\/bin\/xfce4-session {2}←/u);
    expect(stdout).toMatch(/43 alerts · 589 events examined in [\d.]+ s\n/u);
    expect(stdout).toContain(`43 alerts with 86 events written to ${file}`);
    const first = JSON.parse(readFileSync(file, 'utf8').split('\n')[0] ?? '') as { id: string };
    const rules = ['run', 'rules/elastic', '--events', EVENTS, '--output', 'ndjson'];
    expect(runEql(rules).stdout).toContain(first.id);
    expect(script(['.rules rules/elastic', '.rule xdg', '.export x.csv']).stderr).toContain('as .ndjson or .json');
  });

  it('finds what eql run and eql query find', () => {
    const write = (name: string, text: string): string => {
      const path = folder.file(name);
      writeFileSync(path, text);
      return path;
    };
    const line = (fields: Record<string, unknown>): string => `${JSON.stringify(fields)}\n`;
    const at = '2024-05-01T10:00:00Z';
    const events = write(
      'tied.ndjson',
      line({ at, kind: 'network', seq: 2, data_stream: { type: 'logs', dataset: 'x', namespace: 'y' } }) +
        line({ at, kind: 'process', seq: 1, name: 'sh' }) +
        line({ kind: 'process', seq: 0 }) +
        line({ kind: 'network', seq: 3 }),
    );
    const fields = ['--category-field', 'kind', '--timestamp-field', 'at', '--tiebreaker-field', 'seq'];
    const query = 'sequence [process where true] [network where true]';
    expect(runEql(['query', query, events, ...fields, '--count']).stdout).toBe('1\n');
    const inputs = `${query}\n.schema kind\n.explain`;
    const { stdout } = runEql(['repl', events, ...fields, '-c', inputs]);
    expect(stdout).toContain('2 events without a time were left out\n1 result · 4 events examined');
    expect(stdout).toContain('categories: process (2), network (2)');
    expect(stdout).toMatch(/1 sequence completed/u);

    const rules = folder.file('pack');
    mkdirSync(rules);
    const rule = (name: string, more: string): string =>
      `[rule]\nname = "${name}"\nrule_id = "${name}"\ndescription = "d"\nrisk_score = 1\nseverity = "low"\ntype = "eql"\nlanguage = "eql"\n${more}\n`;
    write(
      'pack/excepted.toml',
      rule('excepted', 'query = "process where true"\n[[rule.exceptions_list]]\nlist_id = "shells"'),
    );
    write(
      'pack/shells.toml',
      '[[exceptions]]\n[exceptions.container]\nlist_id = "shells"\n[[exceptions.items]]\nentries = [{ field = "name", operator = "included", type = "match", value = "sh" }]\n',
    );
    write('pack/elsewhere.toml', rule('elsewhere', 'query = "network where true"\nindex = ["winlogbeat-*"]'));
    const stream = { data_stream: { type: 'logs', dataset: 'x', namespace: 'y' } };
    const process = { '@timestamp': at, event: { category: 'process' }, ...stream };
    const plain = write(
      'plain.ndjson',
      line({ ...process, name: 'sh' }) +
        line({ ...process, name: 'bash' }) +
        line({ event: { category: 'process' }, name: 'undated' }) +
        line({ ...process, event: { category: 'network' } }),
    );
    const run = runEql(['run', rules, '--events', plain]);
    expect(run.stderr).toContain('2 rules run · 1 alert');
    const repl = (more: readonly string[] = []): string =>
      runEql(['repl', plain, ...more, '-c', `.rules ${rules}\n.rule excepted`]).stdout;
    expect(repl()).toMatch(
      /no event lies in winlogbeat-\*[^]*2 rules run · 1 alert · 4 events examined[^]*\n1 alert · 4/u,
    );
    expect(repl()).toContain('1 event without a time was left out');
    expect(repl(['--ignore-index'])).toContain('2 rules run · 2 alerts');
    expect(repl(['--index', 'winlogbeat-8'])).toContain('2 rules run · 2 alerts');
  });

  it('saves no rule of a dialect in which there are none, and keeps that of the query', () => {
    const file = folder.file('endgame.toml');
    const ask = ['.dialect endgame', 'process where process.name == "SH" | unique user.id'];
    expect(script([...ask, '.dialect elasticsearch', `.save ${file} n`]).stderr).toContain('endgame dialect');
    expect(existsSync(file)).toBe(false);
    expect(script([...ask, '.dialect elasticsearch', '.explain']).stderr).not.toContain('error');
  });

  it('loads more events and forgets them', () => {
    const more = folder.file('more.ndjson');
    writeFileSync(more, '{"@timestamp":"2020-01-01T00:00:00Z","n":1}\nnot json\n');
    const { stdout, stderr } = script(
      [`.load "${more}"`, 'any where n == 1', '.unload more', '.unload', 'any where true'],
      [],
    );
    expect(stdout).toContain('1 event loaded, 1 event in all');
    expect(stdout).toContain('warning[invalid-json]');
    expect(stdout).toContain('1 result');
    expect(stdout).toContain('1 event forgotten');
    expect(stderr).toBe('error: line 3: .unload forgets all events and takes no name\n');
    expect(stdout).toContain('no events are loaded');
  });

  it('says of a line that was meant to go on that the one before was whole', () => {
    const { code, stderr } = script(['process where user.id == "0"', 'and process.name == "sh"']);
    expect(code).toBe(1);
    expect(stderr).toContain('the line before it was whole and ran by itself');
    const joined = script(['process where user.id == "0" and', '  process.name == "sh" |', '  head 2;']);
    expect(joined.stderr).not.toContain('error');
    expect(joined.stdout).toContain('2 results');
  });

  it('knows the dialects', () => {
    const { stdout } = script(['.dialect endgame', 'process where true | count user.id | head 1']);
    expect(stdout).toContain('dialect: endgame');
    expect(stdout).toContain('total_hosts');
  });

  it('keeps control characters of inputs from the terminal', () => {
    const evil = '\u001b[31m\u202e';
    const { stdout, stderr } = script([`.columns ${evil}`, `.dialect ${evil}`, `.load ${evil}`, `.follow ${evil}`]);
    expect(stdout + stderr).not.toMatch(/[^\P{C}\n]/u);
    expect(stdout).toContain('columns: ?[31m?');
  });

  it('keeps control characters of events from the terminal', () => {
    const file = folder.file('evil.ndjson');
    writeFileSync(file, `${JSON.stringify({ '@timestamp': 0, 'a\u001b[2J': 'b\u001b[31m\u0007' })}\n`);
    const { stdout } = script(['any where true', '.show 1', '.schema'], [file]);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\u0007');
  });
});

describe('PagedText', () => {
  it('gives what fits a page, makes pieces when they are wanted, and begins a piece that does not fit on a new page', () => {
    const made: string[] = [];
    function* pieces(): Generator<string> {
      for (const piece of ['a\nb\n', 'c\n', 'd\ne\nf\n', '', '1\n2\n3\n4\n5\n6', `${'x'.repeat(25)}\ny`]) {
        made.push(piece);
        yield piece;
      }
    }
    const text = new PagedText(pieces());
    expect(text.next(4, 10)).toEqual(['a', 'b', 'c']);
    expect(made).toHaveLength(3);
    expect(text.next(4, 10)).toEqual(['d', 'e', 'f']);
    expect(text.next(4, 10)).toEqual(['1', '2', '3', '4']);
    expect(text.next(4, 10)).toEqual(['5', '6']);
    expect(text.isShown()).toBe(false);
    expect(text.next(4, 10)).toEqual(['x'.repeat(25), 'y']);
    expect(text.isShown()).toBe(true);
    expect(text.next(4, 10)).toEqual([]);
    expect(new PagedText(['a\nb', 'c']).next(Infinity, 10)).toEqual(['a', 'b', 'c']);
    expect(new PagedText(['xxxxxxxxxx'.repeat(9)]).next(2, 10)).toHaveLength(1);
  });
});

describe('InputGatherer', () => {
  it('takes whole queries and commands at once, and others up to an empty line or a semicolon', () => {
    const gatherer = new InputGatherer();
    expect(gatherer.take('process where true')).toEqual(['process where true']);
    expect(gatherer.take('.help')).toEqual(['.help']);
    expect(gatherer.take('sequence by a')).toEqual([]);
    expect(gatherer.take('[a where true] [b where true]')).toEqual([]);
    expect(gatherer.take('')).toEqual(['sequence by a\n[a where true] [b where true]']);
    expect(gatherer.take('process where (')).toEqual([]);
    expect(gatherer.take('true);')).toEqual(['process where (\ntrue);']);
    expect(gatherer.take('process where')).toEqual([]);
    expect(gatherer.take('.load x')).toEqual(['process where', '.load x']);
    expect(gatherer.isOpen).toBe(false);
  });
});

describe('splitWords', () => {
  it('keeps quoted blanks together', () => {
    expect(splitWords(`a "b c"  'd "e'`)).toEqual(['a', 'b c', 'd "e']);
    expect(splitWords('')).toEqual([]);
  });
});
