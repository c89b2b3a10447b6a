/** Whether an entry asks for what it says, or for its opposite. */
export type EntryOperator = 'included' | 'excluded';

/** One condition of an exception, as Kibana has it. */
export type ExceptionEntry =
  | { readonly type: 'match'; readonly field: string; readonly operator: EntryOperator; readonly value: string }
  | {
      readonly type: 'match_any';
      readonly field: string;
      readonly operator: EntryOperator;
      readonly value: readonly string[];
    }
  | { readonly type: 'wildcard'; readonly field: string; readonly operator: EntryOperator; readonly value: string }
  | { readonly type: 'exists'; readonly field: string; readonly operator: EntryOperator }
  | { readonly type: 'nested'; readonly field: string; readonly entries: readonly ExceptionEntry[] };

/** Events that a rule does not see: those for which every entry holds. */
export interface ExceptionItem {
  readonly name: string;
  readonly entries: readonly ExceptionEntry[];
  /** `linux`, `macos`, `windows`; for all systems if empty. */
  readonly osTypes: readonly string[];
  /** After this time the item does not count; ISO 8601. */
  readonly expireTime: string | null;
}

/** A list of exceptions, which rules name by its id. */
export interface ExceptionList {
  readonly listId: string;
  readonly name: string;
  /** Such as `detection`, `endpoint` or `rule_default`. */
  readonly type: string;
  readonly items: readonly ExceptionItem[];
}
