import type { QueryLint } from '../lint.js';

/** `^` at the beginning or `$` at the end of a regular expression on a field, where they are plain characters. */
export const regexAnchor: QueryLint = {
  scope: 'query',
  code: 'EQL5018',
  *check({ query, expressions }) {
    if (query.dialect.name === 'endgame') return;
    for (const node of expressions) {
      if (node.kind !== 'pattern' || (node.operator !== 'regex' && node.operator !== 'regex~')) continue;
      if (node.operand.kind !== 'field' && node.operand.kind !== 'variable') continue;
      for (const pattern of node.patterns) {
        if (pattern.kind !== 'string-literal') continue;
        const anchors = anchorsOf(pattern.value);
        if (anchors.length === 0) continue;
        const [shown, what] = [
          anchors.map((anchor) => `"${anchor}"`).join(' and '),
          anchors.length === 1 ? 'is a plain character, not an anchor' : 'are plain characters, not anchors',
        ];
        yield {
          at: { query: pattern.span },
          message: `${shown} in a regular expression on a field ${what}`,
          help: 'A regular expression always matches the whole value: leave it out, or write .* where anything may stand.',
        };
      }
    }
  },
};

/** The anchors at the ends of a regular expression, as other flavours read it. */
export function anchorsOf(regex: string): readonly string[] {
  return [
    ...(regex.startsWith('^') ? ['^'] : []),
    // A backslash before it, unless that is escaped itself, makes it a plain character everywhere.
    ...(/(?:^|[^\\])(?:\\\\)*\$$/u.test(regex) ? ['$'] : []),
  ];
}
