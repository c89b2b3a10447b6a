import { displayWidth, wrapToWidth } from './display-width.js';

/** Blanks between a term and its explanation. */
const GAP = 2;
const INDENT = 2;

/**
 * Draws terms with an explanation each, which goes on below itself. Where terms would leave it less than half of the columns,
 * it stands below its term. Neither holds colours; `decorate` may add some.
 */
export function drawTerms(
  terms: readonly (readonly [term: string, explanation: string])[],
  columns: number,
  decorate: (text: string, term: string, isTerm: boolean) => string = (text) => text,
): string {
  const width = Math.max(0, ...terms.map(([term]) => displayWidth(term)));
  const isBeside = 2 * (width + GAP) <= columns;
  const indent = ' '.repeat(isBeside ? width + GAP : INDENT);
  return terms
    .flatMap(([term, explanation]) => {
      const lines = explanation
        .split('\n')
        .flatMap((line) => wrapToWidth(line, columns - indent.length))
        .map((line) => decorate(line.trimEnd(), term, false));
      const below = lines.map((line) => indent + line);
      if (!isBeside) return [decorate(term, term, true), ...below];
      const padded = term + ' '.repeat(width - displayWidth(term));
      return [`${decorate(padded, term, true)}${' '.repeat(GAP)}${lines[0] ?? ''}`, ...below.slice(1)];
    })
    .join('\n');
}
