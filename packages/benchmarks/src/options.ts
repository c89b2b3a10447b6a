import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface BenchOptions {
  /** Names of the targets; empty for all. */
  readonly only: readonly string[];
  /** Folders with further rule files; each is measured as a pack. */
  readonly rules: readonly string[];
  /** Further event files. */
  readonly events: readonly string[];
  readonly rounds: number;
  readonly quick: boolean;
  readonly json: string | null;
  readonly base: string | null;
}

/** What `--help` prints. */
export const HELP = `Usage: pnpm bench [options]

Measures eqlkit side by side with what its targets name. Exits with 1 if variants disagree about matches.

  --only <target>     measure only this target (repeatable): pack-cost, growth, sequences, workers, memory,
                      start
  --rules <folder>    also measure the rules in a folder as a pack (repeatable; the larger last)
  --events <file>     also run packs over an event file (repeatable)
  --rounds <number>   how often each variant is measured (default 5)
  --base <revision>   also measure a git revision, in a temporary worktree
  --json <file>       write the figures as JSON
  --quick             small loads: only proves that matches agree
`;

/** Reads the command line. Throws for unknown options; `null` if help was asked for. */
export function parseOptions(args: readonly string[]): BenchOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      rules: { type: 'string', multiple: true, default: [] },
      events: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      base: { type: 'string' },
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number of at least 1');
  return {
    only: values.only,
    rules: values.rules,
    events: values.events,
    rounds,
    quick: values.quick,
    json: values.json ?? null,
    base: values.base ?? null,
  };
}
