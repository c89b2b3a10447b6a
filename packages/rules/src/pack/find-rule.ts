import { suggestName } from '@eqlkit/language';
import type { Rule } from '../model/rule.js';

/** A rule and where it comes from, as far as looking for it goes. */
export interface NamedRule {
  readonly rule: Rule;
  readonly file: string;
}

/** What looking for a rule brings. */
export type FoundRule<T extends NamedRule> =
  | { readonly kind: 'one'; readonly rule: T }
  | { readonly kind: 'several'; readonly rules: readonly T[] }
  /** The rules that may have been meant, the likeliest first. */
  | { readonly kind: 'none'; readonly near: readonly T[] };

/** Most rules that are offered in place of one that is not there. */
const MOST_OFFERED = 5;

/** Shortest beginning of an id that stands for it. */
const LEAST_ID_PART = 4;

/**
 * Finds the rule that a person means: by its file, its id, its name, the name of its file; or by a part of these, if
 * that is clear. Case does not count.
 */
export function findRule<T extends NamedRule>(rules: readonly T[], wanted: string): FoundRule<T> {
  const text = wanted.trim().toLowerCase();
  if (text === '') return { kind: 'none', near: [] };
  for (const fits of WAYS) {
    const found = rules.filter((rule) => fits(rule, text));
    const [only, ...others] = found;
    if (only !== undefined)
      return others.length === 0 ? { kind: 'one', rule: only } : { kind: 'several', rules: found };
  }
  return { kind: 'none', near: nearestRules(rules, text) };
}

/** From what names a rule surely to what may name it. */
const WAYS: readonly ((rule: NamedRule, text: string) => boolean)[] = [
  ({ file }, text) => file.toLowerCase() === text.replace(/^(?:\.\/)+/u, ''),
  ({ rule }, text) => rule.id.toLowerCase() === text,
  ({ rule }, text) => rule.name.toLowerCase() === text,
  ({ file }, text) => baseName(file) === text || baseName(file) === `${text}.toml`,
  ({ rule }, text) => text.length >= LEAST_ID_PART && rule.id.toLowerCase().startsWith(text),
  ({ rule, file }, text) => rule.name.toLowerCase().includes(text) || file.toLowerCase().includes(text),
];

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).toLowerCase();
}

/** Rules whose names are spelled nearly like that, then those that share the most words with it. */
function nearestRules<T extends NamedRule>(rules: readonly T[], text: string): readonly T[] {
  const misspelt = suggestName(
    text,
    rules.flatMap(({ rule, file }) => [rule.id, rule.name, baseName(file)]),
  );
  const words = wordsOf(text);
  const scored = rules.map((named) => {
    const { rule, file } = named;
    if (misspelt !== undefined && [rule.id, rule.name, baseName(file)].includes(misspelt)) return { named, score: 100 };
    const own = wordsOf(`${rule.name} ${baseName(file)}`);
    return { named, score: [...words].filter((word) => own.has(word)).length };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_OFFERED)
    .map(({ named }) => named);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}
