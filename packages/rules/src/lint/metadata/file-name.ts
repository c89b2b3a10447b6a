import { ATTACK_TACTICS, tacticSlug } from '../../model/tactics.js';
import type { ThreatEntry } from '../../model/threat.js';
import { quoteText } from '../../toml/quote-text.js';
import type { RuleLint } from '../lint.js';

/** A file that is not named after a tactic of its rule. */
export const fileName: RuleLint = {
  scope: 'rule',
  code: 'EQL5209',
  *check({ rule, file }) {
    const slugs = rule.threat.flatMap(({ tactic }) => (tactic === null ? [] : tacticNames(tactic).map(tacticSlug)));
    if (rule.format === 'minimal' || slugs.length === 0) return;
    const name = file.slice(file.lastIndexOf('/') + 1);
    const begins = slugs.some((slug) => name.startsWith(`${slug}_`));
    if (begins && /^[a-z0-9_.()]+\.toml$/u.test(name)) return;
    yield {
      at: { path: ['rule', 'name'] },
      message: begins
        ? `The file name ${quoteText(name)} has other characters than a to z, digits and _`
        : `The file name ${quoteText(name)} begins with no tactic of the rule`,
      help: `Name it ${slugs[0] ?? ''}_${tacticSlug(rule.name)}.toml or the like: <tactic>_<slug>.toml`,
    };
  },
};

/** The name that its id stands for, and the one that the rule gives it, which may be wrong (`EQL5207`). */
function tacticNames({ id, name }: ThreatEntry): readonly string[] {
  return [ATTACK_TACTICS.get(id) ?? [], name ?? []].flat();
}
