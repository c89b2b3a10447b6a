import type { EventProblem } from '../decode/event-problem.js';
import type { FileRange, RangeReaderOptions } from './range-reader.js';

/** Lines that a worker is to look at. */
interface PackRequest {
  readonly kind: 'pack';
  /** See `LinePacker`. */
  readonly pack: SharedArrayBuffer;
  /** How many lines came before. */
  readonly ordinal: number;
}

/** A range that a worker is to read and to look at. */
interface RangeRequest {
  readonly kind: 'range';
  readonly range: FileRange;
  readonly reading: RangeReaderOptions;
  /** Gives all lines back, not only those of events with numbers. */
  readonly keepsAll: boolean;
}

export type SurveyRequest = PackRequest | RangeRequest;

/** What a worker has found out about lines. */
export interface LineSurvey<Findings> {
  /** For each line how many numbers its event got, and these; `NO_EVENT` for a line without an event. */
  readonly numbers: Int32Array;
  /** What is wrong with the lines, in the order in which that is found by reading them and then decoding them. */
  readonly problems: readonly EventProblem[];
  readonly findings: Findings;
  /** What a worker has read; null if it was given the lines. */
  readonly content: RangeContent | null;
}

/** The lines of a range, as far as they will be looked at again. */
export interface RangeContent {
  /** Timestamps by line: milliseconds since the epoch, and nanoseconds beyond, null if all are 0. */
  readonly ms: Float64Array<ArrayBuffer>;
  readonly ns: Uint32Array<ArrayBuffer> | null;
  /** The text of lines, one behind the other. */
  readonly text: Uint8Array<ArrayBuffer>;
  /** Where the text of each line ends and that of the next begins; of a line that is left out it is empty. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** As in `RangeLines`. */
  readonly isWhole: boolean;
}

/** Stands for a line without an event. */
export const NO_EVENT = -1;

const NO_NUMBERS: readonly number[] = [];

/** So many of the numbers of a survey, from a place on. */
export function listNumbers(numbers: Int32Array, start: number, count: number): readonly number[] {
  if (count === 0) return NO_NUMBERS;
  const list: number[] = [];
  for (let at = start; at < start + count; at += 1) list.push(numbers[at] ?? 0);
  return list;
}

/** What a worker says once it is able to answer, before its first answer. */
export const READY = 'ready';
