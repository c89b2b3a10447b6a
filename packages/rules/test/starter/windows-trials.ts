import { event, start, variants, type RuleTrials } from './trial.js';

const WINDOWS = { 'host.os.type': 'windows' };

const office = [start(0, { ...WINDOWS, 'process.parent.name': 'WINWORD.EXE', 'process.name': 'powershell.exe' })];

const runKey = [
  event('registry', 0, {
    ...WINDOWS,
    'event.type': ['change'],
    'registry.path': 'HKEY_USERS\\S-1-5-21-1\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Updater',
    'registry.data.strings': ['C:\\Users\\ann\\AppData\\Roaming\\u.exe'],
    'process.executable': 'C:\\Users\\ann\\Downloads\\u.exe',
  }),
];

const dump = [event('file', 0, { ...WINDOWS, 'event.type': ['creation'], 'file.name': 'lsass_240105.dmp' })];

const exclusion = [
  event('registry', 0, {
    ...WINDOWS,
    'event.type': ['change'],
    'registry.path': 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths\\C:\\Temp',
    'process.executable': 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  }),
];

const stopped = start(0, {
  ...WINDOWS,
  'process.name': 'sc.exe',
  'process.command_line': 'sc.exe stop WinDefend',
});
const engine = (seconds: number) => start(seconds, { ...WINDOWS, 'process.name': 'MsMpEng.exe' });

const shadows = [
  start(0, {
    ...WINDOWS,
    'process.name': 'vssadmin.exe',
    'process.args': ['vssadmin.exe', 'Delete', 'Shadows', '/all', '/quiet'],
  }),
];

const service = [
  event('authentication', 0, {
    ...WINDOWS,
    'event.outcome': 'success',
    'winlog.logon.type': 'Network',
    'source.ip': '10.0.0.5',
  }),
  start(10, {
    ...WINDOWS,
    'process.parent.name': 'services.exe',
    'process.name': 'kqzvbnml.exe',
    'process.executable': 'C:\\Windows\\kqzvbnml.exe',
  }),
];

const download = [
  event('file', 0, {
    ...WINDOWS,
    'event.type': ['creation'],
    'process.name': 'msedge.exe',
    'file.extension': 'exe',
    'file.path': 'C:\\Users\\ann\\Downloads\\invoice.exe',
  }),
  start(300, { ...WINDOWS, 'process.executable': 'C:\\Users\\ann\\Downloads\\invoice.exe' }),
];

const uac = [
  event('registry', 0, {
    ...WINDOWS,
    'event.type': ['change'],
    'registry.path': 'HKEY_USERS\\S-1-5-21-1_Classes\\ms-settings\\shell\\open\\command\\(Default)',
  }),
  start(5, { ...WINDOWS, 'process.parent.name': 'fodhelper.exe', 'process.name': 'cmd.exe' }),
];

const explored = [
  start(0, { ...WINDOWS, 'user.id': 'S-1', 'process.name': 'nltest.exe' }),
  start(4_000, { ...WINDOWS, 'user.id': 'S-1', 'process.name': 'whoami.exe' }),
  start(9_000, {
    ...WINDOWS,
    'user.id': 'S-1',
    'process.name': 'net.exe',
    'process.args': ['net', 'group', 'Domain Admins', '/domain'],
  }),
];

/** Trials of the rules for Windows. */
export const WINDOWS_TRIALS: readonly RuleTrials[] = [
  {
    file: 'windows/execution_office_starts_interpreter',
    fires: [{ about: 'Word and PowerShell', events: office }],
    silent: variants(office, [
      ['a printer driver', 0, { 'process.name': 'splwow64.exe' }],
      ['the desktop', 0, { 'process.parent.name': 'explorer.exe' }],
    ]),
  },
  {
    file: 'windows/persistence_run_key_to_user_folder',
    fires: [{ about: 'a program in AppData', events: runKey }],
    silent: variants(runKey, [
      ['an installed program', 0, { 'registry.data.strings': ['C:\\Program Files\\U\\u.exe'] }],
      ['another key', 0, { 'registry.path': 'HKEY_USERS\\S-1-5-21-1\\Software\\Updater\\Run' }],
      ['an installer', 0, { 'process.executable': 'C:\\Program Files\\U\\setup.exe' }],
    ]),
  },
  {
    file: 'windows/credential_access_lsass_memory_dump_written',
    fires: [{ about: 'a dump by its name', events: dump }],
    silent: variants(dump, [
      ['a dump of another process', 0, { 'file.name': 'word_240105.dmp' }],
      ['the end of the file', 0, { 'event.type': ['deletion'] }],
    ]),
  },
  {
    file: 'windows/defense_evasion_defender_exclusion_set',
    fires: [{ about: 'a folder by PowerShell', events: exclusion }],
    silent: variants(exclusion, [
      ['a policy', 0, { 'process.executable': 'C:\\Windows\\System32\\svchost.exe' }],
      ['another setting', 0, { 'registry.path': 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Scan\\Day' }],
    ]),
  },
  {
    file: 'windows/defense_evasion_defender_stopped_and_not_back',
    fires: [
      { about: 'it stays away', events: [stopped] },
      { about: 'it comes back too late', events: [stopped, engine(301)] },
      { about: 'it starts on another host', events: [stopped, { ...engine(10), 'host.id': 'host-2' }] },
    ],
    silent: [
      { about: 'it comes back', events: [stopped, engine(20)] },
      ...variants([stopped], [['another service', 0, { 'process.command_line': 'sc.exe stop Spooler' }]]),
    ],
  },
  {
    file: 'windows/impact_shadow_copies_deleted',
    fires: [
      { about: 'vssadmin', events: shadows },
      {
        about: 'PowerShell',
        events: [
          start(0, {
            ...WINDOWS,
            'process.name': 'powershell.exe',
            'process.command_line': 'Get-WmiObject Win32_ShadowCopy | ForEach-Object {$_.Delete();}',
          }),
        ],
      },
    ],
    silent: variants(shadows, [
      ['a list', 0, { 'process.args': ['vssadmin.exe', 'List', 'Shadows'] }],
      ['another program', 0, { 'process.name': 'diskshadow.exe' }],
    ]),
  },
  {
    file: 'windows/lateral_movement_service_after_network_logon',
    fires: [{ about: 'a program in the Windows folder', events: service }],
    silent: variants(service, [
      ['a program of the system', 1, { 'process.executable': 'C:\\Windows\\System32\\kqzvbnml.exe' }],
      ['an interactive logon', 0, { 'winlog.logon.type': 'Interactive' }],
      ['the host itself', 0, { 'source.ip': '127.0.0.1' }],
      ['another parent', 1, { 'process.parent.name': 'explorer.exe' }],
      ['too late', 1, { '@timestamp': '2026-01-05T09:00:31Z' }],
    ]),
  },
  {
    file: 'windows/initial_access_download_run_by_user',
    fires: [{ about: 'Edge and a double click', events: download }],
    silent: variants(download, [
      ['another file', 1, { 'process.executable': 'C:\\Users\\ann\\Downloads\\other.exe' }],
      ['a document', 0, { 'file.extension': 'pdf' }],
      ['another program', 0, { 'process.name': 'explorer.exe' }],
    ]),
  },
  {
    file: 'windows/privilege_escalation_uac_bypass_through_ms_settings',
    fires: [{ about: 'fodhelper', events: uac }],
    silent: variants(uac, [
      ['another program', 1, { 'process.parent.name': 'explorer.exe' }],
      ['another key', 0, { 'registry.path': 'HKEY_USERS\\S-1-5-21-1_Classes\\txtfile\\shell\\open\\command\\x' }],
    ]),
  },
  {
    file: 'windows/discovery_domain_explored_by_one_user',
    fires: [{ about: 'three commands in any order', events: explored }],
    silent: variants(explored, [
      ['another user', 1, { 'user.id': 'S-2' }],
      ['another host', 2, { 'host.id': 'host-2' }],
      ['the groups of the host', 2, { 'process.args': ['net', 'localgroup'] }],
    ]),
  },
];
