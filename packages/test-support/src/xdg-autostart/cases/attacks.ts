import { connect, exec, gnomeCase, xfceCase, type CaseDefinition } from '../case-definition.js';

/** Attacks through either branch of the rule, and how many alerts several events of one process make. */
export const ATTACK_CASES: readonly CaseDefinition[] = [
  xfceCase('xfce-attack', 1, 'The XFCE session starts a program, which connects to an outside address 340 ms later.', [
    { kind: 'fork', atMs: -1.3 },
    exec(0),
    connect(340),
  ]),
  gnomeCase(
    'gnome-attack',
    1,
    'GNOME starts a desktop entry by its shell command; the program connects 410 ms later.',
    [{ kind: 'fork', atMs: -1.1 }, exec(0), { kind: 'become', atMs: 7.5 }, connect(410)],
  ),
  gnomeCase('both-branches', 1, 'The shell command of a desktop entry, started by the XFCE session: still one alert.', [
    exec(0, { set: { 'process.parent.executable': '/usr/bin/xfce4-session' } }),
    connect(260),
  ]),
  xfceCase('exec-twice', 1, 'Two execs of one process, then one connection: one alert, which holds the later exec.', [
    exec(0),
    exec(150),
    connect(500),
  ]),
  xfceCase('exec-twice-later-counts', 1, 'The first exec is 1.6 s before the connection, the second only 0.7 s.', [
    exec(0),
    exec(900),
    connect(1_600),
  ]),
  xfceCase('one-exec-two-connections', 1, 'The first connection uses the exec up; the second finds none.', [
    exec(0),
    connect(200),
    connect(450),
  ]),
  xfceCase('two-rounds', 2, 'Exec, connection, exec, connection of one process: two alerts.', [
    exec(0),
    connect(200),
    exec(400),
    connect(700),
  ]),
  xfceCase('inside-then-outside', 1, 'An internal connection does not use the exec up; the outside one alerts.', [
    exec(0),
    connect(120, { ip: '10.20.4.1' }),
    connect(480),
  ]),
];
