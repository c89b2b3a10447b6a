import type { Severity } from './diagnostic.js';

/**
 * At which point a query is refused: while it is read (`parse`), while its names and types are checked
 * (`verification`), while it is turned into something that runs (`translation`), or because of the file
 * around it (`rule`). What runs, but hardly as its author means, is advice (`lint`).
 */
export type DiagnosticClass = 'parse' | 'verification' | 'translation' | 'rule' | 'lint';

interface CatalogueEntry {
  readonly class: DiagnosticClass;
  readonly severity: Severity;
  readonly title: string;
}

const error = (diagnosticClass: DiagnosticClass, title: string): CatalogueEntry => ({
  class: diagnosticClass,
  severity: 'error',
  title,
});

const lint = (severity: Severity, title: string): CatalogueEntry => ({ class: 'lint', severity, title });

/** Every diagnostic code: its class, severity and title. Codes are append-only. */
export const DIAGNOSTIC_CATALOGUE = {
  EQL1001: error('parse', 'Unexpected character'),
  EQL1002: error('parse', 'Unexpected token'),
  EQL1003: error('parse', 'Unterminated string'),
  EQL1004: error('parse', 'Unknown escape sequence'),
  EQL1005: error('parse', 'Invalid Unicode escape'),
  EQL1006: error('parse', 'String form of another dialect'),
  EQL1007: error('parse', 'Unterminated comment'),
  EQL1008: error('parse', 'Query nested too deeply'),
  EQL1009: error('parse', 'Query too long'),
  EQL1010: error('parse', 'Comparison written with a single equals sign'),
  EQL1011: error('parse', 'Keyword used as a name'),
  EQL1012: error('parse', 'Chained comparison'),
  EQL1013: error('parse', 'Array position in a field'),
  EQL1014: error('parse', 'Empty query'),
  EQL1015: error('parse', 'Invalid maxspan'),
  EQL1016: error('parse', 'Unknown sequence option'),
  EQL1017: error('parse', 'Runs out of range'),
  EQL1018: error('parse', 'Differing numbers of join keys'),
  EQL1019: error('parse', 'Join key that is not a field'),
  EQL1020: error('parse', 'Too few stages'),
  EQL1021: error('parse', 'Too many stages'),
  EQL1022: error('parse', 'Unknown pipe'),
  EQL1023: error('parse', 'Pipe of another dialect'),
  EQL1024: error('parse', 'Invalid pipe argument'),
  EQL1025: error('parse', 'Wrong number of arguments'),
  EQL1026: error('parse', 'Missing event without maxspan'),
  EQL1027: error('parse', 'Sequence of missing events only'),
  EQL1028: error('parse', 'Clause in the wrong order'),
  EQL1029: error('parse', 'Construct that this query cannot have'),
  EQL1030: error('parse', 'Backquoted event category'),
  EQL1031: error('parse', 'Case-insensitive form of a function that has none'),
  EQL1032: error('parse', 'Sample without join keys'),
  EQL1033: error('parse', 'Invalid definition'),
  EQL1034: error('parse', 'Stage name that is taken'),
  EQL2001: error('verification', 'Unknown function'),
  EQL2002: error('verification', 'Unknown field'),
  EQL2003: error('verification', 'Condition that is not a boolean'),
  EQL2004: error('verification', 'Wrong argument type'),
  EQL2005: error('verification', 'List of mixed types'),
  EQL2006: error('verification', 'Field in a list of constants'),
  EQL2007: error('verification', 'Incompatible join key types'),
  EQL2008: error('verification', 'Query of another dialect'),
  EQL2009: error('verification', 'Field of a type that cannot be searched'),
  EQL2010: error('verification', 'Operator for another type'),
  EQL2011: error('verification', 'Unknown name'),
  EQL2012: {
    class: 'verification',
    severity: 'warning',
    title: 'Comparison that can never hold',
  },
  EQL2013: error('verification', 'Macro that calls itself'),
  EQL2014: error('verification', 'Macros that grow too large'),
  EQL2015: {
    class: 'verification',
    severity: 'warning',
    title: 'Field that the schema does not have',
  },
  EQL3001: error('translation', 'Field compared with a field'),
  EQL3002: error('translation', 'Constant that cannot be computed'),
  EQL3003: error('translation', 'Invalid network block'),
  EQL3004: error('translation', 'Invalid regular expression'),
  EQL3005: error('translation', 'Regular expression operator that is not supported'),
  EQL3006: error('translation', 'Invalid date'),
  EQL4001: error('rule', 'File that cannot be read'),
  EQL4002: error('rule', 'Invalid TOML'),
  EQL4003: error('rule', 'Required key is missing'),
  EQL4004: error('rule', 'Value of the wrong type'),
  EQL4005: { class: 'rule', severity: 'warning', title: 'Two rules with one id' },
  EQL4101: { class: 'rule', severity: 'warning', title: 'Key that a pack does not have' },
  EQL4102: { class: 'rule', severity: 'warning', title: 'Disabled rule that is not in the pack' },
  EQL4201: error('rule', 'Filter or exception that is not supported'),
  EQL4202: { class: 'rule', severity: 'warning', title: 'Exceptions that are not loaded' },
  EQL5001: lint('warning', 'Unknown event category'),
  EQL5002: lint('warning', 'Wildcard compared as plain text'),
  EQL5003: lint('warning', 'Case that cannot match'),
  EQL5004: lint('info', 'Pattern without a wildcard'),
  EQL5005: lint('warning', 'Value listed twice'),
  EQL5006: lint('warning', 'Condition that is always true or always false'),
  EQL5007: lint('warning', 'Conditions that exclude each other'),
  EQL5008: lint('warning', 'Stage that cannot be reached'),
  EQL5009: lint('warning', 'Sequence without maxspan'),
  EQL5010: lint('warning', 'Sequence without join keys'),
  EQL5011: lint('info', 'Optional field that is required elsewhere'),
  EQL5012: lint('info', 'Only patterns that begin with a wildcard'),
  EQL5013: lint('info', 'Alternatives that are one list'),
  EQL5014: lint('info', 'Regular expression that needs none'),
  EQL5015: lint('warning', 'Network block with host bits'),
  EQL5016: lint('info', 'Network block inside another'),
  EQL5017: lint('warning', 'Condition stated twice'),
  EQL5018: lint('warning', 'Anchor in a regular expression on a field'),
  EQL5019: lint('warning', 'Network block compared as plain text'),
  EQL5020: lint('warning', 'Backslash that makes a control character'),
  EQL5101: lint('warning', 'Field that nobody knows'),
  EQL5102: lint('warning', 'Field that the category does not have'),
  EQL5103: lint('warning', 'Use that the type of the field does not allow'),
  EQL5104: lint('info', 'Value that the field does not have'),
  EQL5201: lint('warning', 'Rule id that is no UUID'),
  EQL5202: lint('warning', 'Rule without severity or risk score'),
  EQL5203: lint('warning', 'Risk score that does not go with the severity'),
  EQL5204: lint('warning', 'Missing or malformed date'),
  EQL5205: lint('info', 'Rule without threat mapping'),
  EQL5206: lint('warning', 'Malformed threat mapping'),
  EQL5207: lint('warning', 'Tactic with the name of another'),
  EQL5208: lint('warning', 'Reference to another technique'),
  EQL5209: lint('info', 'File name that is not after the tactic'),
  EQL5210: lint('warning', 'Two rules with one name'),
  EQL5211: lint('warning', 'Misspelt key'),
  EQL5212: lint('warning', 'Look-back shorter than maxspan'),
  EQL5213: lint('warning', 'Value that the key does not have'),
  EQL5301: lint('warning', 'Comment that disables no known code'),
  EQL5302: lint('warning', 'Comment that disables nothing'),
} as const satisfies Readonly<Record<`EQL${number}`, CatalogueEntry>>;

/** A stable diagnostic code, such as `EQL1002`. */
export type DiagnosticCode = keyof typeof DIAGNOSTIC_CATALOGUE;
