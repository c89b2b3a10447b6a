import { describe, expect, it } from 'vitest';
import { lintRules } from '../../../src/lint/lint-rules.js';
import { marked, markedInFile, readRuleFile, ruleFile } from '../lint-query.js';
import { learnedSchema } from './learned-schema.js';

describe('EQL5104, a value that the field does not have', () => {
  it.each([
    ['process where event.type == "strat"', '"strat"'],
    ['process where event.type in ("process_started", "process_began")', '"process_started" "process_began"'],
    ['process where host.os.type : ("windows", "linus")', '"linus"'],
    ['any where event.category == "proces"', '"proces"'],
    ['network where network.direction != "out"', '"out"'],
  ])('is found in %s', (query, part) => {
    expect(marked(query, 'EQL5104').join(' ')).toBe(part);
  });

  it.each([
    'process where event.type == "start" and host.os.type : "Windows"',
    'process where event.type like "st*" and event.type regex "s.art"',
    'process where event.action == "whatever"',
    // Beside a right value, for sources that are older than ECS.
    'process where event.type in ("start", "process_started")',
    'network where network.direction : ("incoming", "ingress")',
    // A category of Elastic Defend, as in `dns where`.
    'any where event.category == "dns"',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5104')).toEqual([]);
  });

  it('proposes the nearest value', () => {
    const [file] = lintRules([ruleFile('process where event.type == "strat"')]);
    expect(file?.diagnostics.find(({ code }) => code === 'EQL5104')?.fix?.replacement).toBe('"start"');
  });

  it.each([
    ['any where event.outcome == "failed"', 'Did you mean "failure"?'],
    ['any where event.outcome == "succeeded"', 'Did you mean "success"?'],
    ['any where event.outcome == "x"', 'They are: failure, success, unknown.'],
  ])('proposes another form of the word for %s', (query, help) => {
    const [file] = lintRules([ruleFile(query)]);
    expect(file?.diagnostics.find(({ code }) => code === 'EQL5104')?.help).toBe(help);
  });
});

describe('EQL5003, a case that cannot match', () => {
  it.each([
    ['process where host.os.type == "Windows"', '"Windows"'],
    ['process where host.os.type in ("Linux", "macos")', '"Linux"'],
    ['network where network.protocol like "HTTP*"', '"HTTP*"'],
    ['process where process.hash.sha256 == "ABCDEF"', '"ABCDEF"'],
    ['process where event.type != "Start"', '"Start"'],
  ])('is found in %s', (query, part) => {
    expect(marked(query, 'EQL5003')).toEqual([part]);
  });

  it.each([
    'process where host.os.type : "Windows"',
    'process where host.os.type in~ ("Linux", "MacOS")',
    'process where host.os.type == "windows"',
    'process where process.name == "Cmd.exe"',
    'network where network.protocol regex "[A-Z]+"',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5003')).toEqual([]);
  });

  it('says how to compare without case', () => {
    const [file] = lintRules([ruleFile('process where event.type != "Start"')]);
    expect(file?.diagnostics[0]?.help).toBe('Write "start", or compare without case: not … : …');
  });

  it('learns from events which fields are written in lower case', () => {
    const schema = learnedSchema({
      'acme.color': { categories: { process: 100 }, values: ['red', 'green'] },
      'acme.shape': { categories: { process: 100 }, values: ['Round'] },
    });
    const query = 'process where acme.color == "Red" and acme.shape == "ROUND"';
    expect(marked(query, 'EQL5003', 'elasticsearch', { schema })).toEqual(['"Red"']);
  });
});

describe('EQL5001, an unknown event category', () => {
  it.each([
    ['proces where true', 'proces'],
    ['sequence by a with maxspan=1s [process where true] [netwrok where true]', 'netwrok'],
    ['"my events" where true', '"my events"'],
  ])('is found in %s', (query, part) => {
    expect(marked(query, 'EQL5001')).toEqual([part]);
  });

  it.each(['any where true', 'process where true', 'dns where true', 'iam where true'])(
    'is not found in %s',
    (query) => {
      expect(marked(query, 'EQL5001')).toEqual([]);
    },
  );

  it('is not looked for where another field holds the category, and knows those of the user', () => {
    const file = readRuleFile(
      '[rule]\nname = "n"\nevent_category_override = "event.type"\nquery = "info where true"\n',
    );
    expect(markedInFile(file, 'EQL5001')).toEqual([]);
    const schema = { ...learnedSchema({}), learned: { events: 1, categories: new Map([['orders', 1]]) } };
    expect(marked('orders where true', 'EQL5001', 'elasticsearch', { schema })).toEqual([]);
  });
});
