import ipaddr from 'ipaddr.js';

/**
 * An IP address. An IPv6 address that maps an IPv4 one (`::ffff:10.0.0.1`) is that IPv4 address, as Elasticsearch's
 * `ip` type has it.
 */
export type Address = Ipv4Address | Ipv6Address;

/** An IPv4 address as an unsigned 32-bit number. */
interface Ipv4Address {
  readonly family: 4;
  readonly bits: number;
}

/** An IPv6 address as eight groups of 16 bits. */
interface Ipv6Address {
  readonly family: 6;
  readonly groups: readonly number[];
}

/**
 * Reads an IP address: four decimal numbers without leading zeros, or any form of IPv6 without a zone. `null` for
 * everything else, also for `1` or `0x7f.1`, which some readers take for IPv4.
 */
export function parseAddress(text: string): Address | null {
  const bits = parseIpv4Bits(text);
  if (bits !== -1) return { family: 4, bits };
  const groups = parseIpv6Groups(text);
  if (groups === null) return null;
  const mapped = mappedIpv4Bits(groups);
  return mapped === -1 ? { family: 6, groups } : { family: 4, bits: mapped };
}

/** The one way to write an address: dotted decimals for IPv4, lower case and shortened (RFC 5952) for IPv6. */
export function canonicalAddress(address: Address): string {
  if (address.family === 6) return new ipaddr.IPv6([...address.groups]).toRFC5952String();
  const { bits } = address;
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

/**
 * Orders two addresses, each read already or given as text: negative if `a` comes first, 0 if they are the same. IPv4
 * addresses sort at the place of their IPv6 mapping. `null` if either text is no address.
 */
export function compareAddresses(a: Address | string, b: Address | string): number | null {
  const left = typeof a === 'string' ? parseAddress(a) : a;
  const right = typeof b === 'string' ? parseAddress(b) : b;
  if (left === null || right === null) return null;
  if (left.family === 4 && right.family === 4) return left.bits - right.bits;
  const rightGroups = ipv6Groups(right);
  for (const [index, group] of ipv6Groups(left).entries()) {
    const difference = group - (rightGroups[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The eight groups of an address; those of its IPv6 mapping if it is IPv4. */
export function ipv6Groups(address: Address): readonly number[] {
  return address.family === 6 ? address.groups : [0, 0, 0, 0, 0, 0xffff, address.bits >>> 16, address.bits & 0xffff];
}

/** The IPv4 address that eight groups map, as an unsigned 32-bit number, or -1. */
export function mappedIpv4Bits(groups: readonly number[]): number {
  const [g0, g1, g2, g3, g4, g5, high = 0, low = 0] = groups;
  const mapped = g0 === 0 && g1 === 0 && g2 === 0 && g3 === 0 && g4 === 0 && g5 === 0xffff;
  return mapped ? high * 0x10000 + low : -1;
}

/** Reads four decimal numbers as an unsigned 32-bit number; -1 for anything else. Allocates nothing. */
export function parseIpv4Bits(text: string): number {
  const length = text.length;
  if (length < 7 || length > 15) return -1;
  let bits = 0;
  let octet = -1;
  let octets = 1;
  for (let at = 0; at < length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit === -2) {
      if (octet === -1 || octets === 4) return -1;
      bits = bits * 256 + octet;
      octet = -1;
      octets += 1;
    } else {
      if (digit < 0 || digit > 9 || octet === 0) return -1;
      octet = octet === -1 ? digit : octet * 10 + digit;
      if (octet > 255) return -1;
    }
  }
  return octet === -1 || octets !== 4 ? -1 : bits * 256 + octet;
}

const IPV6_CHARACTERS = /^[0-9a-f:]*:(?:[0-9a-f]{0,4}|[0-9.]+)$/iu;

/** Reads any form of IPv6 except one with a zone; `null` for anything else. */
export function parseIpv6Groups(text: string): readonly number[] | null {
  if (text.length > 45 || !IPV6_CHARACTERS.test(text)) return null;
  const hexadecimal = text.includes('.') ? withoutDottedTail(text) : text;
  return ipaddr.IPv6.isValid(hexadecimal) ? ipaddr.IPv6.parse(hexadecimal).parts : null;
}

/** Writes an IPv4 address at the end of an IPv6 one as two groups; an empty text if it is none. */
function withoutDottedTail(text: string): string {
  const tailAt = text.lastIndexOf(':') + 1;
  const bits = parseIpv4Bits(text.slice(tailAt));
  return bits === -1 ? '' : `${text.slice(0, tailAt)}${(bits >>> 16).toString(16)}:${(bits & 0xffff).toString(16)}`;
}
