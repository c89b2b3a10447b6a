import { describe, expect, it } from 'vitest';
import { marked } from '../lint-query.js';

const STAGES = '[process where a == 1] [network where b == 1]';

describe('EQL5009, a sequence without maxspan', () => {
  it('is found at the word sequence', () => {
    expect(marked(`sequence by host.id ${STAGES}`, 'EQL5009')).toEqual(['sequence']);
  });

  it.each([`sequence by host.id with maxspan=1m ${STAGES}`, `sample by host.id ${STAGES}`, 'process where a == 1'])(
    'is not found in %s',
    (query) => {
      expect(marked(query, 'EQL5009')).toEqual([]);
    },
  );
});

describe('EQL5010, a sequence without join keys', () => {
  it('is found at the word sequence', () => {
    expect(marked(`sequence with maxspan=1m ${STAGES}`, 'EQL5010')).toEqual(['sequence']);
  });

  it.each([
    `sequence by host.id ${STAGES}`,
    'sequence [process where a == 1] by process.pid [network where b == 1] by process.pid',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5010')).toEqual([]);
  });

  it('is not found on the endpoint, whose events come from one host', () => {
    expect(marked(`sequence with maxspan=1m ${STAGES}`, 'EQL5010', 'endpoint')).toEqual([]);
  });
});
