import type { EventProblem } from '../decode/event-problem.js';

/** Lines that a worker is to look at. */
export interface SurveyRequest {
  /** See `LinePacker`. */
  readonly pack: SharedArrayBuffer;
  /** How many lines came before. */
  readonly ordinal: number;
}

/** What a worker has found out about the lines of a pack. */
export interface LineSurvey<Findings> {
  /** For each line how many numbers its event got, and these; `NO_EVENT` for a line without an event. */
  readonly numbers: Int32Array;
  /** What is wrong with the lines, in their order. */
  readonly problems: readonly EventProblem[];
  readonly findings: Findings;
}

/** Stands for a line without an event. */
export const NO_EVENT = -1;
