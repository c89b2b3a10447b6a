import { didYouMean } from '@eqlkit/language';
import { quoteText } from '../../toml/quote-text.js';
import type { Finding, RuleLint } from '../lint.js';
import { threatsOf, type PlacedEntry, type PlacedThreat } from './threat-places.js';
import { THREAT_ID_FORMS } from './threat-id-forms.js';

const FRAMEWORKS = ['MITRE ATT&CK', 'MITRE ATLAS'];

const ID_EXAMPLES = { tactic: 'TA0003', technique: 'T1547', subtechnique: 'T1547.013' } as const;

/** An id or a framework that cannot be one. */
export const malformedThreat: RuleLint = {
  scope: 'rule',
  code: 'EQL5206',
  *check({ rule }) {
    for (const placed of threatsOf(rule)) {
      yield* checkFramework(placed);
      for (const entry of placed.entries) yield* checkId(entry);
    }
  },
};

function* checkFramework({ threat: { framework }, path }: PlacedThreat): Iterable<Finding> {
  if (framework === null || FRAMEWORKS.includes(framework)) return;
  yield {
    at: { path: [...path, 'framework'] },
    message: `${quoteText(framework)} is no framework of threats`,
    help: didYouMean(framework, FRAMEWORKS) ?? `The frameworks are: ${FRAMEWORKS.join(', ')}.`,
  };
}

function* checkId({ kind, entry, path, parent }: PlacedEntry): Iterable<Finding> {
  const at = { path: [...path, 'id'] };
  if (!THREAT_ID_FORMS[kind].test(entry.id)) {
    yield {
      at,
      message: `${quoteText(entry.id)} is no id of a ${kind}`,
      help: `Ids of ${kind}s look like ${ID_EXAMPLES[kind]}.`,
    };
  } else if (parent !== null && THREAT_ID_FORMS.technique.test(parent.id) && !entry.id.startsWith(`${parent.id}.`)) {
    yield {
      at,
      message: `The subtechnique ${entry.id} does not belong to the technique ${quoteText(parent.id)}`,
      help: 'A subtechnique stands below the technique whose id it begins with.',
    };
  }
}
