/** What kind of values a field holds. */
export type FieldKind =
  | 'keyword'
  | 'wildcard'
  | 'text'
  | 'long'
  | 'unsigned_long'
  | 'double'
  | 'boolean'
  | 'date'
  | 'ip'
  | 'version'
  | 'object'
  | 'nested'
  /** Values of several types, which only events show; anything may be asked of it. */
  | 'mixed'
  | 'unsupported';

/** One field of a schema. */
export interface FieldDefinition {
  /** Where its values lie; differs from its own name for an alias. */
  readonly path: string;
  readonly kind: FieldKind;
  /** The type's name in the mapping, where it says more than the kind. */
  readonly mappingType: string;
  /** What stands for an explicit null. */
  readonly nullValue?: string | number | boolean;
  /** Formats of a date, in Elasticsearch's notation; several after a merge of mappings. */
  readonly dateFormats?: readonly string[];
  /**
   * What events showed of the field, if that is where its kind comes from. Such a kind is likely, not certain: checks
   * warn where they would refuse, and values keep the types they bring.
   */
  readonly seen?: FieldSightings;
}

/** What a run over events has seen of a field. */
export interface FieldSightings {
  /** How many events have the field. */
  readonly events: number;
  /** How many of them have several values. */
  readonly several: number;
  /** How many of its values were of each kind. */
  readonly kinds: ReadonlyMap<string, number>;
  /** How many events of each category have it. */
  readonly categories: ReadonlyMap<string, number>;
  /** Frequent values with how often they were seen at least, the most frequent first. */
  readonly examples: readonly { readonly value: string | number | boolean; readonly count: number }[];
  /** Whether the examples are all the values there were. */
  readonly complete: boolean;
}

/** The fields of the events that a query will see. */
export interface Schema {
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  /**
   * Whether a field that is not in the schema is an error, as in Elasticsearch, where an optional one is then the
   * literal null. Otherwise it is taken as mapped but absent, and its values bring their own types.
   */
  readonly strict: boolean;
  /** How many events the schema was learned from, and how many of them each category has; absent if it was not. */
  readonly learned?: { readonly events: number; readonly categories: ReadonlyMap<string, number> };
}
