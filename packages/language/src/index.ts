export type * from './syntax/ast.js';
export { coverSpans, type Span } from './syntax/span.js';
export { DIALECTS, type Dialect, type DialectName } from './dialect.js';
export { DIAGNOSTIC_CATALOGUE, type DiagnosticClass, type DiagnosticCode } from './diagnostics/catalogue.js';
export {
  createDiagnostic,
  hasErrors,
  type Diagnostic,
  type DiagnosticFix,
  type DiagnosticExtras,
  type Severity,
} from './diagnostics/diagnostic.js';
export { locateOffset, type Location } from './diagnostics/location.js';
export { renderDiagnostic, type DiagnosticSource, type DiagnosticStyle } from './diagnostics/render-diagnostic.js';
export { didYouMean, suggestName } from './diagnostics/suggest.js';
