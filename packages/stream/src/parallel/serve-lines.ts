import type { JsonObject, LazyEvent } from '@eqlkit/engine';
import type { MessagePort } from 'node:worker_threads';
import type { EventProblem } from '../decode/event-problem.js';
import { LineReader, type LineReaderOptions } from '../scan/line-reader.js';
import type { EventSource } from '../sources/event-source.js';
import { unpackLines } from './line-pack.js';
import { NO_EVENT, type LineSurvey, type SurveyRequest } from './line-survey.js';

/** What a worker does with events. */
export interface EventSurveyor<Findings> {
  /** Finds numbers for an event, which is valid until this returns. `ordinal` is the place of its line in the order. */
  survey(event: JsonObject | LazyEvent, ordinal: number): readonly number[];
  /** What was found beside the numbers since this was last called. It must be data that can be sent between threads. */
  takeFindings(): Findings;
}

/** The worker's side of `surveyedEvents`: looks at the lines that come through the port until it is closed. */
export function serveLines<Findings>(
  port: MessagePort,
  sources: readonly EventSource[],
  options: Omit<LineReaderOptions, 'onProblem'>,
  surveyor: EventSurveyor<Findings>,
): void {
  let problems: EventProblem[] = [];
  const reader = new LineReader(sources, { ...options, onProblem: (problem) => problems.push(problem) });
  port.on('message', ({ pack, ordinal }: SurveyRequest) => {
    const numbers: number[] = [];
    unpackLines(pack).forEach((line, index) => {
      const event = reader.read(line);
      if (event === null) {
        numbers.push(NO_EVENT);
        return;
      }
      const found = surveyor.survey(event, ordinal + index);
      numbers.push(found.length);
      for (const number of found) numbers.push(number);
    });
    const survey: LineSurvey<Findings> = {
      numbers: Int32Array.from(numbers),
      problems,
      findings: surveyor.takeFindings(),
    };
    problems = [];
    port.postMessage(survey);
  });
}
