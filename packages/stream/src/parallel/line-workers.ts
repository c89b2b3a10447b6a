import { Worker, type WorkerOptions } from 'node:worker_threads';
import { printableText } from '../decode/printable-text.js';
import { READY, type LineSurvey, type SurveyRequest } from './line-survey.js';
import { WorkerError } from './worker-error.js';

interface Waiting<Findings> {
  readonly resolve: (survey: LineSurvey<Findings>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * What a worker makes of events is forgotten at once: with more room for what is young, less of it is collected while it is
 * in use.
 */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 96 };

/** A worker with those who wait for what it was asked, the first first. */
interface Member<Findings> {
  readonly worker: Worker;
  readonly waiting: Waiting<Findings>[];
  isReady: boolean;
}

/** Threads that look at lines. They start at once, and end with `close` or with the process. */
export class LineWorkers<Findings> {
  private readonly members: readonly Member<Findings>[];
  private failure: WorkerError | null = null;
  private closing = false;

  /** Each thread runs a script that calls `serveLines`, and gets the data as its `workerData`; `options` say how. */
  constructor(script: URL, count: number, data: unknown, options: WorkerOptions = {}) {
    this.members = Array.from({ length: count }, () => {
      const worker = new Worker(script, { resourceLimits: RESOURCE_LIMITS, ...options, workerData: data });
      const member: Member<Findings> = { worker, waiting: [], isReady: false };
      worker.on('message', (message: LineSurvey<Findings> | typeof READY) => {
        if (message === READY) member.isReady = true;
        else member.waiting.shift()?.resolve(message);
      });
      worker.on('messageerror', (error) => this.fail(error));
      worker.on('error', (error) => this.fail(error));
      worker.on('exit', (code) => this.fail(`it left with code ${code}`));
      return member;
    });
  }

  get count(): number {
    return this.members.length;
  }

  /** Why there will be no more answers; null as long as there will be. */
  get error(): WorkerError | null {
    return this.failure;
  }

  /** How many threads are able to answer at once. Changes while the event loop runs. */
  get ready(): number {
    return this.members.reduce((sum, { isReady }) => sum + Number(isReady), 0);
  }

  /**
   * Has the worker with the least to do look at a pack or range, those first that are ready; a pack must not change meanwhile.
   * Rejects with a {@link WorkerError}.
   */
  survey(request: SurveyRequest): Promise<LineSurvey<Findings>> {
    const [first, ...others] = this.members;
    if (first === undefined) throw new Error('there are no workers');
    const idlest = others.reduce((best, one) => (compareMembers(one, best) < 0 ? one : best), first);
    const { promise, resolve, reject } = createPromise<LineSurvey<Findings>>();
    // Whoever waits for an earlier answer hears of a failure there.
    promise.catch(() => undefined);
    if (this.failure === null) {
      idlest.waiting.push({ resolve, reject });
      idlest.worker.postMessage(request);
    } else reject(this.failure);
    return promise;
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.members.map(({ worker }) => worker.terminate()));
  }

  private fail(reason: unknown): void {
    if (this.closing || this.failure !== null) return;
    const text = printableText(reason instanceof Error ? reason.message : String(reason), 500);
    this.failure = new WorkerError(`a worker thread ended early, so that results are missing: ${text}`, {
      cause: reason,
    });
    for (const { waiting } of this.members) for (const { reject } of waiting.splice(0)) reject(this.failure);
  }
}

/** Negative if `a` is to be asked before `b`. */
function compareMembers<Findings>(a: Member<Findings>, b: Member<Findings>): number {
  return Number(b.isReady) - Number(a.isReady) || a.waiting.length - b.waiting.length;
}

function createPromise<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
