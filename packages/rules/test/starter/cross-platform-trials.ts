import { event, start, variants, type RuleTrials } from './trial.js';

const login = (seconds: number, outcome: string) =>
  event('authentication', seconds, { 'event.outcome': outcome, 'source.ip': '198.51.100.7', 'user.name': 'ann' });
const guesses = [0, 10, 20, 30, 40].map((seconds) => login(seconds, 'failure'));
const guessed = [...guesses, login(50, 'success')];

const root = [
  event('authentication', 0, { 'event.outcome': 'success', 'user.name': 'root', 'source.ip': '198.51.100.7' }),
];

const renames = Array.from({ length: 20 }, (_, number) =>
  event('file', number, { 'event.action': 'rename', 'process.entity_id': 'p', 'file.extension': 'locked' }),
);

const longName = [event('dns', 0, { 'dns.question.name': `${'a'.repeat(60)}.${'b'.repeat(60)}.example.org` })];

const lookup = [
  event('dns', 0, { 'process.entity_id': 'p', 'dns.question.name': 'c2.example.org' }),
  event('network', 2, {
    'event.type': ['start'],
    'process.entity_id': 'p',
    'destination.ip': '198.51.100.7',
    'destination.port': 4444,
  }),
];

const history = [start(0, { 'process.name': 'rm', 'process.args': ['rm', '-f', '/root/.bash_history'] })];

/** Trials of the rules for several systems. */
export const CROSS_PLATFORM_TRIALS: readonly RuleTrials[] = [
  {
    file: 'cross-platform/credential_access_password_guessed',
    fires: [{ about: 'five failures and a success', events: guessed }],
    silent: [
      { about: 'four failures', events: guessed.slice(1) },
      { about: 'no success', events: guesses },
      ...variants(guessed, [
        ['another address', 5, { 'source.ip': '198.51.100.8' }],
        ['another user', 2, { 'user.name': 'bob' }],
        ['too slow', 5, { '@timestamp': '2026-01-05T09:05:01Z' }],
      ]),
    ],
  },
  {
    file: 'cross-platform/initial_access_administrator_login_from_internet',
    fires: [
      { about: 'root', events: root },
      { about: 'Administrator', events: [{ ...root[0], 'user.name': 'Administrator' }] },
    ],
    silent: variants(root, [
      ['the own network', 0, { 'source.ip': '10.1.2.3' }],
      ['no address', 0, { 'source.ip': null }],
      ['another user', 0, { 'user.name': 'ann' }],
      ['a failure', 0, { 'event.outcome': 'failure' }],
    ]),
  },
  {
    file: 'cross-platform/impact_many_files_renamed_by_one_program',
    fires: [{ about: 'twenty files', events: renames }],
    silent: [
      { about: 'nineteen files', events: renames.slice(1) },
      ...variants(renames, [
        ['another program in between', 7, { 'process.entity_id': 'q' }],
        ['another extension in between', 7, { 'file.extension': 'txt' }],
        ['too slow', 19, { '@timestamp': '2026-01-05T09:00:31Z' }],
      ]),
    ],
  },
  {
    file: 'cross-platform/command_and_control_long_dns_name',
    fires: [{ about: 'two long labels', events: longName }],
    silent: variants(longName, [
      ['a short name', 0, { 'dns.question.name': 'www.example.org' }],
      ['120 characters', 0, { 'dns.question.name': 'a'.repeat(120) }],
      ['a cloud', 0, { 'dns.question.name': `${'a'.repeat(120)}.cloudfront.net` }],
    ]),
  },
  {
    file: 'cross-platform/command_and_control_dns_answer_then_raw_connection',
    fires: [{ about: 'port 4444', events: lookup }],
    silent: variants(lookup, [
      ['another port', 1, { 'destination.port': 443 }],
      ['the own network', 1, { 'destination.ip': '192.168.1.5' }],
      ['another process', 1, { 'process.entity_id': 'q' }],
      ['a name of the network', 0, { 'dns.question.name': 'printer.local' }],
    ]),
  },
  {
    file: 'cross-platform/defense_evasion_shell_history_cleared',
    fires: [
      { about: 'rm', events: history },
      {
        about: 'a link to nothing',
        events: [start(0, { 'process.name': 'ln', 'process.args': ['ln', '-sf', '/dev/null', '/root/.bash_history'] })],
      },
    ],
    silent: variants(history, [
      ['another file', 0, { 'process.args': ['rm', '-f', '/root/.bash_aliases'] }],
      ['a look', 0, { 'process.name': 'cat' }],
    ]),
  },
];
