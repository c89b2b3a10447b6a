import { stringify } from 'smol-toml';
import type { RuleSeverity } from '../model/rule-severity.js';
import { ATTACK_TACTICS, attackReference } from '../model/tactics.js';
import { quoteBlock } from './quote-block.js';

/** What a new rule is made of. */
export interface RuleDraft {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly severity: RuleSeverity;
  /** From 0 to 100. */
  readonly riskScore: number;
  readonly query: string;
  /** The day on which it is written, as `2026/01/31`. */
  readonly date: string;
  readonly author: readonly string[];
  /** Patterns of the indices that it looks at; none if it looks at all. */
  readonly index: readonly string[];
  /** The id of the tactic of MITRE ATT&CK that it is about, such as `TA0003`. */
  readonly tacticId: string | null;
  /** Ids of techniques and subtechniques of the tactic, such as `T1547` and `T1547.013`. */
  readonly techniqueIds: readonly string[];
  /** The systems for which a behaviour rule of Elastic Defend is; `null` for a detection rule. */
  readonly osList: readonly string[] | null;
}

/**
 * Writes a rule file in the form of Elastic's detection rules, or in that of Elastic Defend's behaviour rules; the query
 * stands between `'''` if it can.
 */
export function createRuleToml(draft: RuleDraft): string {
  const threat = threatOf(draft);
  const query = `query = ${quoteBlock(draft.query.trim())}`;
  const parts =
    draft.osList === null
      ? [
          stringify({
            metadata: { creation_date: draft.date, maturity: 'development', updated_date: draft.date },
          }).trimEnd(),
          `[rule]\n${detectionKeys(draft)}\n${query}`,
          ...(threat === null ? [] : [stringify({ rule: { threat: [threat] } }).trim()]),
        ]
      : [
          `[rule]\n${behaviourKeys(draft, draft.osList)}\n${query}`,
          ...(threat === null ? [] : [stringify({ threat: [threat] }).trim()]),
        ];
  return `${parts.join('\n\n')}\n`;
}

function detectionKeys({ id, name, description, severity, riskScore, author, index }: RuleDraft): string {
  const keys = {
    author,
    description,
    ...(index.length === 0 ? {} : { index }),
    language: 'eql',
    name,
    risk_score: riskScore,
    rule_id: id,
    severity,
    type: 'eql',
  };
  return stringify(keys).trimEnd();
}

/** Elastic Defend asks for no severity; alerts of eqlkit carry one. */
function behaviourKeys(
  { id, name, description, severity, riskScore, author }: RuleDraft,
  osList: readonly string[],
): string {
  const keys = {
    ...(author.length === 0 ? {} : { author }),
    description,
    id,
    name,
    os_list: osList,
    risk_score: riskScore,
    severity,
    version: '1.0.0',
  };
  return stringify(keys).trimEnd();
}

/** The threat mapping, subtechniques below their techniques; names of techniques are not known here. */
function threatOf({ tacticId, techniqueIds }: RuleDraft): object | null {
  if (tacticId === null) return null;
  const techniques = new Map<string, string[]>();
  for (const id of techniqueIds) {
    const [parent = id] = id.split('.');
    const below = techniques.get(parent) ?? [];
    if (parent !== id) below.push(id);
    techniques.set(parent, below);
  }
  const technique = [...techniques].map(([id, below]) => ({
    id,
    reference: attackReference(id),
    ...(below.length === 0
      ? {}
      : { subtechnique: below.map((inner) => ({ id: inner, reference: attackReference(inner) })) }),
  }));
  return {
    framework: 'MITRE ATT&CK',
    tactic: { id: tacticId, name: ATTACK_TACTICS.get(tacticId) ?? tacticId, reference: attackReference(tacticId) },
    ...(technique.length === 0 ? {} : { technique }),
  };
}
