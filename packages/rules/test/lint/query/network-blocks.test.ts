import { describe, expect, it } from 'vitest';
import { fixed, marked, proposed } from '../lint-query.js';

const query = (...blocks: readonly string[]): string =>
  `network where cidrMatch(source.ip, ${blocks.map((block) => `"${block}"`).join(', ')})`;

describe('EQL5015, a network block with host bits', () => {
  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['192.168.1.1/24', '192.168.1.0/24'],
    ['2001:db8::1/32', '2001:db8::/32'],
  ])('is found in %s', (block, network) => {
    expect(marked(query(block), 'EQL5015')).toEqual([`"${block}"`]);
    expect(proposed(query(block), 'EQL5015')).toEqual([query(network)]);
    expect(fixed(query(block))).toBe(query(block));
  });

  it.each(['10.0.0.0/8', '10.1.2.3', '10.1.2.3/32', 'FE80::/10', '::1/128', '2001:DB8:0::/32'])(
    'is not found in %s',
    (block) => {
      expect(marked(query(block), 'EQL5015')).toEqual([]);
    },
  );
});

describe('EQL5016, a network block inside another', () => {
  it('is found wherever the larger one stands, and removed', () => {
    const before = query('10.1.0.0/16', '10.0.0.0/8', '10.9.9.9', '192.168.0.0/16');
    expect(marked(before, 'EQL5016')).toEqual(['"10.1.0.0/16"', '"10.9.9.9"']);
    expect(fixed(before)).toBe(query('10.0.0.0/8', '192.168.0.0/16'));
  });

  it('is found in the second of two that are the same', () => {
    expect(marked(query('fe80::/10', 'FE80:0::/10'), 'EQL5016')).toEqual(['"FE80:0::/10"']);
  });

  it('is found at the place of each block, over several lines, and in each list', () => {
    const lines = [
      'network where cidrMatch(source.ip,',
      '    "10.0.0.0/8", "10.1.0.0/16",',
      '    "192.168.0.0/16",',
      '    "10.2.0.0/16"',
      '  ) or cidrMatch(destination.ip, "10.3.0.0/16", "10.0.0.0/9", "fe80::/10")',
    ];
    expect(marked(lines.join('\n'), 'EQL5016')).toEqual(['"10.1.0.0/16"', '"10.2.0.0/16"', '"10.3.0.0/16"']);
  });

  it('waits until host bits are mended, on either side', () => {
    for (const blocks of [
      ['10.0.0.0/8', '10.1.2.3/16'],
      ['10.1.2.3/8', '10.5.0.0/16'],
    ]) {
      expect(marked(query(...blocks), 'EQL5016')).toEqual([]);
      expect(marked(query(...blocks), 'EQL5015')).toHaveLength(1);
    }
  });

  it('is found in a list of 100,000 blocks', () => {
    const blocks = Array.from(
      { length: 100_000 },
      (_, index) => `${index >> 16}.${(index >> 8) & 255}.${index & 255}.0/24`,
    );
    expect(marked(query('11.0.0.0/8', ...blocks, '11.2.3.4'), 'EQL5016')).toEqual(['"11.2.3.4"']);
  });

  it('is not found in blocks side by side, nor in another list', () => {
    expect(marked(query('10.0.0.0/9', '10.128.0.0/9', '::1', 'fe80::/10'), 'EQL5016')).toEqual([]);
    const two = 'network where cidrMatch(source.ip, "10.0.0.0/8") and not cidrMatch(source.ip, "10.1.0.0/16")';
    expect(marked(two, 'EQL5016')).toEqual([]);
  });
});
