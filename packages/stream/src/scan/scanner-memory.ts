import { SCANNER_WASM } from '#scanner';
import { buildKeyGraph, type KeyNode, type ScannedPath } from './key-graph.js';

/** How a value that was found is decoded; as in `assembly/scan-line.ts`. */
export const KIND_TEXT = 0;
export const KIND_ATOM = 1;
export const KIND_LIST = 2;
export const KIND_IN_LIST = 3;
export const KIND_OBJECT = 4;
export const KIND_ESCAPED_TEXT = 5;

/** What stands in the record of a place, in words of 32 bits; as in `assembly/scan-line.ts`. */
export const PLACE_RECORD = { foundIn: 0, kind: 1, start: 2, end: 3, from: 4, words: 5 } as const;

/** What stands in the other records, in bytes; as in `assembly/scan-line.ts`. */
const NODE = { slots: 0, mask: 4, open: 8, openCount: 12, bytes: 16 } as const;
const SLOT = { head: 0, tail: 8, length: 16, key: 20, edge: 24, bytes: 32 } as const;
const EDGE = { seenIn: 0, places: 4, placeCount: 8, next: 12, bytes: 16 } as const;

/** Nothing stands at the first addresses: 0 means that there is none. */
const FIRST_ADDRESS = 64;

const PAGE_BYTES = 64 * 1024;

/** Vectors that start in a line, or in a key of the graph, reach so far beyond it at most. */
const BEHIND_BYTES = 64;

/** Room for a line at first, and at most: a longer one is for the parser. */
const FIRST_LINE_BYTES = 128 * 1024;
const MAX_LINE_BYTES = 4 * 1024 * 1024;

/** Longest text whose escapes are resolved in the memory, in bytes. */
export const MAX_UNESCAPED_BYTES = 4096;

/** What the compiled module exports. */
export interface ScanLine {
  readonly reset: (placesAt: number, roomAt: number) => void;
  readonly objects: () => number;
  readonly scan: (start: number, end: number, root: number) => number;
  readonly skipText: (start: number) => number;
  readonly unescape: (start: number, end: number, target: number) => number;
  readonly headOf: (start: number, length: number) => bigint;
  readonly tailOf: (start: number, length: number) => bigint;
  readonly hashRun: (head: bigint, tail: bigint, length: number) => number;
  readonly hashValue: (start: number, end: number) => number;
  readonly hashFolded: (start: number, end: number) => number;
  readonly follow: (node: number) => number;
  readonly mayHold: (probe: number, record: number) => number;
  readonly sift: (probes: number, count: number, target: number) => number;
}

let compiled: WebAssembly.Module | null = null;

/**
 * The memory that lines are scanned in, with the code that does it: what is looked for and what is found stands there, and
 * the line that is scanned.
 */
export class ScannerMemory {
  readonly code: ScanLine;
  /** Address of the node of the document. */
  readonly root: number;
  /** Address of room for a text whose escapes are resolved. */
  readonly textAt: number;
  /** Address of the memory for a prefilter. */
  readonly prefilterAt: number;
  /** Number of the word at which the records of places begin. */
  readonly firstPlace: number;
  /** Address where a line begins. */
  readonly lineAt: number;
  private readonly allocator: Allocator;
  private readonly edges: readonly number[];
  private readonly placeCount: number;
  private lineBytes = FIRST_LINE_BYTES;

  /** `prefilterBytes` is how much memory there is for a prefilter. */
  constructor(paths: readonly ScannedPath[], prefilterBytes = 0) {
    const memory = new WebAssembly.Memory({ initial: 1 });
    compiled ??= new WebAssembly.Module(Buffer.from(SCANNER_WASM, 'base64'));
    this.code = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as ScanLine;
    this.allocator = new Allocator(memory);
    const placesAt = this.allocator.take(paths.length * PLACE_RECORD.words * 4);
    const { root, edges } = writeGraph(buildKeyGraph(paths), this.allocator, this.code);
    this.edges = edges;
    this.placeCount = paths.length;
    this.root = root;
    this.firstPlace = placesAt / 4;
    this.textAt = this.allocator.take(MAX_UNESCAPED_BYTES);
    this.prefilterAt = this.allocator.take(prefilterBytes);
    this.lineAt = this.allocator.take(FIRST_LINE_BYTES + BEHIND_BYTES);
    this.code.reset(placesAt, this.textAt);
  }

  /** The memory as it is seen from here. Making room for a line replaces them. */
  get views(): MemoryViews {
    return this.allocator.views;
  }

  /** How many bytes there is room for from `lineAt` on, in which one line stands or several. */
  get roomBytes(): number {
    return this.lineBytes;
  }

  /** Makes room for a line and the byte behind it; false if it is too long to be scanned. */
  makeRoom(bytes: number): boolean {
    if (bytes < this.lineBytes) return true;
    if (bytes >= MAX_LINE_BYTES) return false;
    const lineBytes = Math.min(MAX_LINE_BYTES, Math.max(bytes + 1, 2 * this.lineBytes));
    // Nothing stands behind the room for the line.
    this.allocator.take(lineBytes - this.lineBytes);
    this.lineBytes = lineBytes;
    return true;
  }

  /** Forgets which events and objects were scanned, so that they can be counted from 1 again. */
  forget(): void {
    const { words } = this.views;
    for (let place = 0; place < this.placeCount; place += 1) {
      words[this.firstPlace + place * PLACE_RECORD.words + PLACE_RECORD.foundIn] = 0;
    }
    for (const edge of this.edges) words[(edge + EDGE.seenIn) / 4] = 0;
    this.code.reset(this.firstPlace * 4, this.textAt);
  }
}

/** Ways to see one memory. */
export interface MemoryViews {
  readonly bytes: Buffer;
  readonly words: Int32Array;
  readonly data: DataView;
}

/** Gives out memory piece by piece, and makes more of it where it does not suffice. */
class Allocator {
  private current: MemoryViews;
  private used = FIRST_ADDRESS;

  constructor(private readonly memory: WebAssembly.Memory) {
    this.current = viewsOf(memory);
  }

  /** Views of all memory; to be asked for anew when some was taken. */
  get views(): MemoryViews {
    return this.current;
  }

  /** Gives the address of a new piece, all zero. */
  take(bytes: number): number {
    const address = this.used;
    this.used = Math.ceil((address + bytes) / 16) * 16;
    const missing = Math.ceil((this.used - this.memory.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) {
      this.memory.grow(missing);
      this.current = viewsOf(this.memory);
    }
    return address;
  }
}

function viewsOf({ buffer }: WebAssembly.Memory): MemoryViews {
  return { bytes: Buffer.from(buffer), words: new Int32Array(buffer), data: new DataView(buffer) };
}

/** A key that can be met: one with an escape or beyond ASCII is left to the parser wherever it stands. */
const PLAIN_KEY = /^[ !#-[\]-\x7f]*$/u;

/** Writes the graph of keys; gives the addresses of its first node and of all edges. */
function writeGraph(
  nodes: readonly KeyNode[],
  allocator: Allocator,
  code: ScanLine,
): { readonly root: number; readonly edges: readonly number[] } {
  const addresses = nodes.map(() => allocator.take(NODE.bytes));
  const edges: number[] = [];
  nodes.forEach(({ open, edges: edgesByKey }, number) => {
    const address = addresses[number] ?? 0;
    const keys = [...edgesByKey].filter(([key]) => PLAIN_KEY.test(key));
    let slots = 2;
    while (slots < 2 * keys.length) slots *= 2;
    const slotsAt = allocator.take(slots * SLOT.bytes);
    const openAt = writeWords(
      allocator,
      open.flatMap(({ place, from }) => [place, from]),
    );
    const { data } = allocator.views;
    data.setUint32(address + NODE.slots, slotsAt, true);
    data.setUint32(address + NODE.mask, slots - 1, true);
    data.setUint32(address + NODE.open, openAt, true);
    data.setUint32(address + NODE.openCount, open.length, true);
    for (const [key, { places, next }] of keys) {
      const placesAt = writeWords(allocator, places);
      const edge = allocator.take(EDGE.bytes);
      edges.push(edge);
      const view = allocator.views.data;
      view.setUint32(edge + EDGE.places, placesAt, true);
      view.setUint32(edge + EDGE.placeCount, places.length, true);
      view.setUint32(edge + EDGE.next, next === null ? 0 : (addresses[next] ?? 0), true);
      writeSlot(allocator, code, { slotsAt, mask: slots - 1, key, edge });
    }
  });
  return { root: addresses[0] ?? 0, edges };
}

function writeWords(allocator: Allocator, words: readonly number[]): number {
  const address = allocator.take(words.length * 4);
  words.forEach((word, index) => {
    allocator.views.data.setUint32(address + index * 4, word, true);
  });
  return address;
}

function writeSlot(
  allocator: Allocator,
  code: ScanLine,
  { slotsAt, mask, key, edge }: { slotsAt: number; mask: number; key: string; edge: number },
): void {
  const keyAt = allocator.take(key.length + BEHIND_BYTES);
  const { bytes, data } = allocator.views;
  bytes.write(key, keyAt, 'latin1');
  const head = code.headOf(keyAt, key.length);
  const tail = code.tailOf(keyAt, key.length);
  let index = (code.hashRun(head, tail, key.length) & mask) >>> 0;
  while (data.getUint32(slotsAt + index * SLOT.bytes + SLOT.edge, true) !== 0) index = (index + 1) & mask;
  const slot = slotsAt + index * SLOT.bytes;
  data.setBigUint64(slot + SLOT.head, BigInt.asUintN(64, head), true);
  data.setBigUint64(slot + SLOT.tail, BigInt.asUintN(64, tail), true);
  data.setUint32(slot + SLOT.length, key.length, true);
  data.setUint32(slot + SLOT.key, keyAt, true);
  data.setUint32(slot + SLOT.edge, edge, true);
}
