import type { ExplainedCondition } from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';
import { outColors } from '../output/colors.js';
import { hangingLines } from '../output/hanging-lines.js';
import { showJson } from '../output/show-json.js';
import { textColumns } from '../output/terminal-width.js';

/** Longest condition that is shown whole. */
const SHOWN_LENGTH = 160;

/**
 * Draws a condition as a tree: `✓` holds, `✗` does not, `?` does not because a field is missing, and what decided stands out. A leaf shows the values that it
 * saw; the only one that decided is named.
 */
export function renderCondition(condition: ExplainedCondition, indent: string): readonly string[] {
  const deciding = decisiveLeaves(condition);
  return draw(condition, indent, deciding.length === 1 ? deciding[0] : undefined);
}

function draw(
  condition: ExplainedCondition,
  indent: string,
  decider: ExplainedCondition | undefined,
): readonly string[] {
  const { kind, holds, lacksField, decisive, parts } = condition;
  const mark = holds ? outColors.green('✓') : lacksField ? outColors.yellow('?') : outColors.red('✗');
  const text = kind === 'leaf' ? printableText(condition.text, SHOWN_LENGTH) : wordOf(condition);
  const shown = decisive ? outColors.bold(text) : outColors.dim(text);
  const line = `${mark} ${shown}${values(condition)}${condition === decider ? '   ← decides' : ''}`;
  return [...hangingLines(line, indent, textColumns()), ...parts.flatMap((part) => draw(part, `${indent}  `, decider))];
}

function decisiveLeaves(condition: ExplainedCondition): readonly ExplainedCondition[] {
  if (!condition.decisive) return [];
  return condition.kind === 'leaf' ? [condition] : condition.parts.flatMap(decisiveLeaves);
}

function wordOf({ kind, holds }: ExplainedCondition): string {
  switch (kind) {
    case 'and':
      return holds ? 'all of' : 'not all of';
    case 'or':
      return holds ? 'one of' : 'none of';
    case 'not':
      return 'not';
    case 'leaf':
      return '';
  }
}

function values({ fields }: ExplainedCondition): string {
  if (fields.length === 0) return '';
  const shown = fields.map(
    ({ field, value }) =>
      `${printableText(field)} ${value === undefined || value === null ? 'is missing' : `= ${showJson(value)}`}`,
  );
  return `   ${outColors.cyan(shown.join(', '))}`;
}
