import { isEqlRule, ruleKind } from '@eqlkit/rules';
import { loadRules, type LoadedRule, type LoadedRules } from '@eqlkit/rules/node';
import { printableText } from '@eqlkit/stream';
import { countOf } from './output/count-of.js';
import { sayDetail, sayError } from './output/messages.js';
import { timeStep } from './output/time-step.js';

/**
 * Loads the rules that a command names, and says with --verbose what came of each file. An input that names nothing is
 * an error, which is said; the result is then `null`. What is wrong with files is left to the caller.
 */
export async function loadRuleInput(inputs: readonly string[]): Promise<LoadedRules | null> {
  const loaded = await timeStep('loading rules', () => loadRules(inputs, { cwd: process.cwd() }));
  for (const { message } of loaded.problems) sayError(message);
  if (loaded.problems.length > 0) return null;
  for (const { file, pack } of loaded.packs) {
    sayDetail(`pack ${printableText(file)}: ${printableText(pack.name)}`);
  }
  for (const rule of loaded.rules) sayDetail(describeRule(rule));
  for (const { kind, file } of loaded.failures) sayDetail(`${kind} ${printableText(file)}: left out, it has errors`);
  for (const { listId, items } of loaded.exceptionLists) {
    sayDetail(`exceptions ${printableText(listId)}: ${countOf(items.length, 'item')}`);
  }
  return loaded;
}

function describeRule({ rule, file, disabled }: LoadedRule): string {
  const left = disabled
    ? 'left out, disabled in pack.toml'
    : isEqlRule(rule)
      ? null
      : `left out, ${ruleKind(rule)} and not EQL`;
  return printableText(`rule ${file}: ${left ?? `loaded as ${JSON.stringify(rule.name)}`}`);
}
