import type { Scene } from '../scene.js';
import { program, type RunningProcess } from '../running-process.js';
import { logIn } from './login.js';
import { browse } from './browser.js';

/** Programs that the XFCE session starts and that never use the network. */
const QUIET_AUTOSTART: readonly string[] = [
  '/usr/bin/xfwm4',
  '/usr/bin/xfsettingsd',
  '/usr/bin/xfdesktop',
  '/usr/bin/thunar',
  '/usr/bin/xfce4-power-manager',
  '/usr/bin/light-locker',
  '/usr/bin/nm-applet',
  '/usr/libexec/polkit-gnome-authentication-agent-1',
];

const SETTINGS_CHANNELS: readonly string[] = ['xfce4-panel', 'xfwm4', 'xsettings', 'keyboards', 'displays'];

/**
 * The ordinary part of the XFCE desktop's ten minutes. Returns the session process, which starts the autostart
 * entries.
 *
 * Some autostarted programs do use the network, as on a real desktop, and none of them is a finding: a mail reminder
 * and a printer applet stay inside, an update check waits for some seconds, and the browser is one that the rule lets
 * pass.
 */
export function playXfceSession(scene: Scene): RunningProcess {
  const { worker } = logIn(scene, '/usr/sbin/lightdm', '/usr/sbin/lightdm', 210);
  const account = scene.desktop.owner;
  const shell = scene.launch(worker, program('/bin/sh', '/etc/xdg/xfce4/xinitrc'), 1_950, { account, withFork: true });
  const session = scene.launch(shell, program('/usr/bin/xfce4-session'), 2_400, { withFork: true });
  const home = `/home/${account.name}`;
  QUIET_AUTOSTART.forEach((path, index) => {
    scene.launch(session, program(path), 2_700 + index * 240, { withFork: true });
  });
  SETTINGS_CHANNELS.forEach((channel, index) => {
    const path = `${home}/.config/xfce4/xfconf/xfce-perchannel-xml/${channel}.xml`;
    scene.replaceFile(session, path, 5_200 + index * 180);
  });
  useNetworkHarmlessly(scene, session);
  scene.replaceFile(session, `${home}/.cache/sessions/xfce4-session-${scene.desktop.name}:0`, 14_000);
  scene.replaceFile(session, `${home}/.cache/sessions/xfce4-session-${scene.desktop.name}:0`, 592_000);
  workInTerminal(scene, session);
  return session;
}

function useNetworkHarmlessly(scene: Scene, session: RunningProcess): void {
  const reminder = scene.launch(session, program('/usr/libexec/evolution-data-server/evolution-alarm-notify'), 6_300);
  scene.connect(reminder, { ip: '10.20.4.8', port: 993 }, 6_610, 240_000);
  const printing = scene.launch(session, program('/usr/bin/system-config-printer-applet'), 6_900);
  scene.connect(printing, { ip: '::1', port: 631 }, 7_150, 90);
  const updates = scene.launch(session, program('/usr/bin/update-notifier', '--startup-delay=4'), 7_300);
  scene.connect(updates, { ip: '151.101.66.132', port: 443 }, 11_420, 700);
  const browser = scene.launch(session, program('/usr/lib/firefox/firefox', '--restore-session'), 8_200);
  scene.connect(browser, { ip: '10.20.4.1', port: 53, transport: 'udp' }, 8_530);
  scene.connect(browser, { ip: '151.101.129.91', port: 443 }, 8_610, 31_000);
  browse(scene, browser, [12_300, 47_000, 96_500, 171_000, 243_800, 318_200, 401_000, 511_600]);
}

/** Some work at a prompt, as the session goes on. */
function workInTerminal(scene: Scene, session: RunningProcess): void {
  const panel = scene.launch(session, program('/usr/bin/xfce4-panel'), 3_060, { withFork: true });
  const terminal = scene.launch(panel, program('/usr/bin/xfce4-terminal'), 62_000);
  const bash = scene.launch(terminal, program('/bin/bash'), 62_300, { withFork: true });
  const repository = `/home/${scene.desktop.owner.name}/src/ledger`;
  [70_000, 208_500, 296_000, 441_000, 530_000].forEach((atMs) => {
    scene.launch(bash, program('/usr/bin/git', 'status', '--short'), atMs, { lastsMs: 40 });
    const make = scene.launch(bash, program('/usr/bin/make', 'check'), atMs + 4_000, { lastsMs: 2_600 });
    scene.launch(make, program('/bin/sh', '-c', './run-tests --quiet'), atMs + 4_050, { lastsMs: 2_400 });
    scene.touchFile(make, 'overwrite', `${repository}/build/report.txt`, atMs + 6_500);
  });
}
