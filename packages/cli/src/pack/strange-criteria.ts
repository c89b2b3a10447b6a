import { didYouMean } from '@eqlkit/language';
import { fitsCriteria, tacticSlug, type RuleCriteria } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import type { PackRule } from './load-pack.js';

/** Names by which rules are looked for, as the options give them. */
export interface SoughtNames {
  readonly tag?: readonly string[];
  readonly technique?: readonly string[];
  readonly tactic?: readonly string[];
  readonly platform?: readonly string[];
}

interface SoughtKind {
  readonly option: keyof SoughtNames;
  readonly criterion: keyof RuleCriteria;
  /** The names that rules of the pack have. */
  readonly namesOf: (rule: PackRule) => readonly string[];
}

const KINDS: readonly SoughtKind[] = [
  { option: 'tag', criterion: 'tags', namesOf: ({ rule }) => rule.tags },
  {
    option: 'technique',
    criterion: 'techniques',
    namesOf: ({ techniques }) => techniques.flatMap(({ id, name }) => [id, name ?? id]),
  },
  { option: 'tactic', criterion: 'tactics', namesOf: ({ tactics }) => tactics.map(tacticSlug) },
  { option: 'platform', criterion: 'platforms', namesOf: ({ platforms }) => platforms },
];

/** Up to so many names are all said where none is near. */
const FEW_NAMES = 15;

/** Remarks about what no rule at all has, whatever else is looked for: most likely it is misspelt. */
export function strangeCriteria(rules: readonly PackRule[], sought: SoughtNames): readonly string[] {
  return KINDS.flatMap(({ option, criterion, namesOf }) =>
    (sought[option] ?? [])
      .filter((value) => !rules.some((rule) => fitsCriteria(rule, rule.file, { [criterion]: [value] })))
      .map((value) => {
        const known = [...new Set(rules.flatMap(namesOf))].sort();
        const cure = didYouMean(value, known) ?? (known.length <= FEW_NAMES ? listNames(known) : null);
        return printableText(`no rule has the ${option} "${value}"${cure === null ? '' : `. ${cure}`}`);
      }),
  );
}

function listNames(names: readonly string[]): string | null {
  return names.length === 0 ? null : `There are: ${names.join(', ')}.`;
}
