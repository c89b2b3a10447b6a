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
        const begins = pattern.value.startsWith('^');
        const ends = /(?:^|[^\\])(?:\\\\)*\$$/u.test(pattern.value);
        if (!begins && !ends) continue;
        const [first, last] = [begins ? '"^"' : '', ends ? '"$"' : ''].filter((text) => text !== '');
        yield {
          at: { query: pattern.span },
          message: `${last === undefined ? (first ?? '') : `${first ?? ''} and ${last}`} in a regular expression on a field ${last === undefined ? 'is a plain character' : 'are plain characters'}, not an anchor`,
          help: 'A regular expression always matches the whole value: leave it out, or write .* where anything may stand.',
        };
      }
    }
  },
};
