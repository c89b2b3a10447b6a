import { didYouMean } from '@eqlkit/language';
import { ATTACK_TACTICS, attackReference } from '../../model/tactics.js';
import { quoteText } from '../../toml/quote-text.js';
import type { Finding, RuleLint } from '../lint.js';
import { threatsOf, type PlacedEntry, type PlacedThreat } from './threat-places.js';

const FRAMEWORKS = ['MITRE ATT&CK', 'MITRE ATLAS'];

/** What ids look like; ATLAS puts its name before them. */
const ID_FORMS = {
  tactic: /^(?:AML\.)?TA\d{4}$/u,
  technique: /^(?:AML\.)?T\d{4}$/u,
  subtechnique: /^(?:AML\.)?T\d{4}\.\d{3}$/u,
} as const;

const ID_EXAMPLES = { tactic: 'TA0003', technique: 'T1547', subtechnique: 'T1547.013' } as const;

/** A rule of Elastic's formats that says of no technique that it detects it. */
export const missingThreat: RuleLint = {
  scope: 'rule',
  code: 'EQL5205',
  *check({ rule }) {
    if (rule.format === 'minimal') return;
    if (rule.threat.length === 0) {
      yield {
        at: { path: ['rule'] },
        message: 'The rule has no threat mapping',
        help: 'Add [[rule.threat]] with the tactic and technique of MITRE ATT&CK that it is about.',
      };
    }
    for (const { threat, path } of threatsOf(rule)) {
      if (threat.tactic !== null) continue;
      yield { at: { path }, message: 'This threat mapping has no tactic', help: 'Add [rule.threat.tactic].' };
    }
  },
};

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
  if (!ID_FORMS[kind].test(entry.id)) {
    yield {
      at,
      message: `${quoteText(entry.id)} is no id of a ${kind}`,
      help: `Ids of ${kind}s look like ${ID_EXAMPLES[kind]}.`,
    };
  } else if (parent !== null && ID_FORMS.technique.test(parent.id) && !entry.id.startsWith(`${parent.id}.`)) {
    yield {
      at,
      message: `The subtechnique ${entry.id} does not belong to the technique ${quoteText(parent.id)}`,
      help: 'A subtechnique stands below the technique whose id it begins with.',
    };
  }
}

/** A tactic with the id of one and the name of another. */
export const tacticName: RuleLint = {
  scope: 'rule',
  code: 'EQL5207',
  *check({ rule }) {
    for (const { kind, entry, path } of threatsOf(rule).flatMap(({ entries }) => entries)) {
      const name = kind === 'tactic' ? ATTACK_TACTICS.get(entry.id) : undefined;
      if (name === undefined || entry.name === null || entry.name === name) continue;
      yield {
        at: { path: [...path, 'name'] },
        message: `${entry.id} is ${name}, not ${quoteText(entry.name)}`,
        help: 'Give the tactic the id and the name of the same one.',
        fix: { title: `Use ${name}`, replacement: JSON.stringify(name) },
      };
    }
  },
};

/** A reference to another page than the one of the id. */
export const threatReference: RuleLint = {
  scope: 'rule',
  code: 'EQL5208',
  *check({ rule }) {
    for (const { kind, entry, path } of threatsOf(rule).flatMap(({ entries }) => entries)) {
      const isAttack = ID_FORMS[kind].test(entry.id) && !entry.id.startsWith('AML');
      const wanted = attackReference(entry.id);
      if (!isAttack || entry.reference === null || entry.reference === wanted) continue;
      yield {
        at: { path: [...path, 'reference'] },
        message: `This is not the page of ${entry.id}`,
        help: `Its page is ${wanted}`,
        fix: { title: `Use ${wanted}`, replacement: JSON.stringify(wanted), safe: true },
      };
    }
  },
};
