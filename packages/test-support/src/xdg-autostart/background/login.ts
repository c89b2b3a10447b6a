import type { Scene } from '../scene.js';
import { baseName, program, type RunningProcess } from '../running-process.js';
import { ROOT } from '../desktop.js';

/** Units that systemd starts for every user who logs in. */
const USER_UNITS: readonly string[] = [
  '/usr/bin/dbus-daemon',
  '/usr/bin/pipewire',
  '/usr/bin/wireplumber',
  '/usr/bin/pipewire-pulse',
  '/usr/libexec/gvfsd',
  '/usr/libexec/xdg-document-portal',
  '/usr/libexec/xdg-desktop-portal',
  '/usr/libexec/at-spi-bus-launcher',
  '/usr/libexec/dconf-service',
  '/usr/libexec/goa-daemon',
];

/** What a login leaves behind for the session to build on. */
export interface Login {
  /** The display manager's process for this login. */
  readonly worker: RunningProcess;
  /** The owner's `systemd --user`. */
  readonly userManager: RunningProcess;
}

/** The owner of a desktop logs in through a display manager and gets the usual user units. */
export function logIn(scene: Scene, displayManager: string, worker: string, atMs: number): Login {
  const { init, desktop } = scene;
  const account = desktop.owner;
  const manager = scene.spawn(init, program(displayManager), 0, ROOT);
  const workerProcess = scene.launch(manager, program(worker, '--session-child', '13', '22'), atMs, {
    account: ROOT,
    withFork: true,
  });
  scene.touchFile(workerProcess, 'overwrite', '/var/log/wtmp', atMs + 30);
  const userManager = scene.launch(init, program('/usr/lib/systemd/systemd', '--user'), atMs + 110, { account });
  USER_UNITS.forEach((unit, index) => {
    const startMs = atMs + 310 + index * 130;
    const running = scene.launch(userManager, program(unit), startMs, { withFork: index < 2 });
    if (index % 3 !== 0) return;
    scene.touchFile(running, 'creation', `/run/user/1000/${baseName(unit)}.socket`, startMs + 60);
  });
  return { worker: workerProcess, userManager };
}
