/**
 * Does something that Ctrl-C cancels, by aborting the signal, instead of ending the program. A second Ctrl-C means what it
 * means elsewhere.
 */
export async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const others = process.rawListeners('SIGINT');
  const giveBack = (): void => {
    process.off('SIGINT', onInterrupt);
    for (const listener of others.splice(0)) process.on('SIGINT', listener as NodeJS.SignalsListener);
  };
  const onInterrupt = (): void => {
    giveBack();
    controller.abort();
  };
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', onInterrupt);
  try {
    return await work(controller.signal);
  } finally {
    giveBack();
  }
}
