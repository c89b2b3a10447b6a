import { describe, expect, it } from 'vitest';
import { canonicalAddress, compareAddresses, parseAddress } from '../../src/network/address.js';

function canonical(text: string): string | null {
  const address = parseAddress(text);
  return address === null ? null : canonicalAddress(address);
}

describe('parseAddress and canonicalAddress', () => {
  it.each([
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['192.168.0.1', '192.168.0.1'],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8::00A', '2001:db8::a'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['fe80::1:2', 'fe80::1:2'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:a00:1', '10.0.0.1'],
    ['::10.0.0.1', '::a00:1'],
    ['64:ff9b::10.0.0.1', '64:ff9b::a00:1'],
  ])('reads %s as %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  it.each([
    '',
    '1',
    '16909060',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '1.2.3.256',
    '1.2.3.1000',
    '010.1.1.1',
    '1.1.1.00',
    '0x7f.1',
    '0x7f.0.0.1',
    '127.1',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '-1.2.3.4',
    '1.2.3.4/32',
    'fe80::1%eth0',
    ':',
    ':::',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    ':1:2:3:4:5:6:7',
    '::ffff:010.0.0.1',
    '::ffff:1.2.3',
    '::1.2.3.4.5',
    'g::',
    'example.org',
    '１.2.3.4',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});

describe('compareAddresses', () => {
  it('orders addresses', () => {
    const ascending = ['::', '::1', '1.2.3.4', '1.2.3.5', '200.0.0.1', '::1:0:0:0', '2001:db8::1', 'ff02::1'];
    const shuffled = ascending.toReversed();
    expect(shuffled.toSorted((a, b) => compareAddresses(a, b) ?? Number.NaN)).toEqual(ascending);
  });

  it('finds one address in two spellings equal', () => {
    expect(compareAddresses('2001:DB8::1', '2001:db8:0::1')).toBe(0);
    expect(compareAddresses('::ffff:1.2.3.4', '1.2.3.4')).toBe(0);
  });

  it('takes addresses that are read already', () => {
    expect(compareAddresses('1.2.3.4', parseAddress('1.2.3.3') ?? '')).toBe(1);
  });

  it('gives null if one is no address', () => {
    expect(compareAddresses('1.2.3.4', 'localhost')).toBeNull();
    expect(compareAddresses('', '1.2.3.4')).toBeNull();
  });
});
