import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawMatches, parseTimelines } from './timeline.js';

const timelines = parseTimelines(readFileSync(new URL('sequences.txt', import.meta.url), 'utf8'));

describe('sequences drawn as timelines', () => {
  it('are all read', () => {
    expect(timelines.length).toBeGreaterThanOrEqual(100);
    expect(new Set(timelines.map(({ title }) => title)).size).toBe(timelines.length);
  });

  for (const timeline of timelines) {
    it(timeline.title, () => {
      expect(drawMatches(timeline)).toEqual(timeline.expected);
    });
  }

  it('refuse a drawing that is not understood', () => {
    expect(() => parseTimelines('== a title\nsequence [A] [B]\n  - | a-b\n  => A0 B1\n')).toThrow('a title');
    expect(() => parseTimelines('== a title\nsequence [A] [B]\n  - | AB\n')).toThrow('a title');
  });
});
