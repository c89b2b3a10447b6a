import type { JsonValue } from '@eqlkit/engine';
import { connect, exec, xfceCase, type CaseDefinition } from '../case-definition.js';
import { ATTACKER, ATTACKER_V6 } from '../attacker.js';

/** An address, the label of its case, and what makes it interesting. */
type Destination = readonly [label: string, ip: JsonValue, about: string];

/** Connections that the rule lets pass. */
const LET_PASS: readonly Destination[] = [
  ['destination-ip-null', null, 'destination.ip is null.'],
  ['destination-ip-empty-array', [], 'destination.ip is an empty array, which is like missing.'],
  ['destination-unspecified', '0.0.0.0', 'destination.ip is 0.0.0.0.'],
  ['destination-loopback', '127.0.0.1', 'The computer itself.'],
  ['destination-loopback-v6', '::1', 'The computer itself, IPv6.'],
  ['destination-loopback-v6-long', '0:0:0:0:0:0:0:1', 'The computer itself, IPv6 written out.'],
  ['destination-private-10', '10.20.4.8', 'Private network 10.0.0.0/8.'],
  ['destination-private-10-last', '10.255.255.255', 'Last address of 10.0.0.0/8.'],
  ['destination-private-172', '172.31.255.254', 'Last host of the private network 172.16.0.0/12.'],
  ['destination-private-192', '192.168.40.12', 'Private network 192.168.0.0/16.'],
  ['destination-shared', '100.127.255.255', 'Last address of the shared block 100.64.0.0/10.'],
  ['destination-link-local', '169.254.12.7', 'Link-local 169.254.0.0/16.'],
  ['destination-link-local-v6', 'fe80::1', 'Link-local fe80::/10; the rule writes the block in upper case.'],
  ['destination-link-local-v6-upper', 'FE80::1', 'Link-local IPv6 in upper case.'],
  ['destination-link-local-v6-last', 'febf:ffff::9', 'Near the end of fe80::/10, past what the text "fe80" covers.'],
  ['destination-multicast', '224.0.0.251', 'Multicast 224.0.0.0/4.'],
  ['destination-multicast-v6', 'FF02::FB', 'Multicast ff00::/8 in upper case.'],
  ['destination-broadcast', '255.255.255.255', 'Broadcast, last address of 240.0.0.0/4.'],
  ['destination-dummy', '192.0.0.8', 'The dummy address, in a block of its own length.'],
  ['destination-as112', '192.31.196.9', 'AS112 block 192.31.196.0/24.'],
  ['destination-as112-direct', '192.175.48.9', 'AS112 block 192.175.48.0/24.'],
  ['destination-amt', '192.52.193.9', 'AMT block 192.52.193.0/24.'],
  ['destination-6to4', '192.88.99.9', 'Former 6to4 relays, 192.88.99.0/24.'],
  ['destination-benchmark', '198.19.0.5', 'Second half of the benchmark block 198.18.0.0/15.'],
  ['destination-documentation-1', '192.0.2.77', 'Documentation block.'],
  ['destination-documentation-2', '198.51.100.77', 'Documentation block.'],
  ['destination-documentation-3', '203.0.113.77', 'Documentation block.'],
  ['destination-mapped-private', '::ffff:10.20.4.8', 'A private IPv4 address in IPv6 form, as of a dual-stack socket.'],
  [
    'destination-array-inside-first',
    ['10.20.4.8', ATTACKER],
    'An internal and an outside address: one value is enough.',
  ],
  [
    'destination-array-outside-first',
    [ATTACKER, '10.20.4.8'],
    'An outside and an internal address: one value is enough.',
  ],
];

/** Connections that make an alert. */
const OUTSIDE: readonly Destination[] = [
  ['destination-v6', ATTACKER_V6, 'A global IPv6 address.'],
  ['destination-v6-upper', ATTACKER_V6.toUpperCase(), 'A global IPv6 address in upper case.'],
  ['destination-below-10', '9.255.255.255', 'Just below 10.0.0.0/8.'],
  ['destination-above-10', '11.0.0.0', 'Just above 10.0.0.0/8.'],
  ['destination-above-172', '172.32.0.1', 'Just above 172.16.0.0/12.'],
  ['destination-above-shared', '100.128.0.1', 'Just above 100.64.0.0/10.'],
  ['destination-above-link-local-v6', 'fec0::1', 'Just above fe80::/10.'],
  ['destination-mapped-outside', `::ffff:${ATTACKER}`, 'An outside IPv4 address in IPv6 form.'],
  ['destination-array-outside', [ATTACKER, ATTACKER_V6], 'Two outside addresses; one alert.'],
  ['destination-array-null', [null, ATTACKER], 'An outside address and a null, which vanishes.'],
  [
    'destination-ip-invalid',
    'not-an-ip',
    'A text that is no address: present, not 0.0.0.0 and in no block, so nothing lets it pass.',
  ],
];

/** Where the connection goes: every block that the rule lets pass, addresses just beside them, and odd values. */
export const DESTINATION_CASES: readonly CaseDefinition[] = [
  xfceCase('destination-ip-missing', 0, 'The connection has no destination.ip.', [
    exec(0),
    connect(300, { without: ['destination.ip', 'destination.address'] }),
  ]),
  ...LET_PASS.map((destination) => destinationCase(destination, 0)),
  ...OUTSIDE.map((destination) => destinationCase(destination, 1)),
];

function destinationCase([label, ip, about]: Destination, alerts: number): CaseDefinition {
  return xfceCase(label, alerts, about, [exec(0), connect(300, { ip })]);
}
