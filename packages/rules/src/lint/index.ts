/**
 * The critic: what is wrong with rules, as data and in the formats of other tools. Runs anywhere, and is an export of its
 * own since it brings the Elastic Common Schema with it.
 *
 * @packageDocumentation
 */
export { lintRules, type LintOptions } from './lint-rules.js';
export { lintExceptions } from './lint-exceptions.js';
export { applyLevels, checkLintSettings, locateSchema, readLintSettings, type LintSettings } from './lint-settings.js';
export type { LintCode, RuleFile } from './lint.js';
export { applyFixes, type FixedFile } from './apply-fixes.js';
export type { DiagnosedFile } from '../report/diagnosed-file.js';
export {
  countSeverities,
  diagnosticsJson,
  type JsonDiagnostic,
  type SeverityCounts,
} from '../report/diagnostics-json.js';
export { githubAnnotations } from '../report/github-annotations.js';
export { sarifLog } from '../report/sarif-log.js';
