import {
  formatTimestamp,
  hasKeyValues,
  type ExplainedEvent,
  type ExplainedSequence,
  type ExplainedStage,
  type KeyStory,
  type QueryExplanation,
} from '@eqlkit/engine';
import { isUndated, printableText } from '@eqlkit/stream';
import { outColors } from '../output/colors.js';
import { countOf } from '../output/count-of.js';
import { hangingLines } from '../output/hanging-lines.js';
import { showJson } from '../output/show-json.js';
import { textColumns } from '../output/terminal-width.js';
import { renderCondition } from './render-condition.js';
import { describeStep, nameStage } from './render-story.js';
import { renderTally } from './render-tally.js';

/** What is shown of an explanation. */
export interface ExplanationView {
  /** How many matching and near events of each stage, and how many join keys, are shown. */
  readonly shown: number;
  /** Values of the one join key that is shown; undefined for those that came furthest. */
  readonly key: readonly string[] | undefined;
  /** The one event that is explained, from 1; undefined for all. */
  readonly event?: number | undefined;
}

/** Draws an explanation for people. */
export function renderExplanation(explanation: QueryExplanation, view: ExplanationView): string {
  const { stages, until, sequence } = explanation;
  const sections = stages.map((stage, place) =>
    renderStage(stages.length === 1 && sequence === null ? 'query' : `stage ${place + 1}`, stage, view),
  );
  if (explanation.shutOut > 0) sections.unshift(line(describeShutOut(explanation, view)));
  if (until !== null) sections.push(renderStage('until', until, view));
  if (sequence !== null) sections.push(renderSequence(explanation, sequence, view));
  return `${sections.map((section) => section.join('\n')).join('\n\n')}\n`;
}

/** A text as one line, or several on a narrow terminal. */
function line(text: string, indent = ''): readonly string[] {
  return hangingLines(text, indent, textColumns());
}

function describeShutOut({ events, shutOut, stages }: QueryExplanation, { event }: ExplanationView): string {
  if (event !== undefined && stages.every(({ tally }) => tally.examined === 0)) {
    return `event ${event} cannot be of the rule's indices or systems, so it did not see it (--ignore-index shows it to it)`;
  }
  return (
    `${shutOut} of ${countOf(events, 'event')} cannot be of the rule's indices or systems, so it did not see them ` +
    '(--ignore-index shows them to it)'
  );
}

function renderStage(title: string, stage: ExplainedStage, view: ExplanationView): readonly string[] {
  const { tally, query } = stage;
  const what = query.category === null || view.event !== undefined ? 'event' : `${printableText(query.category)} event`;
  const absent = stage.missing ? ' (must stay away)' : '';
  const runs = stage.runs > 1 ? ` with runs=${stage.runs}` : '';
  const bound = stage.bound ? ' that came while a sequence waited for it' : '';
  const keyless = tally.withoutKey > 0 ? `, ${tally.withoutKey} of them without a join key` : '';
  const lines = [
    ...line(
      `${outColors.bold(`${title}${absent}${runs}`)}: ${countOf(tally.examined, what)}${bound}, ${tally.held} fit${keyless}`,
    ),
  ];
  if (tally.examined > 0 && tally.conjuncts.length > 0) lines.push(renderTally(tally));
  for (const event of tally.matches.slice(0, view.shown)) lines.push(...renderEvent('fits', event));
  if (tally.held === 0) {
    for (const event of tally.nearest.slice(0, view.shown)) {
      lines.push(...renderEvent(`misses ${countOf(event.failed, 'condition')}`, event));
    }
  }
  return lines;
}

function renderEvent(label: string, { event, condition }: ExplainedEvent, indent = '  '): readonly string[] {
  const head = `${outColors.dim(`event ${event.arrival + 1} ${isUndated(event.timestamp) ? 'without a time' : `at ${formatTimestamp(event.timestamp)}`}`)} ${label}`;
  return [...line(head, indent), ...renderCondition(condition, `${indent}  `)];
}

function renderSequence(
  { keyFields }: QueryExplanation,
  sequence: ExplainedSequence,
  view: ExplanationView,
): readonly string[] {
  const { key: wanted } = view;
  const { stories, completed, unfollowedKeys } = sequence;
  const chosen =
    wanted === undefined ? stories.slice(0, view.shown) : stories.filter(({ key }) => hasKeyValues(key.values, wanted));
  const begun = stories.filter(({ furthest }) => furthest >= 0).length;
  const others = stories.length - begun;
  const lines = [
    ...line(
      `${outColors.bold('join keys')}: ${begun} began, ${countOf(completed, 'sequence')} completed` +
        (others > 0 ? `, ${others} had events of later stages only` : '') +
        (unfollowedKeys > 0 ? `, ${unfollowedKeys} more were not followed` : ''),
    ),
  ];
  if (wanted !== undefined && chosen.length === 0) {
    lines.push(...line(`no sequence began under ${wanted.map((value) => printableText(value)).join(', ')}`, '  '));
  }
  for (const story of chosen) lines.push(...renderStory(keyFields, story, sequence));
  const more = stories.length - chosen.length;
  if (wanted === undefined && more > 0) {
    const rest = `… and ${countOf(more, 'join key')} more; --shown shows more, --key one`;
    lines.push(...line(outColors.dim(rest), '  '));
  }
  return lines;
}

function renderStory(keyFields: readonly string[], story: KeyStory, sequence: ExplainedSequence): readonly string[] {
  const names = keyFields.map((field, place) => `${field} = ${showJson(story.key.values[place] ?? null)}`);
  const title = names.length === 0 ? '(no join key)' : printableText(names.join(', '));
  const last = sequence.places.at(-1)?.stage ?? 0;
  const reached = story.furthest < 0 ? 'never began' : `reached ${nameStage(story.furthest, sequence)} of ${last + 1}`;
  const lines = [...line(`${outColors.bold(title)}: ${reached}, completed ${story.completed}`, '  ')];
  for (const step of story.steps) lines.push(...line(describeStep(step, story, sequence), '    '));
  if (story.droppedSteps > 0) {
    lines.push(...line(outColors.dim(`… and ${countOf(story.droppedSteps, 'step')} more`), '    '));
  }
  if (story.completed === 0 && story.nearest !== null) {
    const { stage, failed } = story.nearest;
    const label = `came next and misses ${nameStage(stage, sequence)} by ${countOf(failed, 'condition')}`;
    lines.push(...renderEvent(label, story.nearest, '    '));
  }
  return lines;
}
