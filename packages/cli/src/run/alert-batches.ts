import type { Alert, RuleEngine } from '@eqlkit/rules';
import { scannedEvents, surveyedEvents, type EventProblem } from '@eqlkit/stream';
import type { EventInput } from '../event-input.js';
import type { RuleWorkers } from './rule-workers.js';

/** Events that come together. */
interface AlertBatch {
  /** Bytes that were read for them, as stored. */
  readonly bytesRead: number;
  /** Runs the rules over the events and shows what each gave; to be called once. Gives the number of events. */
  run(show: (alerts: readonly Alert[]) => void): number;
}

/** Runs rules over events in order, on this thread or with workers, which gives the same. */
export function alertBatches(
  engine: RuleEngine,
  input: EventInput,
  workers: RuleWorkers | null,
  onProblem: (problem: EventProblem) => void,
): AsyncGenerator<AlertBatch> {
  return workers === null ? runAlone(engine, input, onProblem) : runWithWorkers(engine, input, workers, onProblem);
}

async function* runAlone(
  engine: RuleEngine,
  { sources, reading }: EventInput,
  onProblem: (problem: EventProblem) => void,
): AsyncGenerator<AlertBatch> {
  const { fieldPaths } = engine;
  for await (const batch of scannedEvents(sources, { ...reading, fieldPaths, onProblem })) {
    yield {
      bytesRead: batch.bytesRead,
      run: (show) => {
        let events = 0;
        batch.visit((event, timestamp, ordinal) => {
          events += 1;
          show(engine.process(event, timestamp, { ordinal }));
        });
        return events;
      },
    };
  }
}

async function* runWithWorkers(
  engine: RuleEngine,
  { sources, reading }: EventInput,
  workers: RuleWorkers,
  onProblem: (problem: EventProblem) => void,
): AsyncGenerator<AlertBatch> {
  const { fieldPaths } = engine;
  const batches = surveyedEvents(sources, {
    ...reading,
    fieldPaths,
    onProblem,
    workers,
    looksAtAll: engine.looksAtAll,
    onFindings: (findings) => {
      engine.addFindings(findings);
    },
  });
  for await (const batch of batches) {
    yield {
      bytesRead: batch.bytesRead,
      run: (show) => {
        let events = 0;
        batch.visit((event, timestamp, ordinal, survey) => {
          events += 1;
          show(engine.process(event, timestamp, survey === null ? { ordinal } : { survey, ordinal }));
        });
        return events;
      },
    };
  }
}
