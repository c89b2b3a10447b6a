import { BytePattern, hashBytes } from './byte-pattern.js';

/** A path that is looked for: its parts may stand nested, dotted or mixed in a document. */
export interface ScannedPath {
  readonly parts: readonly string[];
}

/** A path of which the parts before `from` have been found. */
interface OpenPath {
  readonly place: number;
  readonly from: number;
}

/** A key that leads on from a {@link KeyNode}. */
export interface KeyEdge {
  /** Places of the paths that end here. */
  readonly places: readonly number[];
  /** Where paths go on; null if none does. */
  readonly next: KeyNode | null;
  /** Number of the object in which the key was met last, so that a second one is noticed. */
  seenIn: number;
}

/** A key that was met in objects of a {@link KeyNode}, with its closing quote and its colon. */
export class KnownKey extends BytePattern {
  /** The keys that were met behind this one, the latest first: one of the two probably is the next. */
  private follower: KnownKey | null = null;
  private otherFollower: KnownKey | null = null;

  constructor(
    view: DataView,
    start: number,
    length: number,
    /** Null if the key does not matter. */
    readonly edge: KeyEdge | null,
  ) {
    super(view, start, length);
  }

  /** The key that stands at a place, if it is one of those that mostly follow this one. */
  guessNext(view: DataView, start: number): KnownKey | null {
    const { follower, otherFollower } = this;
    if (follower?.standsAt(view, start) === true) return follower;
    if (otherFollower?.standsAt(view, start) !== true) return null;
    this.follow(otherFollower);
    return otherFollower;
  }

  /** Takes note of the key that was met behind this one. */
  follow(key: KnownKey): void {
    this.otherFollower = this.follower;
    this.follower = key;
  }
}

/** Keys that do not matter are unlimited in number; only so many are remembered for each node, by their hash. */
const REMEMBERED_KEYS = 256;

const BACKSLASH = 0x5c;

/** What is known of some paths in an object: which keys matter there, and in which order keys come. */
export class KeyNode {
  /** Stands before the first key of an object. */
  readonly start = new KnownKey(new DataView(new ArrayBuffer(4)), 0, 0, null);
  private readonly remembered: (KnownKey | undefined)[] = [];

  constructor(
    /** The paths that go on here. */
    readonly open: readonly OpenPath[],
    /** Keys that matter. */
    readonly edges: ReadonlyMap<string, KeyEdge>,
  ) {}

  /**
   * The key from behind its opening quote at `start` to the closing one at `end`, right before the colon. Null for a key
   * with an escape, which may spell anything, or with bytes beyond ASCII. `view` and `bytes` are of the same memory.
   */
  lookUp(view: DataView, bytes: Buffer, start: number, end: number): KnownKey | null {
    const index = hashBytes(view, start, end) & (REMEMBERED_KEYS - 1);
    const length = end + 2 - start;
    const known = this.remembered[index];
    if (known?.length === length && known.standsAt(view, start)) return known;
    if (!isPlainKey(bytes, start, end)) return null;
    const edge = this.edges.get(bytes.toString('latin1', start, end)) ?? null;
    const key = new KnownKey(view, start, length, edge);
    this.remembered[index] = key;
    return key;
  }
}

function isPlainKey(bytes: Buffer, start: number, end: number): boolean {
  return bytes.subarray(start, end).every((byte) => byte < 0x80 && byte !== BACKSLASH);
}

/** Builds the nodes for paths; the first one is that of the document itself. */
export function buildKeyGraph(paths: readonly ScannedPath[]): KeyNode {
  const nodes = new Map<string, KeyNode>();

  function nodeOf(open: readonly OpenPath[]): KeyNode {
    const id = open.map(({ place, from }) => `${String(place)}:${String(from)}`).join(' ');
    const known = nodes.get(id);
    if (known !== undefined) return known;
    const node = new KeyNode(open, edgesOf(open));
    nodes.set(id, node);
    return node;
  }

  function edgesOf(open: readonly OpenPath[]): ReadonlyMap<string, KeyEdge> {
    const byKey = new Map<string, { places: number[]; next: OpenPath[] }>();
    for (const { place, from } of open) {
      const path = paths[place];
      if (path === undefined) continue;
      for (let end = from + 1; end <= path.parts.length; end += 1) {
        const key = path.parts.slice(from, end).join('.');
        const edge = byKey.get(key) ?? { places: [], next: [] };
        byKey.set(key, edge);
        if (end < path.parts.length) edge.next.push({ place, from: end });
        else edge.places.push(place);
      }
    }
    return new Map(
      [...byKey].map(([key, { places, next }]) => [
        key,
        { places, next: next.length === 0 ? null : nodeOf(next), seenIn: 0 },
      ]),
    );
  }

  return nodeOf(paths.map((_, place) => ({ place, from: 0 })));
}

/** Every edge that can be reached from a node. */
export function collectEdges(root: KeyNode): KeyEdge[] {
  const edges: KeyEdge[] = [];
  const seen = new Set<KeyNode>();
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const edge of node.edges.values()) {
      edges.push(edge);
      if (edge.next !== null) waiting.push(edge.next);
    }
  }
  return edges;
}
