import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/output/display-width.js';
import { renderTable } from '../../src/output/fitted-table.js';

const ROWS = [
  ['2024-01-01', 'process', 'a long command line that does not fit'],
  ['2024-01-02', '日本語日本語', 'short'],
];

describe('a table', () => {
  it.each([30, 40, 60, 100])('fits into %i columns, wide characters and all', (width) => {
    for (const overflow of ['cut', 'wrap'] as const) {
      const lines = renderTable(['time', 'event', 'value'], ROWS, { width, overflow }).split('\n');
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(width, 34));
      expect(new Set(lines.map(displayWidth)).size).toBe(1);
    }
  });

  it('takes from whole columns last', () => {
    const draw = (width: number): string =>
      renderTable(['time', 'value'], [['0123456789', 'abcdefghijklmnop']], { width, overflow: 'cut', whole: [0] });
    expect(draw(26)).toContain('│ 0123456789 │ abcdefgh… │');
    expect(draw(23)).toContain('│ 0123456… │ abcdefg… │');
  });

  it('cuts with an ellipsis, or shows everything in more lines', () => {
    const cut = renderTable(['v'], [['abcdefghijklmnop']], { width: 14, overflow: 'cut' });
    expect(cut).toContain('│ abcdefghi… │');
    const wrapped = renderTable(['v'], [['abcdefghijklmnop']], { width: 14, overflow: 'wrap' });
    expect(wrapped).toContain('│ abcdefghij │\n│ klmnop     │');
  });
});
