import type { RuleLint } from '../lint.js';
import { threatsOf } from './threat-places.js';

/** A rule of Elastic's formats that says of no technique that it detects it. */
export const missingThreat: RuleLint = {
  scope: 'rule',
  code: 'EQL5205',
  *check({ rule }) {
    if (rule.format === 'minimal') return;
    if (rule.threat.length === 0) {
      yield {
        at: { path: ['rule', 'threat'] },
        message: 'The rule has no threat mapping',
        help: 'Add [[rule.threat]] with the tactic and technique of MITRE ATT&CK that it is about.',
      };
    }
    for (const { threat, path } of threatsOf(rule)) {
      if (threat.tactic !== null) continue;
      yield {
        at: { path: [...path, 'tactic'] },
        message: 'This threat mapping has no tactic',
        help: 'Add [rule.threat.tactic].',
      };
    }
  },
};
