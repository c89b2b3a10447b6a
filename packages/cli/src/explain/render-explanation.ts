import {
  formatTimestamp,
  hasKeyValues,
  type ExplainedCombination,
  type ExplainedEvent,
  type ExplainedPipe,
  type ExplainedSequence,
  type ExplainedStage,
  type KeyGathering,
  type KeyStory,
  type QueryExplanation,
  type StageTally,
} from '@eqlkit/engine';
import { isUndated, printableText } from '@eqlkit/stream';
import { outColors } from '../output/colors.js';
import { countOf } from '../output/count-of.js';
import { hangingLines } from '../output/hanging-lines.js';
import { showJson } from '../output/show-json.js';
import { textColumns } from '../output/terminal-width.js';
import { renderCondition } from './render-condition.js';
import { describeSteps, nameStage } from './render-story.js';
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
  const { stages, until, sequence, combination } = explanation;
  const sections = stages.map((stage, place) =>
    renderStage(
      stages.length === 1 && sequence === null && combination === null ? 'query' : `stage ${place + 1}`,
      stage,
      view,
    ),
  );
  if (explanation.shutOut > 0) sections.unshift(line(describeShutOut(explanation, view)));
  if (until !== null) sections.push(renderStage('until', until, view));
  if (sequence !== null) sections.push(renderSequence(explanation, sequence, view));
  if (combination !== null) sections.push(renderCombination(explanation, combination, view));
  for (const pipe of explanation.pipes) sections.push(renderPipe(pipe, view));
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
  return [
    ...line(
      `${outColors.bold(`${title}${absent}${runs}`)}: ${countOf(tally.examined, what)}${bound}, ${tally.held} fit${keyless}`,
    ),
    ...renderCounts(tally, view, 'event'),
  ];
}

/** What conditions made of events, or of the results that came to a pipe. */
function renderCounts(tally: StageTally, { shown }: ExplanationView, noun: 'event' | 'result'): readonly string[] {
  const lines: string[] = [];
  if (tally.examined > 0 && tally.conjuncts.length > 0) lines.push(renderTally(tally));
  for (const event of tally.matches.slice(0, shown)) lines.push(...renderEvent('fits', event, '  ', noun));
  if (tally.held > 0) return lines;
  for (const event of tally.nearest.slice(0, shown)) {
    lines.push(...renderEvent(`misses ${countOf(event.failed, 'condition')}`, event, '  ', noun));
  }
  return lines;
}

function renderPipe({ text, taken, passed, filter }: ExplainedPipe, view: ExplanationView): readonly string[] {
  const head = `${outColors.bold(printableText(text))}: ${countOf(taken, 'result')} came, ${passed} passed`;
  return [...line(head), ...(filter === null ? [] : renderCounts(filter, view, 'result'))];
}

function renderEvent(
  label: string,
  { event: { arrival, timestamp }, condition }: ExplainedEvent,
  indent: string,
  noun: 'event' | 'result' = 'event',
): readonly string[] {
  const when = isUndated(timestamp) ? 'without a time' : `at ${formatTimestamp(timestamp)}`;
  const head = `${outColors.dim(`${noun} ${arrival + 1} ${when}`)} ${label}`;
  return [...line(head, indent), ...renderCondition(condition, `${indent}  `)];
}

function renderSequence(
  { keyFields }: QueryExplanation,
  sequence: ExplainedSequence,
  view: ExplanationView,
): readonly string[] {
  const { stories, completed, unfollowedKeys } = sequence;
  const begun = stories.filter(({ furthest }) => furthest >= 0).length;
  const others = stories.length - begun;
  const lines = [
    ...line(
      `${outColors.bold('join keys')}: ${begun} began, ${countOf(completed, 'sequence')} completed` +
        (others > 0 ? `, ${others} had events of later stages only` : '') +
        (unfollowedKeys > 0 ? `, ${unfollowedKeys} more were not followed` : ''),
    ),
  ];
  return [...lines, ...renderChosen(stories, view, (story) => renderStory(keyFields, story, sequence))];
}

function renderCombination(
  { keyFields, stages }: QueryExplanation,
  { kind, gatherings, completed, unfollowedKeys }: ExplainedCombination,
  view: ExplanationView,
): readonly string[] {
  const head =
    `${outColors.bold('join keys')}: ${gatherings.length} with events of a stage, ${countOf(completed, kind)} completed` +
    (unfollowedKeys > 0 ? `, ${unfollowedKeys} more were not followed` : '');
  return [
    ...line(head),
    ...renderChosen(gatherings, view, (gathering) => renderGathering(keyFields, gathering, kind, stages.length)),
  ];
}

/** Draws the one join key that is wanted, or the first ones. */
function renderChosen<Story extends { readonly key: KeyStory['key'] }>(
  stories: readonly Story[],
  { key: wanted, shown }: ExplanationView,
  draw: (story: Story) => readonly string[],
): readonly string[] {
  if (wanted !== undefined) {
    const chosen = stories.filter(({ key }) => hasKeyValues(key.values, wanted));
    if (chosen.length > 0) return chosen.flatMap(draw);
    return line(`nothing happened under ${wanted.map((value) => printableText(value)).join(', ')}`, '  ');
  }
  const more = stories.length - Math.min(stories.length, shown);
  const rest = `… and ${countOf(more, 'join key')} more; --shown shows more, --key one`;
  return [...stories.slice(0, shown).flatMap(draw), ...(more > 0 ? line(outColors.dim(rest), '  ') : [])];
}

function renderGathering(
  keyFields: readonly string[],
  gathering: KeyGathering,
  kind: 'join' | 'sample',
  stages: number,
): readonly string[] {
  const { completed, cut, lacking, seen } = gathering;
  const names = lacking.map((stage) => `stage ${stage + 1}`).join(', ');
  const missing =
    lacking.length > 0 ? `lacks ${names}` : kind === 'sample' ? 'its stages share events, and each needs its own' : '';
  const outcome = [
    `completed ${completed}`,
    ...(completed === 0 && missing !== '' ? [outColors.yellow(missing)] : []),
    ...(cut > 0 ? [`cleared by ${outColors.yellow('until')} ${countOf(cut, 'time')}`] : []),
  ];
  return [
    ...line(`${outColors.bold(nameKey(keyFields, gathering.key))}: ${outcome.join(', ')}`, '  '),
    ...Array.from({ length: stages }, (_, stage) =>
      line(`stage ${stage + 1}: ${countOf(seen[stage] ?? 0, 'event')}`, '    '),
    ).flat(),
  ];
}

function nameKey(keyFields: readonly string[], { values }: KeyStory['key']): string {
  const names = keyFields.map((field, place) => {
    const value = values[place] ?? null;
    return value === null ? `${field} is missing` : `${field} = ${showJson(value)}`;
  });
  return names.length === 0 ? '(no join key)' : printableText(names.join(', '));
}

function renderStory(keyFields: readonly string[], story: KeyStory, sequence: ExplainedSequence): readonly string[] {
  const last = sequence.places.at(-1)?.stage ?? 0;
  const reached = story.furthest < 0 ? 'never began' : `reached ${nameStage(story.furthest, sequence)} of ${last + 1}`;
  const lines = [
    ...line(`${outColors.bold(nameKey(keyFields, story.key))}: ${reached}, completed ${story.completed}`, '  '),
  ];
  for (const step of describeSteps(story, sequence)) lines.push(...line(step, '    '));
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
