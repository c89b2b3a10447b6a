import { Worker } from 'node:worker_threads';
import { printableText } from '../decode/printable-text.js';
import type { LineSurvey, SurveyRequest } from './line-survey.js';
import { WorkerError } from './worker-error.js';

interface Waiting<Findings> {
  readonly resolve: (survey: LineSurvey<Findings>) => void;
  readonly reject: (error: Error) => void;
}

/** A worker with those who wait for what it was asked, the first first. */
interface Member<Findings> {
  readonly worker: Worker;
  readonly waiting: Waiting<Findings>[];
}

/** Threads that look at lines. They start at once, and end with `close` or with the process. */
export class LineWorkers<Findings> {
  private readonly members: readonly Member<Findings>[];
  private failure: WorkerError | null = null;
  private closing = false;

  /** Each thread runs a script that calls `serveLines`, and gets the data as its `workerData`. */
  constructor(script: URL, count: number, data: unknown) {
    this.members = Array.from({ length: count }, () => {
      const worker = new Worker(script, { workerData: data });
      const waiting: Waiting<Findings>[] = [];
      worker.on('message', (survey: LineSurvey<Findings>) => waiting.shift()?.resolve(survey));
      worker.on('messageerror', (error) => this.fail(error));
      worker.on('error', (error) => this.fail(error));
      worker.on('exit', (code) => this.fail(`it left with code ${code}`));
      return { worker, waiting };
    });
  }

  get count(): number {
    return this.members.length;
  }

  /** Has the worker with the least to do look at a pack, which must not change meanwhile. Rejects with a {@link WorkerError}. */
  survey(request: SurveyRequest): Promise<LineSurvey<Findings>> {
    const [first, ...others] = this.members;
    if (first === undefined) throw new Error('there are no workers');
    const idlest = others.reduce((best, one) => (one.waiting.length < best.waiting.length ? one : best), first);
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
