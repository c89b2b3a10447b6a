import { describe, expect, it } from 'vitest';
import { marked } from '../lint-query.js';

const sequence = (stages: string): string => `sequence by host.id with maxspan=1m ${stages}`;

describe('EQL5008, a stage that cannot be reached', () => {
  it.each([
    [
      'sequence by process.name with maxspan=1m [process where process.name == "a"] [file where process.name == "b"]',
      'process.name == "b"',
    ],
    [
      'sequence with maxspan=1m [file where file.path : "/tmp/*"] by file.name [process where process.name == "a"] by process.name'.replace(
        'file.path : "/tmp/*"',
        'file.name == "b"',
      ),
      'process.name == "a"',
    ],
    [
      'sample by user.name [process where user.name == "a"] [file where user.name in ("b", "c")]',
      'user.name in ("b", "c")',
    ],
  ])('is found where join keys cannot be equal: %s', (query, part) => {
    expect(marked(query, 'EQL5008')).toEqual([part]);
  });

  it('is found where "until" takes every event of a stage before the last', () => {
    const stage = '[process where event.action == "start" and process.pid == 1]';
    expect(
      marked(sequence(`${stage} [file where true] until [process where event.action == "start"]`), 'EQL5008'),
    ).toEqual([stage]);
    expect(marked(sequence(`${stage} [file where true] until [any where true]`), 'EQL5008')).toEqual([stage]);
  });

  it.each([
    sequence('[process where process.name == "a"] [process where process.name == "b"]'),
    'sequence by process.args with maxspan=1m [process where process.args == "a"] [process where process.args == "b"]',
    'sequence by process.name with maxspan=1m [process where process.name : "a"] [file where process.name == "A"]',
    sequence('[process where true] [file where true] until [process where event.action == "end"]'),
    // The last stage is looked at before "until".
    sequence('[file where true] [process where event.action == "end"] until [process where event.action == "end"]'),
    sequence('[process where a == 1] by b.c [file where true] by b.c until [process where a == 1] by b.d'),
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5008')).toEqual([]);
  });
});
