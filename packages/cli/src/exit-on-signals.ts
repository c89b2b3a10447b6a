/** Signals that end a command, with the exit codes that shells give them. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Lets temporary folders be removed on Ctrl-C, and when a terminal is closed; then the process dies of the signal. */
export function exitOnSignals(): void {
  for (const [signal, code] of Object.entries(EXIT_CODES) as [keyof typeof EXIT_CODES, number][]) {
    process.once(signal, () => {
      if (process.platform !== 'win32')
        process.once('exit', () => {
          dieOf(signal);
        });
      process.exit(code);
    });
  }
}

/**
 * A plain exit waits for file operations in other threads, and the opening of a named pipe that nobody writes to never ends.
 * A shell also sees from a process that died of Ctrl-C that its loop is to stop.
 */
function dieOf(signal: NodeJS.Signals): void {
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
  process.kill(process.pid, signal);
}
