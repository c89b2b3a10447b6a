import type { RuleSeverity } from '../model/rule-severity.js';
import { tacticSlug } from '../model/tactics.js';
import type { ThreatEntry } from '../model/threat.js';
import type { RuleProfile } from './rule-profile.js';

/** What rules are looked for. Of the values of one criterion one must fit, of the criteria all that are given. */
export interface RuleCriteria {
  /** Parts of tags. */
  readonly tags?: readonly string[];
  readonly severities?: readonly RuleSeverity[];
  /** Ids, which stand for their subtechniques too, or parts of names. */
  readonly techniques?: readonly string[];
  /** Ids or parts of names, which may be spelled as in file names: `command_and_control`. */
  readonly tactics?: readonly string[];
  readonly platforms?: readonly string[];
  /**
   * Words that all occur somewhere in the rule: in its id, name, description, tags, techniques, query or file. Words between
   * double quotes are one phrase.
   */
  readonly text?: string;
}

/** Whether a rule is one of those that are looked for; case does not count. */
export function fitsCriteria(profile: RuleProfile, file: string, criteria: RuleCriteria): boolean {
  const { rule, techniques, platforms } = profile;
  return (
    fits(criteria.tags, (tag) => rule.tags.some((own) => includes(own, tag))) &&
    fits(criteria.severities, (severity) => rule.severity === severity) &&
    fits(criteria.techniques, (wanted) =>
      techniques.some(({ id, name }) => isTechnique(id, wanted) || (name !== null && includes(name, wanted))),
    ) &&
    fits(criteria.tactics, (wanted) => rule.threat.some(({ tactic }) => tactic !== null && isTactic(tactic, wanted))) &&
    fits(criteria.platforms, (platform) => platforms.includes(platform.toLowerCase())) &&
    fits(
      criteria.text === undefined ? undefined : searchedParts(criteria.text),
      (word) => includes(searchText(profile, file), word),
      true,
    )
  );
}

/** The words and phrases of a search; a quote that is never closed goes on to the end. */
function searchedParts(text: string): readonly string[] {
  const parts = [...text.matchAll(/"([^"]*)"?|[^\s"]+/gu)].map(([word, phrase]) => phrase ?? word);
  return parts.filter((part) => part.trim() !== '');
}

function fits<T>(wanted: readonly T[] | undefined, holds: (one: T) => boolean, all = false): boolean {
  if (wanted === undefined || wanted.length === 0) return true;
  return all ? wanted.every(holds) : wanted.some(holds);
}

function includes(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

function isTactic({ id, name }: ThreatEntry, wanted: string): boolean {
  return id.toLowerCase() === wanted.toLowerCase() || (name !== null && tacticSlug(name).includes(tacticSlug(wanted)));
}

function isTechnique(id: string, wanted: string): boolean {
  const [own, asked] = [id.toUpperCase(), wanted.toUpperCase()];
  return own === asked || own.startsWith(`${asked}.`);
}

function searchText({ rule, techniques }: RuleProfile, file: string): string {
  const names = techniques.flatMap(({ id, name }) => [id, name ?? '']);
  return [rule.id, rule.name, rule.description ?? '', ...rule.tags, ...names, rule.query, file].join('\n');
}
