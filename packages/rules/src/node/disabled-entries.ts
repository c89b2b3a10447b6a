import micromatch from 'micromatch';
import type { Rule } from '../model/rule.js';

/** Looks for the entries of a pack's `disabled` that name a rule: by its id, its name or its place below the pack's folder. */
export interface DisabledEntries {
  /** @param place - Path below the pack's folder, with `/` between folders. */
  readonly naming: (rule: Rule, place: string) => readonly string[];
}

/** What only globs have. */
const GLOB_SIGN = /[*?[{]/u;

/**
 * What becomes an operator of the regular expression behind a glob, with which a stranger could write one that takes for
 * ever, or turns a glob into its opposite.
 */
const NOT_IN_GLOBS = /[()|+\\]|^!/u;

/** Longest glob, in UTF-16 units; no path of a pack needs more. */
const MAX_GLOB_LENGTH = 1000;

/** Makes entries ready to be asked about thousands of rules. An entry that is no glob names one rule by its text. */
export function compileDisabledEntries(entries: readonly string[]): DisabledEntries {
  const texts = new Set(entries);
  const globs = [...texts].filter(isGlob).map((entry) => ({
    entry,
    matches: micromatch.matcher(entry, { noextglob: true }),
  }));
  return {
    naming: (rule, place) => {
      const named = [rule.id, rule.name, place].filter((text) => texts.has(text));
      return [...named, ...globs.filter(({ matches }) => matches(place)).map(({ entry }) => entry)];
    },
  };
}

function isGlob(entry: string): boolean {
  return GLOB_SIGN.test(entry) && !NOT_IN_GLOBS.test(entry) && entry.length <= MAX_GLOB_LENGTH;
}
