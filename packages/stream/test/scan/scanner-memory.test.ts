import { describe, expect, it } from 'vitest';
import { PLACE_RECORD, ScannerMemory } from '../../src/scan/scanner-memory.js';

describe('ScannerMemory', () => {
  const memory = new ScannerMemory([{ parts: ['a'] }, { parts: ['b', 'c'] }]);

  function scan(line: string): number {
    const length = memory.views.bytes.write(line, memory.lineAt);
    return memory.code.scan(memory.lineAt, memory.lineAt + length, memory.root);
  }

  const foundIn = (place: number): number | undefined =>
    memory.views.words[memory.firstPlace + place * PLACE_RECORD.words + PLACE_RECORD.foundIn];

  it('counts events and objects, and from 1 again when it has forgotten them', () => {
    expect([scan('{"a":1}'), scan('{"b":{"c":2}}'), scan('{"a":"ä"}'), scan('nonsense')]).toEqual([1, 2, -3, 0]);
    expect([foundIn(0), foundIn(1), memory.code.objects()]).toEqual([3, 2, 4]);
    memory.forget();
    expect([foundIn(0), foundIn(1), memory.code.objects()]).toEqual([0, 0, 0]);
    // What was seen in an object of the same number before does not count as seen twice.
    expect(scan('{"a":1,"b":{"c":2}}')).toBe(1);
    expect([foundIn(0), foundIn(1)]).toEqual([1, 1]);
  });
});
