import { quoteText } from '../../toml/quote-text.js';
import type { PackLint, RuleFile } from '../lint.js';

/** A rule with the name of an earlier one. */
export const repeatedName: PackLint = {
  scope: 'pack',
  code: 'EQL5210',
  *check(files) {
    const firstWithName = new Map<string, RuleFile>();
    for (const file of files) {
      // A draft may lack its name.
      if (file.rule.name === '') continue;
      // The same name for different systems is a custom of behaviour rules.
      const key = `${[...file.rule.osList].sort().join(' ')} ${file.rule.name.toLowerCase()}`;
      const first = firstWithName.get(key);
      if (first === undefined) {
        firstWithName.set(key, file);
        continue;
      }
      const message = `${first.file} has a rule of the same name: ${quoteText(file.rule.name)}`;
      const help = 'Give each rule a name that tells it from the others.';
      yield { file, finding: { at: { path: ['rule', 'name'] }, message, help } };
    }
  },
};
