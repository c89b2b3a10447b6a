import {
  formatTimestamp,
  hasKeyValues,
  type ExplainedEvent,
  type ExplainedStage,
  type KeyStory,
  type QueryExplanation,
  type SequenceStep,
  type Timestamp,
} from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';
import { outColors } from '../output/colors.js';
import { outputColumns } from '../output/terminal-width.js';
import { countOf } from '../output/count-of.js';
import { showDuration } from '../output/duration.js';
import { renderTable } from '../output/fitted-table.js';
import { showJson } from '../output/show-json.js';
import { renderCondition } from './render-condition.js';

/** Columns of the widest table of conditions: longer ones wrap, so that they stay readable. */
const MAX_TALLY_WIDTH = 94;

/** What is shown of an explanation. */
export interface ExplanationView {
  /** How many matching and near events of each stage, and how many join keys, are shown. */
  readonly shown: number;
  /** Values of the one join key that is shown; undefined for those that came furthest. */
  readonly key: readonly string[] | undefined;
  /** The one event that is explained, from 1; undefined for all. */
  readonly event?: number | undefined;
  /** The longest time from the first to the last event; null for none. */
  readonly maxspanMs: number | null;
}

/** Draws an explanation for people. */
export function renderExplanation(explanation: QueryExplanation, view: ExplanationView): string {
  const { stages, until, keys, positives } = explanation;
  const sections = stages.map((stage, place) =>
    renderStage(stages.length === 1 && positives.length === 0 ? 'query' : `stage ${place + 1}`, stage, view),
  );
  if (explanation.shutOut > 0) sections.unshift(renderShutOut(explanation, view));
  if (until !== null) sections.push(renderStage('until', until, view));
  if (positives.length > 0) sections.push(renderKeys(explanation, keys, view));
  return `${sections.join('\n\n')}\n`;
}

function renderShutOut({ events, shutOut, stages }: QueryExplanation, { event }: ExplanationView): string {
  if (event !== undefined && stages.every(({ tally }) => tally.examined === 0)) {
    return `event ${event} cannot be of the rule's indices or systems, so it did not see it (--ignore-index shows it to it)`;
  }
  return (
    `${shutOut} of ${countOf(events, 'event')} cannot be of the rule's indices or systems, so it did not see them ` +
    '(--ignore-index shows them to it)'
  );
}

function renderStage(title: string, stage: ExplainedStage, view: ExplanationView): string {
  const { tally, query } = stage;
  const what = query.category === null || view.event !== undefined ? 'event' : `${printableText(query.category)} event`;
  const absent = stage.missing ? ' (must stay away)' : '';
  const runs = stage.runs > 1 ? ` with runs=${stage.runs}` : '';
  const head = `${outColors.bold(`${title}${absent}${runs}`)}: ${countOf(tally.examined, what)}, ${tally.held} fit`;
  const lines = [head];
  if (tally.examined > 0 && tally.conjuncts.length > 0) lines.push(renderTally(stage));
  for (const event of tally.matches.slice(0, view.shown)) lines.push(...renderEvent('fits', event));
  if (tally.held === 0) {
    for (const event of tally.nearest.slice(0, view.shown)) {
      lines.push(...renderEvent(`misses ${countOf(event.failed, 'condition')}`, event));
    }
  }
  return lines.join('\n');
}

/** How many events each condition keeps away, and how many it alone does. */
function renderTally({ tally }: ExplainedStage): string {
  const worst = Math.max(...tally.conjuncts.map(({ failedAlone }) => failedAlone));
  const kills = tally.conjuncts.map(
    ({ failed, failedAlone }) =>
      (tally.held === 0 && failed === tally.examined) || (failedAlone > 0 && failedAlone === worst),
  );
  return renderTable(
    ['condition', 'rejects', 'alone'],
    tally.conjuncts.map(({ text, failed, failedAlone }) => [printableText(text), String(failed), String(failedAlone)]),
    {
      width: Math.min(MAX_TALLY_WIDTH, outputColumns()),
      overflow: 'wrap',
      whole: [1, 2],
      right: [1, 2],
      paint: (line, row) => (kills[row] === true ? outColors.yellow(line) : line),
    },
  );
}

function renderEvent(label: string, { record, condition }: ExplainedEvent): string[] {
  const head = `  ${outColors.dim(`event ${record.arrival + 1} at ${formatTimestamp(record.timestamp)}`)} ${label}`;
  return [head, ...renderCondition(condition, '    ')];
}

function renderKeys(explanation: QueryExplanation, keys: readonly KeyStory[], view: ExplanationView): string {
  const { key: wanted } = view;
  const chosen =
    wanted === undefined ? keys.slice(0, view.shown) : keys.filter(({ key }) => hasKeyValues(key.values, wanted));
  const completed = keys.reduce((sum, story) => sum + story.completed, 0);
  const begun = keys.filter(({ furthest }) => furthest >= 0).length;
  const others = keys.length - begun;
  const lines = [
    `${outColors.bold('join keys')}: ${begun} began, ${countOf(completed, 'sequence')} completed` +
      (others > 0 ? `, ${others} had events of later stages only` : '') +
      (explanation.unfollowedKeys > 0 ? `, ${explanation.unfollowedKeys} more were not followed` : ''),
  ];
  if (wanted !== undefined && chosen.length === 0) {
    lines.push(`  no sequence began under ${wanted.map((value) => printableText(value)).join(', ')}`);
  }
  for (const story of chosen) lines.push(...renderStory(explanation, story, view));
  const more = keys.length - chosen.length;
  if (wanted === undefined && more > 0)
    lines.push(outColors.dim(`  … and ${countOf(more, 'join key')} more; --shown shows more, --key one`));
  return lines.join('\n');
}

function renderStory(explanation: QueryExplanation, story: KeyStory, { maxspanMs }: ExplanationView): string[] {
  const names = explanation.keyFields.map((field, place) => `${field} = ${showJson(story.key.values[place] ?? null)}`);
  const stages = explanation.positives.length;
  const reached = story.furthest < 0 ? 'never began' : `reached stage ${story.furthest + 1} of ${stages}`;
  const lines = [
    `  ${outColors.bold(names.length === 0 ? '(no join key)' : printableText(names.join(', ')))}: ${reached}, completed ${story.completed}`,
  ];
  for (const step of story.steps) lines.push(`    ${describeStep(step, story, maxspanMs)}`);
  if (story.droppedSteps > 0) lines.push(outColors.dim(`    … and ${countOf(story.droppedSteps, 'step')} more`));
  if (story.completed === 0 && story.nearest !== null) {
    const { stage, failed } = story.nearest;
    lines.push(
      ...renderEvent(`came next and misses stage ${stage + 1} by ${countOf(failed, 'condition')}`, story.nearest).map(
        (line) => `  ${line}`,
      ),
    );
  }
  return lines;
}

function describeStep(step: SequenceStep, story: KeyStory, maxspanMs: number | null): string {
  switch (step.kind) {
    case 'began':
      return `${at(step.record.timestamp)} began`;
    case 'advanced':
      return `${at(step.record.timestamp)} went on to stage ${step.stage + 1}`;
    case 'overwritten':
      return `${at(step.by.timestamp)} overwrote the sequence of ${formatTimestamp(step.start)} at stage ${step.stage + 1}`;
    case 'expired':
      return (
        `${at(endOfSpan(step.start, maxspanMs ?? 0))} the sequence that began at ${formatTimestamp(step.start)} expired: ` +
        `stage ${step.stage + 2} never came`
      );
    case 'cut':
      return `${at(step.by.timestamp)} ${outColors.yellow('until')} ended what was pending`;
    case 'unawaited': {
      const late = lateness(step, story, maxspanMs);
      return `${at(step.record.timestamp)} fits stage ${step.stage + 1}, but ${late ?? 'nothing waited for it'}`;
    }
    case 'waiting':
      return `${at(step.record.timestamp)} has all its events and waits for a missing event`;
    case 'refused':
      return `${at(step.record.timestamp)} has all its events, ${outColors.yellow('but one that must stay away was there')}`;
    case 'completed':
      return `${at(step.record.timestamp)} ${outColors.green('completed')}`;
  }
}

function endOfSpan({ ms, ns }: Timestamp, maxspanMs: number): Timestamp {
  return { ms: ms + maxspanMs, ns };
}

/** By how much an event came too late for the last sequence that expired one stage before. */
function lateness(
  step: SequenceStep & { kind: 'unawaited' },
  story: KeyStory,
  maxspanMs: number | null,
): string | null {
  const before = story.steps.slice(0, story.steps.indexOf(step));
  const expired = before.findLast((other) => other.kind === 'expired' && other.stage === step.stage - 1);
  if (expired?.kind !== 'expired' || maxspanMs === null) return null;
  const overMs = step.record.timestamp.ms - expired.start.ms - maxspanMs;
  return `it came ${showDuration(overMs)} after the span of the sequence begun at ${formatTimestamp(expired.start)}`;
}

function at(timestamp: Timestamp): string {
  return outColors.dim(formatTimestamp(timestamp));
}
