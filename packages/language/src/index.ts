/**
 * Reads EQL: grammar, syntax tree, printer, checks and diagnostics.
 *
 * @packageDocumentation
 */

// Reading a query
export { analyzeQuery, type Analysis, type AnalysisOptions, type CheckedQuery } from './analyze-query.js';
export { MAX_PATH_PARTS } from './syntax/parser.js';
export { MAX_NESTING, MAX_QUERY_LENGTH, parseQuery, type ParseResult } from './syntax/parse-query.js';
export { checkQuery, type CheckOptions } from './check/check-query.js';
export { DIALECTS, type Dialect, type DialectName } from './dialect.js';

// The syntax tree
export type * from './syntax/ast.js';
export { dottedName } from './syntax/dotted-name.js';
export { coverSpans, type Span } from './syntax/span.js';
export { quoteString } from './syntax/literals.js';
export { printExpression, printFieldPath, printPipe, printQuery } from './syntax/print-query.js';
export { formatQuery, type FormatOptions, type FormattedQuery } from './format/format-query.js';
export { childrenOf, isConstant, isLiteral, mapOperands, visit } from './syntax/visit.js';
export { fieldsOf } from './check/check-expression.js';

// Writing a query
export { classifyTokens, type ClassifiedToken, type TokenClass } from './editing/classify-tokens.js';
export { complete, type Completion, type CompletionContext, type CompletionList } from './editing/complete.js';
export { isUnfinished } from './editing/is-unfinished.js';

// Macros and constants
export type { Definitions, Macro } from './definitions/definitions.js';
export { parseDefinitions } from './definitions/parse-definitions.js';

// Schemas
export type { FieldDefinition, FieldKind, FieldSightings, Schema } from './schema/schema.js';
export { mergeSchemas } from './schema/merge-schemas.js';
export {
  isSchemaDocument,
  schemaFromDocument,
  SCHEMA_FORMAT,
  SCHEMA_VERSION,
  type FieldDocument,
  type ReadSchema,
  type SchemaDocument,
} from './schema/schema-document.js';
export { schemaFromMapping } from './schema/schema-from-mapping.js';

// Functions
export {
  FUNCTION_SIGNATURES,
  findFunction,
  printSignature,
  type FunctionName,
  type FunctionParameter,
  type FunctionSignature,
  type ParameterType,
  type ValueType,
} from './functions/function-signatures.js';

// Diagnostics
export { DIAGNOSTIC_CATALOGUE, type DiagnosticClass, type DiagnosticCode } from './diagnostics/catalogue.js';
export {
  createDiagnostic,
  hasErrors,
  type Diagnostic,
  type DiagnosticExtras,
  type DiagnosticFix,
  type Severity,
} from './diagnostics/diagnostic.js';
export { locateOffset, type Location } from './diagnostics/location.js';
export { renderDiagnostic, type DiagnosticSource, type DiagnosticStyle } from './diagnostics/render-diagnostic.js';
export { similarField } from './diagnostics/similar-field.js';
export { didYouMean, suggestName } from './diagnostics/suggest.js';
