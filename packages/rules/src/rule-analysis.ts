import { analyzeQuery, DIALECTS, type Analysis } from '@eqlkit/language';
import type { Rule } from './model/rule.js';

const analyses = new WeakMap<Rule, Analysis>();

/** Parses and checks the query of a rule in the rule's dialect; a rule that is asked about again is not parsed again. */
export function analyzeRule(rule: Rule): Analysis {
  const known = analyses.get(rule);
  if (known !== undefined) return known;
  const analysis = analyzeQuery(rule.query, { dialect: DIALECTS[rule.dialect] });
  analyses.set(rule, analysis);
  return analysis;
}
