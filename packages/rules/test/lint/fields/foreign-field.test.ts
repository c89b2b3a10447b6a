import { describe, expect, it } from 'vitest';
import { marked, markedInFile, readRuleFile } from '../lint-query.js';
import { learnedSchema } from './learned-schema.js';

const CODE = 'EQL5102';

describe('EQL5102, a field that the category does not have', () => {
  it.each([
    ['process where registry.path : "x"', 'registry.path'],
    ['registry where destination.ip == "10.0.0.1"', 'destination.ip'],
    ['sequence by host.id with maxspan=1s [network where dll.name == "x"] [process where true]', 'dll.name'],
    [
      'sequence with maxspan=1s [process where true] by registry.path [registry where true] by registry.path',
      'registry.path',
    ],
  ])('is found in %s', (query, field) => {
    expect(marked(query, CODE)).toEqual([field]);
  });

  it.each([
    'registry where registry.path : "x" and process.name == "x"',
    'any where registry.path : "x" and destination.ip != null',
    'network where destination.ip == "10.0.0.1" and dns.question.name : "x"',
    'process where ?registry.path : "x"',
    'process where descendant of [registry where registry.path : "x"]',
  ])('is not found in %s', (query) => {
    expect(marked(query, CODE, 'endpoint')).toEqual([]);
  });

  it('is not looked for where another field holds the category', () => {
    const file = readRuleFile(
      '[rule]\nname = "n"\nevent_category_override = "event.type"\nquery = "process where registry.path == \\"x\\""\n',
    );
    expect(markedInFile(file, CODE)).toEqual([]);
  });

  it('goes by the events of the user', () => {
    const schema = learnedSchema({
      'acme.order': { categories: { network: 90 } },
      'acme.rare': { categories: { network: 3 } },
      'registry.path': { categories: { process: 60 } },
    });
    const at = (query: string): readonly string[] => marked(query, CODE, 'elasticsearch', { schema });
    expect(at('process where acme.order == "x"')).toEqual(['acme.order']);
    expect(at('network where acme.order == "x"')).toEqual([]);
    // Three events are too few to tell, and these users have registry paths in process events.
    expect(at('process where acme.rare == "x"')).toEqual([]);
    expect(at('process where registry.path == "x"')).toEqual([]);
  });
});
