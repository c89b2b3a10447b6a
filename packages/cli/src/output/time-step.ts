import { sayDetail } from './messages.js';

/** Does something and says with --verbose how long it took. */
export async function timeStep<T>(step: string, action: () => Promise<T> | T): Promise<T> {
  const begunMs = performance.now();
  const result = await action();
  sayDetail(`${step} took ${((performance.now() - begunMs) / 1000).toFixed(3)} s`);
  return result;
}
