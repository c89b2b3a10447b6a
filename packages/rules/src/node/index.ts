/**
 * Reading rules from files.
 *
 * @packageDocumentation
 */
export { describeFileError } from './describe-file-error.js';
export {
  countRuleFiles,
  loadRules,
  type ExceptionFile,
  type LoadedRule,
  type LoadedRules,
  type RuleFileFailure,
} from './load-rules.js';
export { packAt } from './pack-at.js';
export type { LoadedPack } from './pack-finder.js';
export { decodeRuleText, MAX_RULE_FILE_BYTES } from './read-rule-text.js';
export { byteOrderMarkOf, rewriteRuleText } from './write-rule-text.js';
export type { InputProblem } from './resolve-inputs.js';
