import { didYouMean } from '@eqlkit/language';
import { ATTACK_TACTICS } from '../../model/tactics.js';
import { quoteText } from '../../toml/quote-text.js';
import type { RuleLint } from '../lint.js';
import { threatsOf } from './threat-places.js';

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
        help: didYouMean(entry.name, [name]) ?? 'Give the tactic the id and the name of the same one.',
        fix: { title: `Use ${name}`, replacement: JSON.stringify(name) },
      };
    }
  },
};
