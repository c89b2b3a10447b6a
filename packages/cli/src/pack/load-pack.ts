import { profileRule, type Pack, type RuleProfile } from '@eqlkit/rules';
import type { LoadedPack, LoadedRule } from '@eqlkit/rules/node';
import { sayDiagnostics } from '../output/diagnostics.js';
import { loadRuleInput } from '../rule-input.js';

/** A rule of a pack with what it says about itself. */
export interface PackRule extends RuleProfile {
  readonly file: string;
  readonly text: string;
  readonly disabled: boolean;
  /** `null` if no `pack.toml` holds for it. */
  readonly pack: Pack | null;
}

/** What the `eql pack` commands look at. */
export interface PackContents {
  readonly rules: readonly PackRule[];
  readonly packs: readonly LoadedPack[];
  /** Files that hold no usable rule or `pack.toml`. */
  readonly brokenFiles: number;
}

/** Loads the rules of packs, and says on standard error what is wrong with files; `null` if an input names nothing. */
export async function loadPack(inputs: readonly string[]): Promise<PackContents | null> {
  const loaded = await loadRuleInput(inputs);
  if (loaded === null) return null;
  const { rules, packs, failures } = loaded;
  for (const { diagnostics, file, text } of failures) sayDiagnostics(diagnostics, file, text);
  return { rules: rules.map(toPackRule), packs, brokenFiles: failures.length };
}

function toPackRule({ rule, file, text, disabled, pack }: LoadedRule): PackRule {
  return { ...profileRule(rule), file, text, disabled, pack };
}
