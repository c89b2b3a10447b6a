/** A worker ended before its work was done. The message says why, and that results are missing. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
}
