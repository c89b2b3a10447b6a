import micromatch from 'micromatch';
import type { IndexKnowledge } from './event-origin.js';
import { STREAM_TYPES } from './event-origin.js';
import { countStars, MAX_GLOB_STARS } from './glob-cost.js';

/** Whether an event can lie in one of the indices that a rule looks at. */
export type IndexTest = (knowledge: IndexKnowledge) => boolean;

/** A name may begin with a dot. */
const GLOB_OPTIONS = { dot: true } as const;

interface Pattern {
  readonly excludes: boolean;
  /** Whether it matches a whole name. */
  readonly matches: (name: string) => boolean;
  /** Whether it matches some name that begins like this. */
  readonly canContinue: (beginning: string) => boolean;
  /** Whether it speaks of data streams: it begins with one of their types. */
  readonly ofStreams: boolean;
}

/**
 * Compiles a rule's `index`. Its entries are read in their order, as Elasticsearch does: names with `*` for any text, several
 * between commas, `-` in front of what is taken out again, a remote cluster and a colon in front, which say nothing here.
 *
 * Returns `null` if the rule can see every event: it names no index, or one whose pattern cannot be judged (date math,
 * characters that no index name has, or more stars than are safe to match).
 */
export function compileIndexPatterns(index: readonly string[]): IndexTest | null {
  const texts = index
    .flatMap((entry) => entry.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (texts.length === 0 || texts.some(cannotBeJudged)) return null;
  const patterns = texts.map(compilePattern);
  return (knowledge) => canLieIn(patterns, knowledge);
}

/** What globs would take for more than text, so that an index pattern from a stranger must not have it. */
const GLOB_SYNTAX = /[()[\]{}|!?+@\\/]/u;

function cannotBeJudged(text: string): boolean {
  return text.startsWith('<') || GLOB_SYNTAX.test(text) || countStars(text) > MAX_GLOB_STARS;
}

function canLieIn(patterns: readonly Pattern[], knowledge: IndexKnowledge): boolean {
  switch (knowledge.kind) {
    case 'name': {
      let lies = false;
      for (const { excludes, matches } of patterns) if (matches(knowledge.name)) lies = !excludes;
      return lies;
    }
    case 'beginnings':
      // A name that is not wholly known may always be one that is not taken out.
      return patterns.some(
        ({ excludes, ofStreams, canContinue }) =>
          !excludes && ((!ofStreams && !knowledge.streamsOnly) || knowledge.beginnings.some(canContinue)),
      );
  }
}

function compilePattern(text: string): Pattern {
  const excludes = text.startsWith('-');
  const local = (excludes ? text.slice(1) : text).replace(/^[^:]*:/u, '');
  // The indices behind a data stream are called `.ds-`, its name, and a number.
  const behindStream = local.startsWith('.ds-');
  const pattern = behindStream ? local.slice('.ds-'.length) : local;
  const canContinue = compileBeginnings(pattern);
  return {
    excludes,
    matches: behindStream ? (name) => canContinue(`${name}-`) : micromatch.matcher(pattern, GLOB_OPTIONS),
    canContinue,
    ofStreams: STREAM_TYPES.some((type) => pattern.startsWith(`${type}-`)),
  };
}

/** Some name with a beginning matches a pattern if the beginning matches a beginning of the pattern. */
function compileBeginnings(pattern: string): (beginning: string) => boolean {
  let matchers: readonly ((beginning: string) => boolean)[] | null = null;
  return (beginning) => {
    matchers ??= Array.from({ length: pattern.length }, (_, last) =>
      micromatch.matcher(pattern.slice(0, last + 1), GLOB_OPTIONS),
    );
    return matchers.some((matches) => matches(beginning));
  };
}
