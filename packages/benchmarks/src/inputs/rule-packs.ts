import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isEqlRule, type Rule } from '@eqlkit/rules';
import { loadRules } from '@eqlkit/rules/node';
import { createSyntheticRules } from './synthetic-rules.js';
import { varyQuery } from './vary-query.js';

/** A set of rules that is measured. */
export interface Pack {
  readonly name: string;
  /** Files and folders, as `eql run` takes them. */
  readonly paths: readonly string[];
  /** Most times the floor that a run of the pack may take; absent where no target speaks of it. */
  readonly limit?: number;
}

const SEED = 1;

/** Writes the pack that needs nobody else's rules: the shipped ones and synthetic ones. */
export async function writeOwnPack(root: string, folder: string, syntheticCount: number): Promise<Pack> {
  const rulesFolder = join(folder, 'synthetic-rules');
  await mkdir(rulesFolder);
  for (const { name, query } of createSyntheticRules(syntheticCount, SEED)) {
    const text = `[rule]\nname = "${name}"\nquery = '''\n${query}\n'''\n`;
    await writeFile(join(rulesFolder, `${name.toLowerCase().replaceAll(' ', '-')}.toml`), text);
  }
  return { name: 'own', paths: [join(root, 'rules'), rulesFolder], limit: 1.5 };
}

/** Loads the EQL rules of a pack. Throws if there are none. */
export async function loadPack({ name, paths }: Pack): Promise<Rule[]> {
  const { rules } = await loadRules(paths, { cwd: process.cwd() });
  const runnable = rules.map(({ rule }) => rule).filter(isEqlRule);
  if (runnable.length === 0) throw new Error(`the pack ${name} has no EQL rules`);
  return runnable;
}

/** As many rules as asked for: those given, and then variants of them under ids of their own. */
export function multiplyRules(rules: readonly Rule[], count: number): Rule[] {
  return Array.from({ length: count }, (_, index) => {
    const rule = rules[index % rules.length];
    if (rule === undefined) throw new Error('no rules to multiply');
    const generation = Math.floor(index / rules.length);
    if (generation === 0) return rule;
    return { ...rule, id: `${rule.id}-${generation}`, query: varyQuery(rule.query, rule.dialect, `q${generation}q`) };
  });
}
