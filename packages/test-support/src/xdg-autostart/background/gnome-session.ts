import type { Scene } from '../scene.js';
import { program, type Program, type RunningProcess } from '../running-process.js';
import { logIn } from './login.js';
import { browse } from './browser.js';

/** Daemons of the GNOME settings, started by the user's systemd. */
const SETTINGS_DAEMONS: readonly string[] = ['a11y-settings', 'color', 'keyboard', 'media-keys', 'power', 'sound'];

/** Autostarted programs that never use the network. */
const QUIET_AUTOSTART: readonly string[] = [
  '/usr/bin/gnome-keyring-daemon',
  '/usr/bin/nm-applet',
  '/usr/bin/spice-vdagent',
  '/usr/libexec/gsd-disk-utility-notify',
];

/**
 * The shell command by which GNOME starts a desktop entry: the shell notes its own process number for the program and
 * then becomes that program.
 */
export function desktopEntryShell(executable: string): Program {
  const script = 'export GIO_LAUNCHED_DESKTOP_FILE_PID=$$; exec "$@"';
  return { executable: '/bin/sh', args: ['/bin/sh', '-e', '-u', '-c', script, 'sh', executable] };
}

/**
 * The ordinary part of the GNOME desktop's ten minutes. Returns the session process, which starts the autostart
 * entries. As with XFCE, some autostarted programs use the network without being a finding.
 */
export function playGnomeSession(scene: Scene): RunningProcess {
  const { worker, userManager } = logIn(scene, '/usr/sbin/gdm3', '/usr/libexec/gdm-session-worker', 377);
  const account = scene.desktop.owner;
  const session = scene.launch(worker, program('/usr/libexec/gnome-session-binary', '--session=ubuntu'), 2_150, {
    account,
    withFork: true,
  });
  const shell = scene.launch(userManager, program('/usr/bin/gnome-shell'), 2_600, { withFork: true });
  SETTINGS_DAEMONS.forEach((daemon, index) => {
    scene.launch(userManager, program(`/usr/libexec/gsd-${daemon}`), 3_300 + index * 150);
  });
  QUIET_AUTOSTART.forEach((path, index) => autostart(scene, session, path, 4_500 + index * 310));
  const home = `/home/${account.name}`;
  scene.replaceFile(shell, `${home}/.local/share/gnome-shell/application_state`, 9_100);
  scene.replaceFile(shell, `${home}/.config/dconf/user`, 9_900);
  useNetworkHarmlessly(scene, session);
  indexFiles(scene, userManager);
  const browser = scene.launch(shell, program('/snap/firefox/5751/usr/lib/firefox/firefox'), 21_000);
  browse(scene, browser, [23_400, 88_000, 149_500, 226_000, 305_700, 389_000, 548_000]);
  return session;
}

/** Starts a desktop entry as GNOME does; the result is the program that the shell has become. */
function autostart(scene: Scene, session: RunningProcess, path: string, atMs: number): RunningProcess {
  const shell = scene.launch(session, desktopEntryShell(path), atMs, { withFork: true });
  return scene.exec(shell, program(path), atMs + 9);
}

function useNetworkHarmlessly(scene: Scene, session: RunningProcess): void {
  const reminder = autostart(scene, session, '/usr/libexec/evolution-data-server/evolution-alarm-notify', 6_050);
  scene.connect(reminder, { ip: '10.20.4.8', port: 993 }, 6_480, 310_000);
  const updates = autostart(scene, session, '/usr/bin/update-notifier', 6_700);
  const check = scene.launch(updates, program('/usr/lib/update-notifier/apt-check'), 19_800, { lastsMs: 3_900 });
  scene.touchFile(check, 'overwrite', '/var/cache/apt/pkgcache.bin', 21_300);
  const sync = autostart(scene, session, '/usr/bin/nextcloud', 7_400);
  scene.connect(sync, { ip: '10.20.4.1', port: 53, transport: 'udp' }, 7_960);
  scene.connect(sync, { ip: '192.168.40.12', port: 443 }, 8_010, 1_200);
  scene.connect(sync, { ip: '5.22.149.30', port: 443 }, 10_900, 52_000);
}

/** The file index catches up now and then. */
function indexFiles(scene: Scene, userManager: RunningProcess): void {
  const indexer = scene.launch(userManager, program('/usr/libexec/tracker-miner-fs-3'), 12_000);
  const cache = `/home/${scene.desktop.owner.name}/.cache/tracker3/files`;
  [12_800, 119_000, 187_300, 264_000, 420_000, 503_800, 581_000].forEach((atMs) => {
    scene.touchFile(indexer, 'overwrite', `${cache}/meta.db-wal`, atMs);
    scene.replaceFile(indexer, `${cache}/last-crawl.txt`, atMs + 130);
  });
}
