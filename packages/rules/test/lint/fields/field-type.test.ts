import { describe, expect, it } from 'vitest';
import { lintRules } from '../../../src/lint/lint-rules.js';
import { marked, ruleFile } from '../lint-query.js';
import { declaredSchema } from './learned-schema.js';

const CODE = 'EQL5103';

describe('EQL5103, a use that the type of the field does not allow', () => {
  it.each([
    ['process where process.pid == "4"', 'process.pid == "4"'],
    ['process where process.pid : "4*"', 'process.pid'],
    ['process where user.id == 0', 'user.id == 0'],
    ['process where startsWith(process.pid, "4")', 'process.pid'],
    ['process where process.pid in ("4", "5")', '"4"'],
    ['process where process.name + 1 == 2', 'process.name'],
    ['process where process.name', 'process.name'],
  ])('is found in %s', (query, part) => {
    expect(marked(query, CODE)).toEqual([part]);
  });

  it('says the type and who knows it', () => {
    const [file] = lintRules([ruleFile('process where process.pid == "4"')]);
    expect(file?.diagnostics.find(({ code }) => code === CODE)?.help).toBe('process.pid is of the type long in ECS.');
  });

  it.each([
    'process where process.pid == 4 and process.name : "x*" and process.pid in (1, 2)',
    'network where source.ip == "10.0.0.1" and cidrMatch(source.ip, "10.0.0.0/8")',
    'file where file.created > "2024-01-01" and process.code_signature.exists',
    'process where acme.number == "4"',
  ])('is not found in %s', (query) => {
    expect(marked(query, CODE)).toEqual([]);
  });

  it('leaves ids of the endpoint, which are what the sensor makes of them', () => {
    expect(marked('process where user.id == 0', CODE, 'endpoint')).toEqual([]);
    expect(marked('process where startsWith(process.pid, "4")', CODE, 'endpoint')).toEqual(['process.pid']);
  });

  it('goes by what the user declares', () => {
    const schema = declaredSchema({ 'user.id': 'long', 'acme.number': 'long' });
    expect(marked('process where user.id == 0', CODE, 'elasticsearch', { schema })).toEqual([]);
    expect(marked('process where acme.number == "4"', CODE, 'elasticsearch', { schema })).toEqual([
      'acme.number == "4"',
    ]);
  });
});
