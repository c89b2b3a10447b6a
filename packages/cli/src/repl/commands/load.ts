import { orderedEvents, resolveEventSources } from '@eqlkit/stream';
import { countOf } from '../../output/count-of.js';
import { EventProblems } from '../../output/event-problems.js';
import { startProgress } from '../../output/progress.js';
import { splitWords, type ReplCommand } from '../repl-command.js';
import type { ReplIo } from '../repl-io.js';
import type { ReplSession } from '../repl-session.js';

/** Loads events beside those that are there. Gives false if an input cannot be read. */
export async function loadEvents(inputs: readonly string[], session: ReplSession, io: ReplIo): Promise<boolean> {
  const resolved = await resolveEventSources(inputs, { cwd: process.cwd() });
  for (const { message } of resolved.problems) io.fail(message);
  if (resolved.problems.length > 0) return false;
  const problems = new EventProblems();
  const progress = startProgress(resolved.sources);
  const before = session.store.size;
  for await (const batch of orderedEvents(resolved.sources, {
    undated: 'first',
    onProblem: (problem) => {
      // An event without a category is no less an event here.
      if (problem.kind !== 'missing-category') problems.add(problem);
    },
  })) {
    for (const record of batch.records) session.store.add(record);
    progress.advance(batch.bytesRead, session.store.size - before);
    if (io.signal.aborted) break;
  }
  progress.stop();
  for (const line of problems.lines()) io.write(line);
  const megabytes = (session.store.sizeBytes / 1e6).toFixed(1);
  const cancelled = io.signal.aborted ? 'cancelled: ' : '';
  io.write(
    `${cancelled}${countOf(session.store.size - before, 'event')} loaded, ${countOf(session.store.size, 'event')} in all (${megabytes} MB)`,
  );
  return !problems.unreadable;
}

/** `.load`: events from files. */
export const loadCommand: ReplCommand = {
  name: 'load',
  usage: '<files, folders or globs>',
  summary: 'load events beside those that are there',
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
  run: (_argument, session, io) => {
    const { size } = session.store;
    session.store.clear();
    session.last = null;
    io.write(`${countOf(size, 'event')} forgotten`);
  },
};
