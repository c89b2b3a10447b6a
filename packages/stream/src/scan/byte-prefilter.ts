import type { FieldProbe, Prefilter } from '@eqlkit/engine';
import { KIND_IN_LIST, KIND_OBJECT, MAX_UNESCAPED_BYTES, type ScannerMemory } from './scanner-memory.js';

// What stands in the records of the memory, in words of 32 bits; as in `assembly/prefilter.ts`.
const NODE = { number: 0, place: 1, absent: 2, slots: 3, mask: 4, other: 5, probe: 6, words: 11 } as const;
const SLOT = { hash: 0, length: 1, value: 2, next: 3, words: 4 } as const;
const PROBE = { place: 0, texts: 1, textMask: 2, grams: 3, gramShift: 4, words: 5 } as const;

/** Memory for what is looked up. What of it is not used yet takes no real memory. */
export const PREFILTER_BYTES = 8 * 1024 * 1024;

/** Longest value by which a node is found, in bytes; as in `assembly/prefilter.ts`. */
const MAX_VALUE_BYTES = 256;

const NO_PLACE = -1;

const FIRST_SLOTS = 4;

/** Values are compared in vectors of so many bytes, which may reach beyond them. */
const VECTOR_BYTES = 8;

/** As in `assembly/prefilter.ts`. */
const GRAM_MIXER = 0x9e3779b1;

/** Bits for each text or gram, so that few others meet one that is set; at least as many as these in all. */
const BITS_PER_ITEM = 16;
const LEAST_BITS = 64;

/** Most fields that are looked at together, and most bits of their tables: others must have room, too. */
const MAX_FIELDS = 1_024;
/** An eighth of the memory. */
const MAX_BITS = PREFILTER_BYTES;

const BEYOND_ASCII = /[^\0-\x7f]/u;

/** A value that was found, with the addresses of its record, and where it begins and ends. */
export interface FoundValue {
  readonly record: number;
  readonly kind: number;
  readonly start: number;
  readonly end: number;
}

const NO_TABLE: readonly number[] = [];

/** What is kept of a node beside the memory. */
interface KnownNode {
  readonly address: number;
  readonly place: number;
  /** Whether values are told apart only if they may be what is looked for. */
  readonly isProbed: boolean;
  links: number;
}

/** What is kept of fields that are looked at together. */
interface KnownProbes {
  readonly address: number;
  readonly count: number;
}

/** No address of the memory. */
const NOWHERE = 0;

/**
 * The prefilter of what a scanner has found in its memory. Texts and grams are bits in small tables: a value that meets none is
 * none of them. Where nothing can be told, as for letters beyond ASCII, a value may be anything.
 */
export class BytePrefilter implements Prefilter {
  private readonly nodes: KnownNode[] = [];
  private readonly probes: KnownProbes[] = [];
  /** The hashes of texts, which many fields are asked about. */
  private readonly hashes = new Map<string, number>();
  private readonly resultsAt: number;
  private used: number;
  private forgotten = 0;

  /** `recordOf` gives what the scanner has found at a place in its present line. */
  constructor(
    private readonly memory: ScannerMemory,
    private readonly recordOf: (place: number) => FoundValue | null,
  ) {
    this.resultsAt = memory.prefilterAt;
    this.used = this.resultsAt + 4 * MAX_FIELDS;
  }

  get generation(): number {
    return this.forgotten;
  }

  addNode(path: number | null, probe: FieldProbe | null): number {
    const bits = probe === null ? 0 : bitsOf(probe);
    const address = this.take(4 * NODE.words);
    const slots = path === null ? NOWHERE : this.take(4 * SLOT.words * FIRST_SLOTS);
    const table = probe === null || bits > MAX_BITS ? NO_TABLE : this.writeTables(probe);
    if (address === NOWHERE || (path !== null && slots === NOWHERE) || table === null) {
      this.forget();
      return this.addNode(path, probe);
    }
    const number = this.nodes.length;
    const place = path ?? NO_PLACE;
    this.nodes.push({ address, place, isProbed: table.length > 0, links: 0 });
    const { words } = this.memory.views;
    const node = address / 4;
    words[node + NODE.number] = number;
    words[node + NODE.place] = place;
    words[node + NODE.slots] = slots;
    words[node + NODE.mask] = FIRST_SLOTS - 1;
    words.set(table, node + NODE.probe);
    return number;
  }

  link(from: number, to: number): void {
    const node = this.nodes[from];
    const next = this.nodes[to]?.address;
    if (node === undefined || next === undefined || node.place === NO_PLACE) return;
    // A way that was unknown further up leads past nodes behind which it is known.
    if (this.memory.code.follow(node.address) !== from) return;
    const { words } = this.memory.views;
    const record = this.recordOf(node.place);
    if (record === null) {
      words[node.address / 4 + NODE.absent] = next;
      return;
    }
    const { kind, start, end } = record;
    if (node.isProbed && this.memory.code.mayHold(node.address + 4 * NODE.probe, record.record) === 0) {
      words[node.address / 4 + NODE.other] = next;
      return;
    }
    if (kind === KIND_IN_LIST || kind === KIND_OBJECT || end - start > MAX_VALUE_BYTES) return;
    if (!this.makeRoomFor(node) || !this.insert(node, start, end, next)) this.forget();
  }

  /** Makes the table of a node larger where it is half full; false if there is no room. */
  private makeRoomFor(node: KnownNode): boolean {
    const { words } = this.memory.views;
    const head = node.address / 4;
    const mask = words[head + NODE.mask] ?? 0;
    if (2 * (node.links + 1) <= mask + 1) return true;
    const larger = 2 * (mask + 1);
    const slots = this.take(4 * SLOT.words * larger);
    if (slots === NOWHERE) return false;
    const old = (words[head + NODE.slots] ?? 0) / 4;
    words[head + NODE.slots] = slots;
    words[head + NODE.mask] = larger - 1;
    for (let index = 0; index <= mask; index += 1) {
      const slot = old + index * SLOT.words;
      if (words[slot + SLOT.next] === 0) continue;
      const free = this.freeSlot(node, words[slot + SLOT.hash] ?? 0);
      words.copyWithin(free, slot, slot + SLOT.words);
    }
    return true;
  }

  private insert(node: KnownNode, start: number, end: number, next: number): boolean {
    const { words, bytes } = this.memory.views;
    const length = end - start;
    const value = this.take(length + VECTOR_BYTES);
    if (value === NOWHERE) return false;
    bytes.copyWithin(value, start, end);
    const hash = this.memory.code.hashValue(start, end);
    const slot = this.freeSlot(node, hash);
    words[slot + SLOT.hash] = hash;
    words[slot + SLOT.length] = length;
    words[slot + SLOT.value] = value;
    words[slot + SLOT.next] = next;
    node.links += 1;
    return true;
  }

  /** The number of the word where a slot begins that is free for a hash. */
  private freeSlot({ address }: KnownNode, hash: number): number {
    const { words } = this.memory.views;
    const slots = (words[address / 4 + NODE.slots] ?? 0) / 4;
    const mask = words[address / 4 + NODE.mask] ?? 0;
    let index = hash & mask;
    while (words[slots + index * SLOT.words + SLOT.next] !== 0) index = (index + 1) & mask;
    return slots + index * SLOT.words;
  }

  follow(from: number): number {
    const node = this.nodes[from];
    return node === undefined ? from : this.memory.code.follow(node.address);
  }

  addProbes(probes: readonly FieldProbe[]): number | null {
    const bits = probes.reduce((sum, probe) => sum + bitsOf(probe), 0);
    if (probes.length > MAX_FIELDS || bits > MAX_BITS) return null;
    const address = this.take(4 * PROBE.words * probes.length);
    const tables = probes.map((probe) => this.writeTables(probe));
    if (address === NOWHERE || tables.includes(null)) {
      this.forget();
      return this.addProbes(probes);
    }
    const { words } = this.memory.views;
    tables.forEach((table, index) => {
      if (table !== null) words.set(table, address / 4 + index * PROBE.words);
    });
    this.probes.push({ address, count: probes.length });
    return this.probes.length - 1;
  }

  /** Writes what a field is asked for; gives the words of its record, null if there is no room. */
  private writeTables({ path, texts, grams }: FieldProbe): readonly number[] | null {
    const words: number[] = [path, 0, 0, 0, 0];
    // No value that is all ASCII is one of the others.
    const plain = texts.filter((text) => !BEYOND_ASCII.test(text));
    if (plain.length > 0) {
      const count = bitCount(plain.length);
      const bits = this.take(count / 8);
      if (bits === NOWHERE) return null;
      for (const text of plain) {
        if (text.length > MAX_UNESCAPED_BYTES) this.memory.views.bytes.fill(0xff, bits, bits + count / 8);
        else this.setBit(bits, this.hashOf(text) & (count - 1));
      }
      words[PROBE.texts] = bits;
      words[PROBE.textMask] = count - 1;
    }
    if (grams.length > 0) {
      const count = bitCount(grams.length);
      const bits = this.take(count / 8);
      if (bits === NOWHERE) return null;
      const shift = Math.clz32(count) + 1;
      for (const gram of grams) this.setBit(bits, Math.imul(gram, GRAM_MIXER) >>> shift);
      words[PROBE.grams] = bits;
      words[PROBE.gramShift] = shift;
    }
    return words;
  }

  private setBit(bits: number, bit: number): void {
    const { bytes } = this.memory.views;
    const at = bits + (bit >>> 3);
    bytes[at] = (bytes[at] ?? 0) | (1 << (bit & 7));
  }

  private hashOf(text: string): number {
    const known = this.hashes.get(text);
    if (known !== undefined) return known;
    const { code, textAt, views } = this.memory;
    const hash = code.hashFolded(textAt, textAt + views.bytes.write(text, textAt, 'latin1'));
    this.hashes.set(text, hash);
    return hash;
  }

  sift(probes: number): number {
    const known = this.probes[probes];
    if (known === undefined) throw new Error(`there are no probes ${probes}`);
    return this.memory.code.sift(known.address, known.count, this.resultsAt);
  }

  sifted(index: number): number {
    return this.memory.views.words[this.resultsAt / 4 + index] ?? 0;
  }

  forget(): void {
    const { prefilterAt, views } = this.memory;
    views.bytes.fill(0, prefilterAt, this.used);
    this.nodes.length = 0;
    this.probes.length = 0;
    this.used = this.resultsAt + 4 * MAX_FIELDS;
    this.forgotten += 1;
  }

  /** Gives the address of memory that is all zero; `NOWHERE` if there is not so much. */
  private take(bytes: number): number {
    const address = this.used;
    const end = Math.ceil((address + bytes) / 8) * 8;
    if (end > this.memory.prefilterAt + PREFILTER_BYTES) return NOWHERE;
    this.used = end;
    return address;
  }
}

/** Most bits of the tables of a probe. */
function bitsOf({ texts, grams }: FieldProbe): number {
  return bitCount(texts.length) + bitCount(grams.length);
}

/** How many bits, a power of two, a table for so many items has. */
function bitCount(items: number): number {
  let bits = LEAST_BITS;
  while (bits < items * BITS_PER_ITEM) bits *= 2;
  return bits;
}
