import { connect, exec, gnomeCase, xfceCase, type CaseDefinition } from '../case-definition.js';

/** The limits of the maximum span, the order of events, and events of one moment. */
export const TIMING_CASES: readonly CaseDefinition[] = [
  xfceCase('maxspan-exact', 1, 'Exactly 1 s from exec to connection, which is within the span.', [
    exec(0),
    connect(1_000),
  ]),
  gnomeCase('maxspan-exact-gnome', 1, 'Exactly 1 s through the GNOME branch.', [exec(0), connect(1_000)]),
  xfceCase('maxspan-over', 0, '1.001 s from exec to connection, beyond the span.', [exec(0), connect(1_001)]),
  xfceCase('maxspan-one-nanosecond-over', 0, '1 s and 1 ns, beyond the span if timestamps keep nanoseconds.', [
    exec(0),
    connect(1_000.000_001),
  ]),
  xfceCase('network-before-process', 0, 'The connection is 200 ms before the exec.', [connect(0), exec(200)]),
  xfceCase('late-arrival', 1, 'The exec is earlier by its timestamp but reaches the file 3 ms after the connection.', [
    exec(0, { arrivesMs: 43 }),
    connect(40),
  ]),
  xfceCase('same-ms-nanosecond-order', 1, 'One millisecond; the connection arrives first, the exec is 80 ns earlier.', [
    exec(0, { arrivesMs: 0.000_2 }),
    connect(0.000_08),
  ]),
  xfceCase('same-ms-process-first', 1, 'One timestamp; the exec comes first by arrival and by sequence.', [
    exec(0),
    connect(0),
  ]),
  xfceCase('same-ms-network-first', 0, 'One timestamp; the connection comes first by arrival and by sequence.', [
    connect(0),
    exec(0),
  ]),
  {
    ...xfceCase('same-ms-tiebreaker-only', 0, 'One timestamp; only by sequence does the exec come first.', [
      connect(0, { captureRank: 2 }),
      exec(0, { captureRank: 1 }),
    ]),
    alertsWithTiebreaker: 1,
  },
  {
    ...xfceCase('same-ms-arrival-only', 1, 'One timestamp; only by arrival does the exec come first.', [
      exec(0, { captureRank: 2 }),
      connect(0, { captureRank: 1 }),
    ]),
    alertsWithTiebreaker: 0,
  },
  {
    ...xfceCase(
      'same-ms-tiebreaker-missing',
      1,
      'One timestamp; the exec arrives first but has no sequence: sorts last.',
      [exec(0, { without: ['event.sequence'] }), connect(0)],
    ),
    alertsWithTiebreaker: 0,
  },
];
