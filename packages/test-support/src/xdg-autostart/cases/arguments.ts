import { connect, exec, gnomeCase, type CaseDefinition } from '../case-definition.js';

const NOTE_PID = 'export GIO_LAUNCHED_DESKTOP_FILE_PID=';
const START = 'exec "$@"';
const PROGRAM = ['sh', '/usr/bin/python3'];

/** What the arguments of the shell are, and what is peculiar about them. */
type ArgumentList = readonly [label: string, alerts: number, about: string, args: readonly string[]];

const ARGUMENT_LISTS: readonly ArgumentList[] = [
  [
    'args-other-order',
    1,
    'The switches in another order and after the script.',
    ['-c', `${NOTE_PID}$$; ${START}`, '-u', ...PROGRAM, '-e'],
  ],
  [
    'args-other-case',
    1,
    'The script in other case; the operator : ignores case.',
    ['-e', '-u', '-c', `EXPORT gio_launched_Desktop_File_PID=$$; ${START}`, ...PROGRAM],
  ],
  [
    'args-line-breaks',
    1,
    'Line breaks in the script; * takes them too.',
    ['-e', '-u', '-c', `${NOTE_PID}$$;\n${START}\n`],
  ],
  [
    'args-nothing-after',
    1,
    'Nothing after the semicolon; * takes an empty text.',
    ['-e', '-u', '-c', `${NOTE_PID}$$;`],
  ],
  ['args-without-e', 0, 'No -e.', ['-u', '-c', `${NOTE_PID}$$; ${START}`, ...PROGRAM]],
  ['args-without-u', 0, 'No -u.', ['-e', '-c', `${NOTE_PID}$$; ${START}`, ...PROGRAM]],
  ['args-without-c', 0, 'No -c.', ['-e', '-u', `${NOTE_PID}$$; ${START}`, ...PROGRAM]],
  [
    'args-switch-upper-case',
    0,
    '-E in place of -e; the operator == heeds case.',
    ['-E', '-u', '-c', `${NOTE_PID}$$; ${START}`],
  ],
  [
    'args-switches-joined',
    0,
    'The switches joined in one argument, -euc.',
    ['-euc', `${NOTE_PID}$$; ${START}`, ...PROGRAM],
  ],
  [
    'args-space-before-semicolon',
    0,
    'A space between $$ and the semicolon.',
    ['-e', '-u', '-c', `${NOTE_PID}$$ ; ${START}`],
  ],
  [
    'args-one-dollar',
    0,
    'One $ for two: what a pattern built with a text replacement of $$ would match.',
    ['-e', '-u', '-c', `${NOTE_PID}$; ${START}`],
  ],
  [
    'args-no-dollar',
    0,
    'No $ at all: what a regular expression would match that takes $ for the end of a line.',
    ['-e', '-u', '-c', `${NOTE_PID}\n; ${START}`],
  ],
  [
    'args-text-before',
    0,
    'Something before the export; the pattern has to match the whole argument.',
    ['-e', '-u', '-c', `set -x; ${NOTE_PID}$$; ${START}`],
  ],
];

/** Argument lists of the shell by which GNOME starts a desktop entry. */
export const ARGUMENT_CASES: readonly CaseDefinition[] = [
  ...ARGUMENT_LISTS.map(([label, alerts, about, args]) =>
    gnomeCase(label, alerts, about, [
      exec(0, { program: { executable: '/bin/sh', args: ['/bin/sh', ...args] } }),
      connect(300),
    ]),
  ),
  gnomeCase('args-as-one-text', 0, 'process.args is one text with spaces, not an array.', [
    exec(0, { set: { 'process.args': `/bin/sh -e -u -c ${NOTE_PID}$$; ${START}` } }),
    connect(300),
  ]),
  gnomeCase('args-missing', 0, 'No process.args; the command line alone says nothing to the rule.', [
    exec(0, { without: ['process.args'] }),
    connect(300),
  ]),
];
