/**
 * The variants of EQL that one grammar and one evaluator serve.
 *
 * - `elasticsearch`: what Elasticsearch's EQL search takes; the default.
 * - `endpoint`: what Elastic Defend's behaviour rules use.
 * - `endgame`: what the Python implementation (`eql`) takes.
 */
export type DialectName = 'elasticsearch' | 'endpoint' | 'endgame';

/** What a dialect allows and how it reads values; differences between dialects are data. */
export interface Dialect {
  readonly name: DialectName;
  /** `=` compares like `==`. */
  readonly singleEquals: boolean;
  /** `'text'` and `?"text"`, `?'text'` are strings. */
  readonly oldStrings: boolean;
  /** `==`, `in`, orderings and string functions ignore case unless told otherwise. */
  readonly foldCase: boolean;
  /** `*` in a string compared with `==` or `!=` is a wildcard. */
  readonly wildcardsInEquality: boolean;
  /** `not` of an unknown value is unknown, instead of true. */
  readonly threeValuedNot: boolean;
  /** A field may be compared with another field. */
  readonly fieldComparison: boolean;
  /** `field[0]`. */
  readonly arrayIndex: boolean;
  /** `join`, `fork=true`, and the pipes `count`, `filter`, `sort`, `unique`, `unique_count`. */
  readonly endgameQueries: boolean;
  /** `child of`, `descendant of`, `event of`. */
  readonly lineage: boolean;
  /** Macros and constants from a definitions text. */
  readonly definitions: boolean;
  /** `[…] as name`, `name.field` and `$variable`. */
  readonly aliases: boolean;
  /** In a field without a type a number equals the text that spells it: `user.id == 0` holds for `"0"`. */
  readonly numbersEqualText: boolean;
  /** Every `sequence by` key may be an expression instead of a field. */
  readonly expressionKeys: boolean;
  /** `until` is looked at before the stages of the same event. */
  readonly untilFirst: boolean;
  /** Missing join keys equal each other even where the key is not optional. */
  readonly nullKeysJoin: boolean;
}

const ELASTICSEARCH: Dialect = {
  name: 'elasticsearch',
  singleEquals: false,
  oldStrings: false,
  foldCase: false,
  wildcardsInEquality: false,
  threeValuedNot: false,
  fieldComparison: false,
  arrayIndex: false,
  endgameQueries: false,
  lineage: false,
  definitions: false,
  aliases: false,
  numbersEqualText: true,
  expressionKeys: false,
  untilFirst: false,
  nullKeysJoin: false,
};

const ENDPOINT: Dialect = {
  ...ELASTICSEARCH,
  name: 'endpoint',
  fieldComparison: true,
  lineage: true,
  aliases: true,
};

const ENDGAME: Dialect = {
  ...ELASTICSEARCH,
  name: 'endgame',
  singleEquals: true,
  oldStrings: true,
  foldCase: true,
  wildcardsInEquality: true,
  threeValuedNot: true,
  fieldComparison: true,
  arrayIndex: true,
  endgameQueries: true,
  lineage: true,
  definitions: true,
  numbersEqualText: false,
  expressionKeys: true,
  untilFirst: true,
  nullKeysJoin: true,
};

/** Every dialect by its name. */
export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  elasticsearch: ELASTICSEARCH,
  endpoint: ENDPOINT,
  endgame: ENDGAME,
};
