import type { JsonObject, LazyEvent } from '@eqlkit/engine';
import type { MessagePort } from 'node:worker_threads';
import type { EventProblem } from '../decode/event-problem.js';
import type { KeyedLine } from '../order/keyed-line.js';
import { LineReader, type LineReaderOptions } from '../scan/line-reader.js';
import type { EventSource } from '../sources/event-source.js';
import { unpackLines } from './line-pack.js';
import { NO_EVENT, READY, type LineSurvey, type RangeContent, type SurveyRequest } from './line-survey.js';
import { RangeReader, type RangeReaderOptions } from './range-reader.js';

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
  let ranges: RangeReader | null = null;
  const openRanges = (reading: RangeReaderOptions): RangeReader => (ranges ??= new RangeReader(sources, reading));

  const surveyLines = (lines: readonly KeyedLine[], ordinal: number): Int32Array => {
    const numbers: number[] = [];
    lines.forEach((line, index) => {
      const event = reader.read(line);
      if (event === null) {
        numbers.push(NO_EVENT);
        return;
      }
      const found = surveyor.survey(event, ordinal + index);
      numbers.push(found.length);
      for (const number of found) numbers.push(number);
    });
    return Int32Array.from(numbers);
  };

  const answer = (numbers: Int32Array, content: RangeContent | null): void => {
    const survey: LineSurvey<Findings> = { numbers, problems, findings: surveyor.takeFindings(), content };
    problems = [];
    if (content === null) port.postMessage(survey);
    else port.postMessage(survey, [content.ms.buffer, content.text.buffer, content.ends.buffer]);
  };

  port.on('message', (request: SurveyRequest) => {
    if (request.kind === 'pack') {
      answer(surveyLines(unpackLines(request.pack), request.ordinal), null);
      return;
    }
    const { range, reading, keepsAll } = request;
    const { lines, problems: found, isWhole } = openRanges(reading).read(range);
    problems = [...found];
    const numbers = surveyLines(lines, range.ordinal);
    answer(numbers, { ...keepLines(lines, numbers, keepsAll), isWhole });
  });
  port.postMessage(READY);
}

/** Copies times and texts of lines: of those with numbers, or of all. */
function keepLines(lines: readonly KeyedLine[], numbers: Int32Array, keepsAll: boolean): Omit<RangeContent, 'isWhole'> {
  const ms = new Float64Array(lines.length);
  const ends = new Uint32Array(lines.length);
  let ns: Uint32Array<ArrayBuffer> | null = null;
  let bytes = 0;
  let at = 0;
  lines.forEach(({ timestamp, sizeBytes }, index) => {
    ms[index] = timestamp.ms;
    if (timestamp.ns !== 0) (ns ??= new Uint32Array(lines.length))[index] = timestamp.ns;
    const count = Math.max(numbers[at] ?? NO_EVENT, 0);
    at += 1 + count;
    if (count > 0 || keepsAll) bytes += sizeBytes;
    ends[index] = bytes;
  });
  const text = new Uint8Array(bytes);
  lines.forEach((line, index) => {
    const start = index === 0 ? 0 : (ends[index - 1] ?? 0);
    if ((ends[index] ?? 0) > start) line.bytes.copy(text, start, line.start, line.end);
  });
  return { ms, ns, text, ends };
}
