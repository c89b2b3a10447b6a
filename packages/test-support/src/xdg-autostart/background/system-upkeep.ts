import { ROOT } from '../desktop.js';
import type { Scene } from '../scene.js';
import { program } from '../running-process.js';

const MINUTE_MS = 60_000;

/** What a computer does by itself: cron every minute, and once the check for new packages. */
export function playSystemUpkeep(scene: Scene, packagesAtMs: number): void {
  runCron(scene);
  checkPackages(scene, packagesAtMs);
}

function runCron(scene: Scene): void {
  const cron = scene.spawn(scene.init, program('/usr/sbin/cron', '-f'), 0, ROOT);
  for (let minute = 1; minute < 10; minute += 1) {
    const atMs = minute * MINUTE_MS + 1_030;
    const job = scene.launch(
      cron,
      program('/bin/sh', '-c', 'command -v debian-sa1 > /dev/null && debian-sa1 1 1'),
      atMs,
      {
        lastsMs: 61,
      },
    );
    if (minute % 5 === 0)
      scene.launch(job, program('/usr/lib/sysstat/debian-sa1', '1', '1'), atMs + 12, { lastsMs: 30 });
  }
}

function checkPackages(scene: Scene, atMs: number): void {
  const daily = scene.launch(scene.init, program('/bin/sh', '/usr/lib/apt/apt.systemd.daily', 'update'), atMs, {
    account: ROOT,
    lastsMs: 9_000,
  });
  const update = scene.launch(daily, program('/usr/bin/apt-get', '-qq', '-y', 'update'), atMs + 400, {
    lastsMs: 8_100,
  });
  const fetcher = scene.launch(update, program('/usr/lib/apt/methods/https'), atMs + 620, { lastsMs: 7_500 });
  scene.connect(fetcher, { ip: '10.20.4.1', port: 53, transport: 'udp' }, atMs + 660);
  scene.connect(fetcher, { ip: '151.101.2.132', port: 443 }, atMs + 720, 6_000);
  ['InRelease', 'main_binary-amd64_Packages'].forEach((name, index) => {
    scene.touchFile(fetcher, 'creation', `/var/lib/apt/lists/partial/${name}`, atMs + 1_200 + index * 900);
  });
  scene.touchFile(update, 'overwrite', '/var/cache/apt/pkgcache.bin', atMs + 8_000);
  [1.7, 3.9].forEach((minutes) => {
    const timer = scene.launch(
      scene.init,
      program('/usr/lib/systemd/systemd-tmpfiles', '--clean'),
      minutes * MINUTE_MS,
      {
        account: ROOT,
        lastsMs: 120,
      },
    );
    scene.touchFile(timer, 'deletion', '/tmp/.X11-stale-lock', minutes * MINUTE_MS + 60);
  });
}
