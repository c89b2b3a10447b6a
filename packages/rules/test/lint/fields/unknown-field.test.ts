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

  it('is not looked for behind the name of a stage or an element', () => {
    const query =
      'sequence with maxspan=1s [process where true] as evnt [file where evnt.process.nmae == "x" and _arraysearch(a.B, $e, $e.nmae == 1)]';
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
