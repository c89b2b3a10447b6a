import {
  canonicalAddress,
  ipv6Groups,
  mappedIpv4Bits,
  parseAddress,
  parseIpv4Bits,
  parseIpv6Groups,
} from './address.js';

/** A block of addresses that share their first bits. */
export type CidrBlock = Ipv4Block | Ipv6Block;

/** The IPv4 addresses whose bits under `mask` are `network`, both unsigned 32-bit numbers. */
interface Ipv4Block {
  readonly family: 4;
  readonly network: number;
  readonly mask: number;
}

/** The IPv6 addresses whose eight 16-bit groups under `masks` are `groups`. Holds IPv4 addresses by their mapping. */
interface Ipv6Block {
  readonly family: 6;
  readonly groups: readonly number[];
  readonly masks: readonly number[];
}

const PREFIX_LENGTH = /^\d{1,3}$/u;

/**
 * Reads a block such as `10.0.0.0/8` or `fe80::/10`. The address may have bits beyond the prefix, and an address alone
 * is the block of itself. `null` if the text is neither, also if it has whitespace around it.
 */
export function parseCidrBlock(text: string): CidrBlock | null {
  const slash = text.indexOf('/');
  const addressText = slash === -1 ? text : text.slice(0, slash);
  const lengthText = slash === -1 ? undefined : text.slice(slash + 1);
  if (lengthText !== undefined && !PREFIX_LENGTH.test(lengthText)) return null;
  const bits = parseIpv4Bits(addressText);
  if (bits !== -1) return ipv4Block(bits, Number(lengthText ?? 32));
  const groups = parseIpv6Groups(addressText);
  return groups === null ? null : ipv6Block(groups, Number(lengthText ?? 128));
}

function ipv4Block(bits: number, prefixLength: number): Ipv4Block | null {
  if (prefixLength > 32) return null;
  const mask = prefixLength === 0 ? 0 : (-1 << (32 - prefixLength)) >>> 0;
  return { family: 4, network: (bits & mask) >>> 0, mask };
}

function ipv6Block(groups: readonly number[], prefixLength: number): CidrBlock | null {
  if (prefixLength > 128) return null;
  const mapped = mappedIpv4Bits(groups);
  if (mapped !== -1 && prefixLength >= 96) return ipv4Block(mapped, prefixLength - 96);
  const masks = groups.map((_, index) => {
    const bits = Math.max(0, Math.min(16, prefixLength - index * 16));
    return (0xffff << (16 - bits)) & 0xffff;
  });
  return { family: 6, groups: groups.map((group, index) => group & (masks[index] ?? 0)), masks };
}

/**
 * Compiles blocks to a test of an address given as text: is it in any of them? A text that is no address is in none.
 * An IPv4 address costs one pass over its text and one comparison per block.
 */
export function compileCidrMatch(blocks: readonly CidrBlock[]): (ip: string) => boolean {
  const ipv4Blocks = blocks.filter((block) => block.family === 4);
  const ipv6Blocks = blocks.filter((block) => block.family === 6);
  const inIpv4 = (bits: number): boolean => {
    for (const { network, mask } of ipv4Blocks) if ((bits & mask) >>> 0 === network) return true;
    return false;
  };
  return (ip) => {
    const bits = parseIpv4Bits(ip);
    if (bits !== -1 && inIpv4(bits)) return true;
    if (bits !== -1 && ipv6Blocks.length === 0) return false;
    const address = parseAddress(ip);
    if (address === null) return false;
    if (address.family === 4 && inIpv4(address.bits)) return true;
    return ipv6Blocks.length > 0 && isInIpv6(ipv6Groups(address), ipv6Blocks);
  };
}

function isInIpv6(groups: readonly number[], blocks: readonly Ipv6Block[]): boolean {
  return blocks.some((block) =>
    block.groups.every((group, index) => ((groups[index] ?? 0) & (block.masks[index] ?? 0)) === group),
  );
}

/** The one way to write a block: its first address and the length of its prefix, such as `10.0.0.0/8`. */
export function canonicalCidrBlock(block: CidrBlock): string {
  if (block.family === 4) {
    return `${canonicalAddress({ family: 4, bits: block.network })}/${countBits(block.mask)}`;
  }
  const prefixLength = block.masks.reduce((sum, mask) => sum + countBits(mask), 0);
  return `${canonicalAddress({ family: 6, groups: block.groups })}/${prefixLength}`;
}

/**
 * For each block of a list the position of the first other one that holds all of its addresses, or `null`. Of two blocks that
 * are the same the earlier one holds the later. Costs one look-up for each block and each length of prefix in the list.
 */
export function findCoveringBlocks(blocks: readonly CidrBlock[]): readonly (number | null)[] {
  const prefixes = blocks.map(prefixOf);
  const firstOf = new Map<number, Map<bigint, number>>();
  for (const [index, { bits, length }] of prefixes.entries()) {
    const ofLength = firstOf.get(length) ?? new Map<bigint, number>();
    firstOf.set(length, ofLength);
    if (!ofLength.has(bits)) ofLength.set(bits, index);
  }
  return prefixes.map(({ bits, length }, index) => {
    let covering: number | null = null;
    for (const [shorter, ofLength] of firstOf) {
      if (shorter > length) continue;
      const found = ofLength.get(bits >> BigInt(length - shorter));
      if (found === undefined || (shorter === length && found >= index)) continue;
      if (covering === null || found < covering) covering = found;
    }
    return covering;
  });
}

/** The first bits that the IPv6 addresses of a block share, and how many they are. */
function prefixOf(block: CidrBlock): { readonly bits: bigint; readonly length: number } {
  const { groups, masks } = toIpv6Block(block);
  const length = masks.reduce((sum, mask) => sum + countBits(mask), 0);
  const address = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
  return { bits: address >> BigInt(128 - length), length };
}

/** The block of IPv6 addresses that map the IPv4 addresses of a block. */
function toIpv6Block(block: CidrBlock): Ipv6Block {
  if (block.family === 6) return block;
  const groups = ipv6Groups({ family: 4, bits: block.network });
  const fixed = 0xffff;
  const masks = [fixed, fixed, fixed, fixed, fixed, fixed, block.mask >>> 16, block.mask & fixed];
  return { family: 6, groups, masks };
}

function countBits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count += 1;
  return count;
}
