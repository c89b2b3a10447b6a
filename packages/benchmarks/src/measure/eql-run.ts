import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { runNode, type Usage } from './node-process.js';

/** What one run of `eql run` came to. */
export interface EqlRun extends Usage {
  readonly events: number;
  readonly alerts: number;
  /** A hash over the alerts, in their order. */
  readonly alertsHash: string;
  /** From the first event to the last alert, without start-up and loading of rules. */
  readonly eventsMs: number;
  /** From the start of the process to its end. */
  readonly wallMs: number;
}

const SUMMARY = /^([\d,]+) events? read · .* · ([\d,]+) alerts? · ([\d.]+) s(?: ·|$)/mu;

/** Runs `eql run` of the workspace at `root`. Throws if it does not end well. */
export async function measureEqlRun(root: string, args: readonly string[]): Promise<EqlRun> {
  const command = join(root, 'packages/cli/bin/eql.js');
  const { exitCode, wallMs, stdout, stderr, maxResidentBytes, cpuMs } = await runNode([
    command,
    'run',
    ...args,
    '--output',
    'ndjson',
  ]);
  const [, events, alerts, seconds] = SUMMARY.exec(stderr) ?? [];
  // 2 says that some rules are broken, which concerns both sides of a comparison.
  if ((exitCode !== 0 && exitCode !== 2) || events === undefined) {
    throw new Error(`eql run ${args.join(' ')} failed with ${String(exitCode)}: ${stderr.slice(-2000)}`);
  }
  return {
    events: toNumber(events),
    alerts: toNumber(alerts),
    alertsHash: createHash('sha256').update(stdout).digest('hex'),
    eventsMs: 1000 * Number(seconds),
    wallMs,
    maxResidentBytes,
    cpuMs,
  };
}

/** Throws unless all runs gave the same alerts in the same order. Returns their number. */
export function requireSameAlerts(runs: readonly EqlRun[]): number {
  const [first, ...others] = runs;
  if (first === undefined) throw new Error('no run to compare');
  for (const other of others) {
    if (other.alertsHash !== first.alertsHash || other.events !== first.events) {
      throw new Error(
        `the variants disagree: ${first.alerts} alerts of ${first.events} events against ${other.alerts} of ${other.events}`,
      );
    }
  }
  return first.alerts;
}

function toNumber(text: string | undefined): number {
  return Number((text ?? '').replaceAll(',', ''));
}
