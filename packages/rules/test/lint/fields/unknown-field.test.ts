import { describe, expect, it } from 'vitest';
import { lintRules } from '../../../src/lint/lint-rules.js';
import { marked, ruleFile } from '../lint-query.js';
import { declaredSchema, learnedSchema } from './learned-schema.js';

const CODE = 'EQL5101';

function suggestionFor(query: string): string | undefined {
  const found = lintRules([ruleFile(query)])[0]?.diagnostics.find(({ code }) => code === CODE);
  return found?.fix?.replacement;
}

describe('EQL5101, a field that nobody knows', () => {
  it.each([
    ['process where process.nmae == "x"', 'process.nmae', 'process.name'],
    ['process where process.Name == "x"', 'process.Name', 'process.name'],
    ['process where proces.name == "x"', 'proces.name', 'process.name'],
    ['process where process.parent.excutable == "x"', 'process.parent.excutable', 'process.parent.executable'],
    ['process where ?process.nmae == "x"', '?process.nmae', '?process.name'],
    ['sequence by host.idd with maxspan=1s [process where true] [file where true]', 'host.idd', 'host.id'],
    ['process where length(process.nmae) > 1', 'process.nmae', 'process.name'],
  ])('is found in %s, with the nearest one', (query, field, near) => {
    expect(marked(query, CODE)).toEqual([field]);
    expect(suggestionFor(query)).toBe(near);
  });

  it('is found without a near one inside the namespaces of ECS, once for each name', () => {
    expect(marked('process where process.frobnicated == 1 or process.frobnicated == 2', CODE)).toEqual([
      'process.frobnicated',
    ]);
  });

  it.each([
    'process where process.name == "x" and process.name.text == "x"',
    'process where process.Ext.token.integrity_level_name == "high"',
    'any where winlog.event_data.SubjectUserName == "x" and acme.shop.order == 1',
    'process where ?process.frobnicated == "x"',
    'any where kubernetes.audit.annotations.`a/b` == "x"',
    'process where @timestamp != null and labels.mine == "x"'.replace(' and labels.mine == "x"', ''),
  ])('is not found in %s', (query) => {
    expect(marked(query, CODE)).toEqual([]);
  });

  it('is not looked for behind the name of an element', () => {
    expect(marked('process where _arraysearch(a.B, $e, $e.nmae == 1)', CODE, 'endpoint')).toEqual([]);
  });

  const named = (stage: string, until = ''): string =>
    `sequence with maxspan=1s [process where true] as evnt [file where ${stage}]${until}`;

  it.each([
    [named('evnt.process.nmae == "x"'), 'evnt.process.nmae', 'evnt.process.name'],
    [named('file.path == evtn.process.executable'), 'evtn.process.executable', 'evnt.process.executable'],
    [named('true', ' until [process where process.pid == evnt.process.pdi]'), 'evnt.process.pdi', 'evnt.process.pid'],
  ])('is found behind the name of a stage, which may be misspelt itself: %s', (query, field, near) => {
    expect(marked(query, CODE, 'endpoint')).toEqual([field]);
    const found = lintRules([ruleFile(query, 'endpoint')])[0]?.diagnostics.find(({ code }) => code === CODE);
    expect(found?.fix?.replacement).toBe(near);
  });

  it.each([
    'sequence with maxspan=1s [process where process.executable == made.file.path] [file where true] as made',
    'sequence with maxspan=1s [process where process.executable == made.file.path] as made [file where true]',
  ])('is a stage that is not there yet: %s', (query) => {
    expect(marked(query, CODE, 'endpoint')).toEqual(['made.file.path']);
  });

  it.each([
    named('evnt.process.name == "x" and evnt.process.Ext.mine == 1 and acme.order == 1'),
    'sequence with maxspan=1s [process where true] as process1 [file where process.name == process1.process.name]',
    'sequence with maxspan=1s [process where true] as a [file where a.process.pid == 1] as b [dns where b.file.path == a.process.name]',
  ])('is not found in %s, whose stages have names', (query) => {
    expect(marked(query, CODE, 'endpoint')).toEqual([]);
  });

  it('knows the fields that the user declares', () => {
    const query = 'process where process.frobnicated == "x"';
    expect(
      marked(query, CODE, 'elasticsearch', { schema: declaredSchema({ 'process.frobnicated': 'keyword' }) }),
    ).toEqual([]);
  });

  it('asks more of a user whose events were learned: their own namespaces are known', () => {
    const schema = learnedSchema({ 'acme.order': { categories: { process: 100 } } });
    expect(marked('process where acme.order == "x"', CODE, 'elasticsearch', { schema })).toEqual([]);
    expect(marked('process where acme.customer == "x"', CODE, 'elasticsearch', { schema })).toEqual(['acme.customer']);
  });
});
