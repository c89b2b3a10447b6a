import { describe, expect, it } from 'vitest';
import { canonicalCidrBlock, compileCidrMatch, findCoveringBlocks, parseCidrBlock } from '../../src/network/cidr.js';

function contains(blocks: readonly string[], ip: string): boolean {
  return compileCidrMatch(blocks.map(parseCidrBlock).filter((block) => block !== null))(ip);
}

describe('parseCidrBlock', () => {
  it.each([
    '10.0.0.0/8',
    '10.1.2.3/8',
    '0.0.0.0/0',
    '1.2.3.4/32',
    '1.2.3.4',
    '::/0',
    '::1',
    'FE80::/10',
    'fe80::1/128',
  ])('reads %s', (text) => {
    expect(parseCidrBlock(text)).not.toBeNull();
  });

  it.each([
    '',
    '/8',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/+8',
    '10.0.0.0/8 ',
    ' 10.0.0.0/8',
    '10.0.0.0 /8',
    '10.0.0.0/8/8',
    '10.0.0.0/255.0.0.0',
    '10/8',
    '010.0.0.0/8',
    '::/129',
    '::ffff:1.2.3.4/129',
    'fe80::%1/64',
    'localhost/8',
  ])('refuses %j', (text) => {
    expect(parseCidrBlock(text)).toBeNull();
  });
});

describe('compileCidrMatch', () => {
  it.each([
    [['10.0.0.0/8'], '10.255.255.255', true],
    [['10.0.0.0/8'], '11.0.0.0', false],
    [['10.0.0.9/8'], '10.1.2.3', true],
    [['10.6.48.157/8'], '10.6.48.157', true],
    [['172.16.0.0/12'], '172.31.255.255', true],
    [['172.16.0.0/12'], '172.32.0.0', false],
    [['192.168.1.1'], '192.168.1.1', true],
    [['192.168.1.1/32'], '192.168.1.2', false],
    [['192.168.1.0/31'], '192.168.1.1', true],
    [['0.0.0.0/0'], '255.1.2.3', true],
    [['0.0.0.0/0'], '::1', false],
    [['255.255.255.255/1'], '128.0.0.0', true],
    [['fe80::/10'], 'FEBF::1', true],
    [['fe80::/10'], 'fec0::1', false],
    [['2001:db8::/33'], '2001:db8:7fff::1', true],
    [['2001:db8::/33'], '2001:db8:8000::1', false],
    [['::1'], '0:0:0:0:0:0:0:1', true],
    [['::1'], '::2', false],
    // an IPv4 address and its IPv6 mapping are one
    [['10.0.0.0/8'], '::ffff:10.0.0.1', true],
    [['::ffff:10.0.0.0/104'], '10.1.2.3', true],
    [['::ffff:10.0.0.0/104'], '11.1.2.3', false],
    [['::ffff:0:0/96'], '1.2.3.4', true],
    [['::/0'], '1.2.3.4', true],
    [['::/64'], '1.2.3.4', true],
    [['::/97'], '1.2.3.4', false],
    // several blocks
    [['127.0.0.0/8', '10.0.0.0/8', '::1'], '::1', true],
    [['127.0.0.0/8', '10.0.0.0/8', '::1'], '10.9.9.9', true],
    [['127.0.0.0/8', '10.0.0.0/8', '::1'], '8.8.8.8', false],
    [[], '8.8.8.8', false],
    // no address
    [['0.0.0.0/0', '::/0'], '', false],
    [['0.0.0.0/0', '::/0'], '1', false],
    [['0.0.0.0/0', '::/0'], '010.1.1.1', false],
    [['0.0.0.0/0', '::/0'], 'example.org', false],
  ])('%j holds %j: %s', (blocks, ip, expected) => {
    expect(contains(blocks, ip)).toBe(expected);
  });
});

describe('canonicalCidrBlock', () => {
  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['192.168.1.7', '192.168.1.7/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['172.16.255.1/12', '172.16.0.0/12'],
    ['FE80::1/10', 'fe80::/10'],
    ['2001:db8::ff/120', '2001:db8::/120'],
    ['::ffff:10.0.0.1/104', '10.0.0.0/8'],
    ['::/0', '::/0'],
  ])('writes %s as %s', (text, canonical) => {
    const block = parseCidrBlock(text);
    expect(block === null ? null : canonicalCidrBlock(block)).toBe(canonical);
  });
});

describe('findCoveringBlocks', () => {
  const isInside = (inner: string, outer: string): boolean | null => {
    const [a, b] = [parseCidrBlock(inner), parseCidrBlock(outer)];
    return a === null || b === null ? null : findCoveringBlocks([b, a])[1] === 0;
  };

  it('gives the first that holds a block, wherever it stands, and of the same ones the earlier', () => {
    const texts = [
      '10.1.2.0/24',
      '10.0.0.0/8',
      '10.1.0.0/16',
      '10.0.0.0/8',
      '::ffff:10.0.0.0/104',
      '::/0',
      '11.0.0.0/8',
    ];
    const blocks = texts.map(parseCidrBlock).filter((block) => block !== null);
    expect(findCoveringBlocks(blocks)).toEqual([1, 5, 1, 1, 1, null, 5]);
  });

  it.each([
    ['10.1.0.0/16', '10.0.0.0/8'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.0.0.0/8', '10.9.9.9/8'],
    ['192.0.0.170', '192.0.0.0/24'],
    ['1.2.3.4', '0.0.0.0/0'],
    ['2001:db8:1::/48', '2001:db8::/32'],
    ['::1', '::/0'],
    ['10.0.0.0/8', '::ffff:0:0/95'],
  ])('holds of %s in %s', (inner, outer) => {
    expect(isInside(inner, outer)).toBe(true);
  });

  it.each([
    ['10.0.0.0/8', '10.1.0.0/16'],
    ['11.0.0.0/16', '10.0.0.0/8'],
    ['2001:db8::/32', '2001:db8:1::/48'],
    ['::1', '10.0.0.0/8'],
    ['::/0', '0.0.0.0/0'],
  ])('does not hold of %s in %s', (inner, outer) => {
    expect(isInside(inner, outer)).toBe(false);
  });
});
