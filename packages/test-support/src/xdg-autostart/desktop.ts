import type { JsonObject } from '@eqlkit/engine';

/** Someone logged in to a desktop, or a service account. */
export interface Account {
  readonly id: string;
  readonly name: string;
}

/** A computer of the example with the agent on it. */
export interface Desktop {
  readonly name: string;
  readonly agentId: string;
  /** Identifier of the computer, as the value of `host.id`. */
  readonly hostId: string;
  /** Address in the office network. */
  readonly address: string;
  /** The person who works at it. */
  readonly owner: Account;
  /** Value of the `host` object of every event. */
  readonly host: JsonObject;
  /** `event.sequence` of its first event in the file. */
  readonly firstSequence: number;
  /** Process number of the first process that starts in the file. */
  readonly firstPid: number;
}

/** The superuser. */
export const ROOT: Account = { id: '0', name: 'root' };

/** The computer with the XFCE session. */
export const XFCE_DESKTOP: Desktop = createDesktop({
  name: 'desk-17',
  agentId: '3f0c2b6e-8a51-4d7e-9c14-6b2d90e7a517',
  hostId: '7c1e5a90d3b24f6e8a0b9d4c2f617e17',
  address: '10.20.4.17',
  mac: '02-42-0A-14-04-11',
  owner: { id: '1000', name: 'mira' },
  variant: 'Debian',
  version: '12.9',
  kernel: '6.1.0-31-amd64 #1 SMP Debian 6.1.128-1',
  firstSequence: 48_213,
  firstPid: 2_310,
});

/** The computer with the GNOME session. */
export const GNOME_DESKTOP: Desktop = createDesktop({
  name: 'desk-18',
  agentId: 'b81d4f22-05c3-4e69-a7f8-2e9c61d30b18',
  hostId: 'e40a7d31c95b4826b1f3087a6d5c2e18',
  address: '10.20.4.18',
  mac: '02-42-0A-14-04-12',
  owner: { id: '1000', name: 'oskar' },
  variant: 'Ubuntu',
  version: '24.04',
  kernel: '6.8.0-54-generic #56-Ubuntu SMP',
  firstSequence: 17_702,
  firstPid: 3_120,
});

interface DesktopFacts extends Omit<Desktop, 'host'> {
  readonly mac: string;
  readonly variant: string;
  readonly version: string;
  readonly kernel: string;
}

function createDesktop({ mac, variant, version, kernel, ...desktop }: DesktopFacts): Desktop {
  const full = `${variant} ${version}`;
  const family = variant.toLowerCase();
  return {
    ...desktop,
    host: {
      id: desktop.hostId,
      hostname: desktop.name,
      name: desktop.name,
      architecture: 'x86_64',
      ip: ['127.0.0.1', '::1', desktop.address],
      mac: [mac],
      os: { type: 'linux', family, platform: family, name: 'Linux', full, version, kernel, Ext: { variant } },
    },
  };
}
