import type { JsonObject } from '@eqlkit/engine';
import type { TechniqueCoverage } from './attack-coverage.js';

/** Most names of rules in the comment of a technique. */
const NAMED_RULES = 20;

const TECHNIQUE_ID = /^T\d{4}(?:\.\d{3})?$/u;

/**
 * Makes a layer for the ATT&CK Navigator (format 4.5): each technique with the number of its rules as its score, and
 * their names as its comment.
 */
export function navigatorLayer(name: string, coverage: readonly TechniqueCoverage[]): JsonObject {
  // The Navigator refuses a whole layer for one id that is none.
  const techniques = coverage.filter(({ techniqueId }) => TECHNIQUE_ID.test(techniqueId));
  const most = techniques.reduce((max, { rules }) => Math.max(max, rules.length), 1);
  return {
    name,
    versions: { layer: '4.5', navigator: '4.9.0' },
    domain: 'enterprise-attack',
    description: `Techniques that the rules of "${name}" are for. The score of a technique is the number of its rules.`,
    sorting: 3,
    techniques: techniques.map(({ techniqueId, tacticName, rules }) => ({
      techniqueID: techniqueId,
      ...(tacticName === null ? {} : { tactic: shortTacticName(tacticName) }),
      score: rules.length,
      comment: describeRules(rules.map((rule) => rule.name)),
      enabled: true,
      showSubtechniques: !techniqueId.includes('.'),
    })),
    gradient: { colors: ['#e8f1fb', '#0b5cad'], minValue: 0, maxValue: most },
  };
}

/** `Command and Control` is `command-and-control` in layers. */
function shortTacticName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
}

function describeRules(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_RULES);
  if (shown.length < names.length) shown.push(`and ${String(names.length - shown.length)} more`);
  return shown.join('\n');
}
