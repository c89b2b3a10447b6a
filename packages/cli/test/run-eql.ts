import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The built command. */
export const EQL = fileURLToPath(new URL('../bin/eql.js', import.meta.url));

const RUN_COMMANDS = fileURLToPath(new URL('run-commands.js', import.meta.url));

/** The environment of the tests, in which nothing asks for colours or forbids them. */
export const PLAIN_ENVIRONMENT: NodeJS.ProcessEnv = { ...process.env, FORCE_COLOR: '', NO_COLOR: '' };

/** Runs the built command, as a user would. */
export function runEql(
  args: readonly string[],
  options: { input?: string | Buffer; cwd?: string; env?: Record<string, string> } = {},
): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [EQL, ...args], {
    cwd: options.cwd ?? ROOT,
    input: options.input ?? '',
    env: { ...PLAIN_ENVIRONMENT, ...options.env },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

/** What one run of the command came to. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that runs the built command as often as it is asked; the command's standard input is not there. */
export class EqlProcess {
  private readonly child = spawn(process.execPath, [RUN_COMMANDS], {
    cwd: ROOT,
    env: PLAIN_ENVIRONMENT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  private readonly lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  private last: Promise<unknown> = Promise.resolve();

  /** Runs the command once, after those that were asked for before. */
  run(
    args: readonly string[],
    { cwd = ROOT, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
  ): Promise<CommandResult> {
    const result = this.last.then(async () => {
      this.child.stdin.write(`${JSON.stringify({ args, cwd, env })}\n`);
      const line = await this.lines.next();
      if (line.done === true) throw new Error(`the process ended during: eql ${args.join(' ')}`);
      return JSON.parse(line.value) as CommandResult;
    });
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Ends the process. */
  stop(): void {
    this.child.stdin.end();
  }
}
