import type { FieldTable } from '../event/field-table.js';
import type { FieldProbe, Prefilter } from '../event/prefilter.js';

/** Looking at fields has to be prepared: a plan that is used less often than this is not worth it. */
const LEAST_USES = 4;

/** A leaf of a tree, which looks for something in fields of the event. */
export interface ProbingPlan {
  /** Its number among the plans of the tree, another one if it looks for something else. */
  readonly number: number;
  readonly probesIn: (table: FieldTable) => readonly FieldProbe[];
}

/** What stands behind a node. */
interface NodeDescription {
  /** Place of the path by which events part; null if they do not. */
  readonly path: number | null;
  /** What matters of the values, if that can be said. */
  readonly probe: FieldProbe | null;
}

/** What the prefilter of events knows of a tree: how its nodes hang together, and what its plans look for. */
export class TreePrefilter<Node> {
  private generation: number;
  /** The nodes by the prefilter's numbers. */
  private nodes: Node[] = [];
  private numbers = new Map<Node, number>();
  /** Where the way began last: nearly always at the root. */
  private start: Node | null = null;
  private startNumber = 0;
  /** By the number of a plan: its probes, or a negative number that counts its uses up to them. */
  private probes: (number | null)[] = [];

  constructor(
    readonly prefilter: Prefilter,
    private readonly describe: (node: Node) => NodeDescription,
  ) {
    this.generation = prefilter.generation;
  }

  /** The node to which the event goes from another one, as far as is known. */
  follow(from: Node): Node {
    const { prefilter } = this;
    if (prefilter.generation !== this.generation) this.forget();
    if (from !== this.start) {
      this.startNumber = this.numberOf(from);
      this.start = from;
      if (prefilter.generation !== this.generation) return from;
    }
    return this.nodes[prefilter.follow(this.startNumber)] ?? from;
  }

  /** Says that the event goes from a node to another one. */
  link(from: Node, to: Node): void {
    if (this.prefilter.generation !== this.generation) this.forget();
    const [source, target] = [this.numberOf(from), this.numberOf(to)];
    // Otherwise there was no more room.
    if (this.prefilter.generation === this.generation) this.prefilter.link(source, target);
  }

  private numberOf(node: Node): number {
    const known = this.numbers.get(node);
    if (known !== undefined) return known;
    const { path, probe } = this.describe(node);
    const number = this.prefilter.addNode(path, probe);
    this.nodes[number] = node;
    this.numbers.set(node, number);
    return number;
  }

  /** The number under which the prefilter looks at the fields of a plan; null if it does not. */
  probesOf(plan: ProbingPlan, table: FieldTable): number | null {
    if (this.prefilter.generation !== this.generation) this.forget();
    const known = this.probes[plan.number];
    if (known !== undefined && (known === null || known >= 0)) return known;
    const uses = known ?? -LEAST_USES;
    this.probes[plan.number] = uses < -1 ? uses + 1 : this.prefilter.addProbes(plan.probesIn(table));
    return null;
  }

  private forget(): void {
    this.generation = this.prefilter.generation;
    this.nodes = [];
    this.numbers = new Map();
    this.start = null;
    this.probes = [];
  }
}
