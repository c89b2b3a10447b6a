import type { Scene } from '../scene.js';
import { program, type RunningProcess } from '../running-process.js';

/** The resolver of the office network. */
const RESOLVER = { ip: '10.20.4.1', port: 53, transport: 'udp' } as const;

/** Addresses of content networks and sites, chosen at random for the example. */
const SITES: readonly [string, ...string[]] = [
  '151.101.1.140',
  '151.101.65.69',
  '151.101.193.91',
  '2a04:4e42:200::485',
  '5.22.145.16',
  '45.60.13.212',
];

/** A browser loads pages: for each one a new content process, name look-ups, TLS connections, and the disk cache. */
export function browse(scene: Scene, browser: RunningProcess, pageTimesMs: readonly number[]): void {
  const { owner } = scene.desktop;
  const cache = `/home/${owner.name}/.cache/mozilla/firefox/k3v9x1qa.default/cache2`;
  pageTimesMs.forEach((atMs, page) => {
    scene.launch(
      browser,
      program(browser.program.executable, '-contentproc', '-childID', String(page + 1), 'tab'),
      atMs,
    );
    scene.connect(browser, RESOLVER, atMs + 34);
    const site = SITES[page % SITES.length] ?? SITES[0];
    scene.connect(browser, { ip: site, port: 443 }, atMs + 71, 4_300);
    scene.touchFile(browser, 'creation', `${cache}/entries/${cacheName(page)}`, atMs + 260);
    if (page % 2 === 0) scene.touchFile(browser, 'overwrite', `${cache}/index`, atMs + 900);
  });
}

function cacheName(page: number): string {
  return ((page + 1) * 0x9e37_79b1).toString(16).toUpperCase().padStart(12, '0');
}
