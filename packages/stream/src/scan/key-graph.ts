import { MAX_PATH_PARTS } from '@eqlkit/language';

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
interface KeyEdge {
  /** Places of the paths that end here. */
  readonly places: readonly number[];
  /** The number of the node where paths go on; null if none does. */
  readonly next: number | null;
}

/** What is known of some paths in an object. */
export interface KeyNode {
  /** The paths that go on here. */
  readonly open: readonly OpenPath[];
  /** Keys that matter. */
  readonly edges: ReadonlyMap<string, KeyEdge>;
}

/**
 * Builds the nodes for paths; the first one is that of the document itself. Keys grow with the square of a path's parts,
 * and their lengths with the cube: one of more parts than a field may have counts as one that no document has.
 */
export function buildKeyGraph(paths: readonly ScannedPath[]): readonly KeyNode[] {
  const numbers = new Map<string, number>();
  const nodes: KeyNode[] = [];

  function numberOf(open: readonly OpenPath[]): number {
    const id = open.map(({ place, from }) => `${String(place)}:${String(from)}`).join(' ');
    const known = numbers.get(id);
    if (known !== undefined) return known;
    const number = nodes.length;
    numbers.set(id, number);
    // The nodes behind this one have higher numbers, as each of them has fewer parts left.
    const edges = new Map<string, KeyEdge>();
    nodes.push({ open, edges });
    for (const [key, edge] of edgesOf(open)) edges.set(key, edge);
    return number;
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
      [...byKey].map(([key, { places, next }]) => [key, { places, next: next.length === 0 ? null : numberOf(next) }]),
    );
  }

  numberOf(paths.flatMap(({ parts }, place) => (parts.length > MAX_PATH_PARTS ? [] : [{ place, from: 0 }])));
  return nodes;
}
