import {
  formatTimestamp,
  type EventMark,
  type ExplainedSequence,
  type GapEvent,
  type KeyStory,
  type SequenceStep,
  type Timestamp,
} from '@eqlkit/engine';
import { outColors } from '../output/colors.js';
import { countOf } from '../output/count-of.js';
import { showDuration } from '../output/duration.js';

type Unawaited = SequenceStep & { readonly kind: 'unawaited' };

/** What a step of a sequence means, in words. */
function describeStep(step: SequenceStep, story: KeyStory, sequence: ExplainedSequence): string {
  switch (step.kind) {
    case 'began':
      return `${at(step.event)} began`;
    case 'advanced':
      return `${at(step.event)} went on to ${nameStage(step.stage, sequence)}`;
    case 'spoiled':
      return `${faint(step.cause.seen)} ${nameGap(step.cause, sequence)} had come in between: ${outColors.yellow('it cannot match any more')}`;
    case 'overwritten':
      return `${at(step.event)} overwrote the sequence that event ${step.begun.arrival + 1} began at ${formatTimestamp(step.start)}, which waited for ${nameStage(step.stage + 1, sequence)}`;
    case 'expired':
      return `${faint(endOfSpan(step.start, sequence))} the sequence begun at ${formatTimestamp(step.start)} expired: ${nameStage(step.stage + 1, sequence)} never came`;
    case 'cut':
      return `${at(step.event)} fits ${outColors.yellow('until')} and ended the sequence begun at ${formatTimestamp(step.start)}, which waited for ${nameStage(step.stage + 1, sequence)}`;
    case 'unawaited':
      return `${at(step.event)} fits ${nameStage(step.stage, sequence)}, but ${lateness(step, story, sequence) ?? `no sequence waited for it`}`;
    case 'waiting':
      return `${at(step.event)} has all its events, and matches if ${nameAbsent(sequence.places.length, sequence)} stays away until ${formatTimestamp(endOfSpan(step.since, sequence))}`;
    case 'refused':
      return step.cause === null
        ? `  it has all its events, ${outColors.yellow('but one that must stay away was there')}`
        : `${faint(step.cause.seen)} ${nameGap(step.cause, sequence)} ${step.cause.gap === 0 ? 'had come before' : 'came'}: ${outColors.yellow('no match')} of the sequence begun at ${formatTimestamp(step.start)}`;
    case 'completed':
      return describeCompletion(step, sequence);
    case 'pending':
      return describePending(step, sequence);
  }
}

/** The steps of a story as lines; events of one stage in a row that no sequence waited for share one. */
export function describeSteps(story: KeyStory, sequence: ExplainedSequence): readonly string[] {
  const lines: string[] = [];
  let idle: Unawaited[] = [];
  const flush = (): void => {
    const [first] = idle;
    const last = idle.at(-1);
    if (first === undefined || last === undefined) return;
    lines.push(
      first === last
        ? describeStep(first, story, sequence)
        : `${at(first.event)} to ${last.event.arrival + 1}: ${countOf(idle.length, 'event')} fit ${nameStage(first.stage, sequence)}, but no sequence waited for them`,
    );
    idle = [];
  };
  for (const step of story.steps) {
    const isIdle = step.kind === 'unawaited' && lateness(step, story, sequence) === null;
    if (!isIdle || idle[0]?.stage !== step.stage) flush();
    if (isIdle) idle.push(step);
    else lines.push(describeStep(step, story, sequence));
  }
  flush();
  return lines;
}

function describeCompletion(step: SequenceStep & { kind: 'completed' }, sequence: ExplainedSequence): string {
  const { waited, event } = step;
  if (waited === null) return `${at(event)} ${outColors.green('completed')}`;
  const absent = nameAbsent(sequence.places.length, sequence);
  const end = endOfSpan(waited.since, sequence);
  return waited.untilEnd
    ? `  the events end before ${formatTimestamp(end)}, and ${absent} has stayed away so far: ${outColors.green('completed')}`
    : `${faint(end)} ${absent} stayed away: ${outColors.green('completed')}`;
}

function describePending(step: SequenceStep & { kind: 'pending' }, sequence: ExplainedSequence): string {
  const until =
    sequence.maxspanMs === null
      ? 'and no maxspan ends that'
      : `until ${formatTimestamp(endOfSpan(step.start, sequence))}`;
  return `  the events end while the sequence begun at ${formatTimestamp(step.start)} ${outColors.yellow('waits')} for ${nameStage(step.stage + 1, sequence)}, ${until}`;
}

/** A stage by the number of its bracketed query, which may stand for several runs. */
export function nameStage(place: number, { places }: ExplainedSequence): string {
  const found = places[place];
  if (found === undefined) return 'the end';
  const run = found.runs === 1 ? '' : ` (run ${found.run + 1} of ${found.runs})`;
  return `stage ${found.stage + 1}${run}`;
}

function nameGap({ gap }: GapEvent, sequence: ExplainedSequence): string {
  return `an event of ${nameAbsent(gap, sequence)}, which must stay away,`;
}

function nameAbsent(gap: number, { gaps }: ExplainedSequence): string {
  return (gaps[gap] ?? []).map((stage) => `stage ${stage + 1}`).join(' or ');
}

function endOfSpan({ ms, ns }: Timestamp, { maxspanMs }: ExplainedSequence): Timestamp {
  return { ms: ms + (maxspanMs ?? 0), ns };
}

/** By how much an event came too late for the last sequence that expired one stage before. */
function lateness(step: Unawaited, story: KeyStory, { maxspanMs }: ExplainedSequence): string | null {
  const before = story.steps.slice(0, story.steps.indexOf(step));
  const expired = before.findLast((other) => other.kind === 'expired' && other.stage === step.stage - 1);
  if (expired?.kind !== 'expired' || maxspanMs === null) return null;
  const overMs = step.event.timestamp.ms - expired.start.ms - maxspanMs;
  return `it came ${showDuration(overMs)} after the span of the sequence begun at ${formatTimestamp(expired.start)}`;
}

/** When it was, and which event, as `--event` counts them. */
function at({ arrival, timestamp }: EventMark): string {
  return outColors.dim(`${formatTimestamp(timestamp)} event ${arrival + 1}`);
}

function faint(timestamp: Timestamp): string {
  return outColors.dim(formatTimestamp(timestamp));
}
