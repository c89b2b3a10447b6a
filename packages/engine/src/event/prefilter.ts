/** What a field is looked at for. */
export interface FieldProbe {
  /** Place among `Engine.fieldPaths`. */
  readonly path: number;
  /** Texts of which a value is to be one, where case does not matter; all in small letters. */
  readonly texts: readonly string[];
  /** What a value is to have one of: each four ASCII characters, in small letters, as the bytes of a number. */
  readonly grams: readonly number[];
}

/**
 * Looks at the values of a {@link LazyEvent} where they stand, before anything is made of them, which takes a fraction of the
 * time of reading them. It is always about the event that its owner is at.
 *
 * Beside single fields it knows a graph of nodes. Behind a node events part by the value of a field.
 */
export interface Prefilter {
  /** Changes when all nodes and probes are forgotten, as there is no more room; what was added then has to be added anew. */
  readonly generation: number;

  /**
   * Adds a node, behind which events part by the field at a place among `Engine.fieldPaths`, or not at all; gives its number.
   * With a probe, for the same field, all values that are not what it looks for lead to one node.
   */
  addNode(path: number | null, probe: FieldProbe | null): number;

  /** Says that events that hold the same as this one in the field of a node go on to another one. */
  link(from: number, to: number): void;

  /** The node to which the event goes from another one, as far as is known. */
  follow(from: number): number;

  /** Adds what fields are looked at for together; gives its number, null if it is too much. */
  addProbes(probes: readonly FieldProbe[]): number | null;

  /** Looks at the fields of a number; gives how many of them may hold what they are looked at for. Others surely do not. */
  sift(probes: number): number;

  /** The positions of these fields in the list that was added, each by its position among them. */
  sifted(index: number): number;

  /** Forgets all nodes and probes. */
  forget(): void;
}
