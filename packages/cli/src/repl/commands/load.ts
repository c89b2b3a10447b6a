import { isUndated, storedEvents } from '@eqlkit/stream';
import { resolveEventInput, type EventInput } from '../../event-input.js';
import { countOf } from '../../output/count-of.js';
import { EventProblems } from '../../output/event-problems.js';
import { startProgress } from '../../output/progress.js';
import { timeStep } from '../../output/time-step.js';
import { completePath } from '../complete-path.js';
import { splitWords, type ReplCommand } from '../repl-command.js';
import type { ReplIo } from '../repl-io.js';
import type { ReplSession } from '../repl-session.js';

/** Loads events beside those that are there. Gives false if an input cannot be read. */
export async function loadEvents(inputs: readonly string[], session: ReplSession, io: ReplIo): Promise<boolean> {
  const resolved = await resolveEventInput(inputs, session.input);
  for (const { message } of resolved.problems) io.fail(message);
  if (resolved.problems.length > 0) return false;
  const problems = new EventProblems(resolved.misdeclared);
  const before = session.store.size;
  const undatedBefore = countUndated(session);
  const uncategorized = await timeStep('loading events', () => store(resolved, session, problems, io));
  for (const line of problems.lines()) io.write(line);
  const megabytes = (session.store.sizeBytes / 1e6).toFixed(1);
  const cancelled = io.signal.aborted ? 'cancelled: ' : '';
  io.note(
    `${cancelled}${countOf(session.store.size - before, 'event')} loaded, ${countOf(session.store.size, 'event')} in all (${megabytes} MB)`,
  );
  const lack = describeLack(uncategorized, countUndated(session) - undatedBefore, session);
  if (lack !== null) io.note(lack);
  // Who cancels wants to go on with what is there.
  return io.signal.aborted || !problems.unreadable;
}

/** How many events have no time: they come first. */
function countUndated({ store }: ReplSession): number {
  let undated = 0;
  for (const { timestamp } of store.scan([])) {
    if (!isUndated(timestamp)) break;
    undated += 1;
  }
  return undated;
}

/** Says what events without a category or a time mean, and what helps. */
function describeLack(uncategorized: number, undated: number, { fields }: ReplSession): string | null {
  const have = (events: number): string => `${countOf(events, 'event')} ${events === 1 ? 'has' : 'have'}`;
  const lacks = [
    ...(uncategorized > 0 ? [`${have(uncategorized)} no ${fields.categoryField}: only "any" finds them`] : []),
    ...(undated > 0 ? [`${have(undated)} no ${fields.timestampField}: sequences and rules leave them out`] : []),
  ];
  return lacks.length === 0 ? null : `${lacks.join('; ')} (--map can give them one)`;
}

/** Reads events into the store; gives how many have no category. */
async function store(
  { sources, reading }: EventInput,
  session: ReplSession,
  problems: EventProblems,
  io: ReplIo,
): Promise<number> {
  let uncategorized = 0;
  const progress = startProgress(sources);
  const before = session.store.size;
  for await (const bytesRead of storedEvents(sources, session.store, {
    ...reading,
    ...session.fields,
    signal: io.signal,
    undated: 'first',
    onProblem: (problem) => {
      // An event without a category is no less an event here.
      if (problem.kind === 'missing-category') uncategorized += 1;
      else problems.add(problem);
    },
  })) {
    progress.advance(bytesRead, session.store.size - before);
    if (io.signal.aborted) break;
  }
  progress.stop();
  return uncategorized;
}

/** `.load`: events from files. */
export const loadCommand: ReplCommand = {
  name: 'load',
  usage: '<files, folders or globs>',
  summary: 'load events beside those that are there',
  completion: completePath,
  run: async (argument, session, io) => {
    const inputs = splitWords(argument);
    if (inputs.length === 0) io.fail('.load wants files, folders or globs, such as: .load logs/*.ndjson');
    else await loadEvents(inputs, session, io);
  },
};

/** `.unload`: forget all events. */
export const unloadCommand: ReplCommand = {
  name: 'unload',
  usage: '',
  summary: 'forget all events',
  run: (argument, session, io) => {
    if (argument !== '') {
      io.fail('.unload forgets all events and takes no name');
      return;
    }
    const { size } = session.store;
    session.store.clear();
    session.last = null;
    session.results = null;
    io.write(`${countOf(size, 'event')} forgotten`);
  },
};
