import { fileEvent, networkEvent, processEvent, type Remote } from './defend-events.js';
import type { Account, Desktop } from './desktop.js';
import type { Random } from '../random.js';
import { entityIdOf, type Program, type RunningProcess } from './running-process.js';
import { nsFromMs } from './session-time.js';
import type { Timeline } from './timeline.js';

/** A busy desktop starts about twenty processes and threads each second. */
const MS_PER_PID = 50;

/** How a process starts. */
export interface LaunchOptions {
  readonly account?: Account;
  /** How long it runs; without it, it outlives the session. */
  readonly lastsMs?: number;
  /** Whether the `fork` before the `exec` is in the log too. */
  readonly withFork?: boolean;
}

/** One desktop while the session goes on: hands out process numbers and logs what its processes do. */
export class Scene {
  /** The init process, running before the session begins. */
  readonly init: RunningProcess;
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #usedPids = new Set<number>();
  #nextPort = 40_112;

  constructor(
    readonly desktop: Desktop,
    timeline: Timeline,
    random: Random,
  ) {
    this.#timeline = timeline;
    this.#random = random;
    this.init = {
      entityId: entityIdOf(desktop, 1, 0),
      pid: 1,
      program: { executable: '/usr/lib/systemd/systemd', args: ['/sbin/init', 'splash'] },
      account: { id: '0', name: 'root' },
      parent: null,
      desktop,
    };
  }

  /** A new process that no event tells of yet. */
  spawn(parent: RunningProcess, program: Program, atMs: number, account: Account = parent.account): RunningProcess {
    const pid = this.#takePid(atMs);
    const entityId = entityIdOf(this.desktop, pid, nsFromMs(atMs));
    return { entityId, pid, program, account, parent, desktop: this.desktop };
  }

  /** A port for a connection to leave from. */
  nextLocalPort(): number {
    this.#nextPort += this.#random.integer(2, 26);
    return this.#nextPort;
  }

  /** Starts a process and logs that it did. */
  launch(parent: RunningProcess, program: Program, atMs: number, options: LaunchOptions = {}): RunningProcess {
    const running = this.spawn(parent, program, atMs, options.account);
    if (options.withFork === true) {
      const forked = { ...running, program: parent.program };
      this.#log(processEvent(forked, 'fork'), running, atMs - 1.4);
    }
    this.#log(processEvent(running, 'exec'), running, atMs);
    if (options.lastsMs !== undefined) this.#log(processEvent(running, 'end'), running, atMs + options.lastsMs);
    return running;
  }

  /** Replaces the program of a process, which keeps its entity id. */
  exec(running: RunningProcess, program: Program, atMs: number): RunningProcess {
    const replaced = { ...running, program };
    this.#log(processEvent(replaced, 'exec'), replaced, atMs);
    return replaced;
  }

  /** Logs that a process connects, and after `lastsMs` that the connection ends. */
  connect(running: RunningProcess, remote: Remote, atMs: number, lastsMs?: number): void {
    const port = this.nextLocalPort();
    this.#log(networkEvent(running, 'connection_attempted', remote, port), running, atMs);
    if (lastsMs === undefined) return;
    this.#log(networkEvent(running, 'disconnect_received', remote, port), running, atMs + lastsMs);
  }

  /** Logs that a process writes a file under a passing name and then gives it its real one. */
  replaceFile(running: RunningProcess, path: string, atMs: number): void {
    this.#log(fileEvent(running, 'creation', `${path}.new`), running, atMs);
    this.#log(fileEvent(running, 'rename', path), running, atMs + 2.2);
  }

  /** Logs one change to a file. */
  touchFile(running: RunningProcess, action: 'creation' | 'overwrite' | 'deletion', path: string, atMs: number): void {
    this.#log(fileEvent(running, action, path), running, atMs);
  }

  /** Process numbers rise with time, whatever the order in which a script starts its processes. */
  #takePid(atMs: number): number {
    let pid = this.desktop.firstPid + Math.floor(Math.max(atMs, 0) / MS_PER_PID);
    while (this.#usedPids.has(pid)) pid += 1;
    this.#usedPids.add(pid);
    return pid;
  }

  /** Background events spread a little, so that their times look like a clock's. */
  #log(event: ReturnType<typeof fileEvent>, running: RunningProcess, atMs: number): void {
    const jitterNs = this.#random.integer(0, 999_999);
    this.#timeline.add({ desktop: running.desktop, event, atNs: nsFromMs(atMs) + jitterNs });
  }
}
