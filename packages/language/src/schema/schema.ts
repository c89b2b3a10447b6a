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
}

/** The fields of the events that a query will see. */
export interface Schema {
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  /**
   * Whether a field that is not in the schema is an error, as in Elasticsearch, where an optional one is then the
   * literal null. Otherwise it is taken as mapped but absent, and its values bring their own types.
   */
  readonly strict: boolean;
}
