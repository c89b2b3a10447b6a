import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { EQL, PLAIN_ENVIRONMENT, ROOT } from './run-eql.js';

/** How long something may take to appear. */
const PATIENCE_MS = 30_000;
const POLL_MS = 20;
/** A terminal that has been quiet for so long has answered. */
const SETTLED_MS = 160;

/** Keys by name, as a terminal sends them. */
export const KEYS = {
  enter: '\r',
  tab: '\t',
  up: '\u001b[A',
  down: '\u001b[B',
  home: '\u001b[H',
  end: '\u001b[F',
  altEnter: '\u001b\r',
  left: '\u001b[D',
  ctrlC: '\u0003',
  ctrlD: '\u0004',
  ctrlR: '\u0012',
  ctrlU: '\u0015',
} as const;

/** How a terminal is set up. */
interface TerminalSetup {
  readonly cols?: number;
  readonly rows?: number;
  /** What runs in it, before its arguments: the built command, if the test does not say otherwise. */
  readonly program?: readonly [file: string, ...args: readonly string[]];
  readonly cwd?: string;
}

/** A program in a real terminal, of 100 columns and 30 rows if the test does not say otherwise, whose screen it can read. */
export class Terminal {
  private readonly screenTerminal;
  private readonly process;
  private output = '';
  private code: number | null = null;

  constructor(args: readonly string[], env: Readonly<Record<string, string>>, setup: TerminalSetup = {}) {
    const { cols = 100, rows = 30, program = [process.execPath, EQL], cwd = ROOT } = setup;
    const [file, ...before] = program;
    this.screenTerminal = new xterm.Terminal({ cols, rows, allowProposedApi: true });
    this.process = spawn(file, [...before, ...args], {
      cols,
      rows,
      cwd,
      env: { ...PLAIN_ENVIRONMENT, TERM: 'xterm-256color', ...env },
    });
    this.process.onData((data) => {
      this.output += data;
      this.screenTerminal.write(data);
    });
    this.process.onExit(({ exitCode }) => {
      this.code = exitCode;
    });
  }

  /** Everything that was written, with its control sequences. */
  get raw(): string {
    return this.output;
  }

  /** The lines of the screen, without blanks at their ends and empty lines below. */
  get screen(): string {
    return this.linesFrom(this.screenTerminal.buffer.active.baseY);
  }

  /** The same with the lines that have left the screen at its top. */
  get scrollback(): string {
    return this.linesFrom(0);
  }

  private linesFrom(first: number): string {
    const { active } = this.screenTerminal.buffer;
    const lines = Array.from({ length: active.baseY + this.screenTerminal.rows - first }, (_, row) =>
      (active.getLine(first + row)?.translateToString(true) ?? '').trimEnd(),
    );
    return lines.join('\n').trimEnd();
  }

  /** The line with the cursor. */
  get line(): string {
    return this.screen.split('\n').at(-1) ?? '';
  }

  /** Sends keys, and waits until the terminal has answered them. */
  async type(text: string): Promise<void> {
    this.process.write(text);
    let seen = '';
    for (let still = 0; still < SETTLED_MS; still += POLL_MS) {
      if (seen !== this.output) still = 0;
      seen = this.output;
      await sleep(POLL_MS);
    }
  }

  /** Waits until the screen shows something. */
  async sees(expected: string | RegExp): Promise<void> {
    await this.waitFor(
      () => (typeof expected === 'string' ? this.screen.includes(expected) : expected.test(this.screen)),
      () => `the screen never showed ${String(expected)}:\n${this.screen}`,
    );
  }

  /** Waits until the command has ended, and gives its exit code. */
  async ends(): Promise<number> {
    await this.waitFor(
      () => this.code !== null,
      () => `the command did not end:\n${this.screen}`,
    );
    return this.code ?? -1;
  }

  /** Ends the command. */
  stop(): void {
    if (this.code === null) this.process.kill();
  }

  private async waitFor(holds: () => boolean, explain: () => string): Promise<void> {
    for (let waitedMs = 0; !holds(); waitedMs += POLL_MS) {
      if (waitedMs > PATIENCE_MS) throw new Error(explain());
      await sleep(POLL_MS);
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
