import { event, start, variants, type RuleTrials } from './trial.js';

const MAC = { 'host.os.type': 'macos' };

const keychain = [
  start(0, {
    ...MAC,
    'process.name': 'ditto',
    'process.args': ['ditto', '/Users/ann/Library/Keychains/login.keychain-db', '/tmp/k'],
  }),
];

const agent = [
  event('file', 0, {
    ...MAC,
    'event.type': ['creation'],
    'file.extension': 'plist',
    'file.path': '/Users/ann/Library/LaunchAgents/com.example.plist',
    'process.name': 'osascript',
  }),
];

const quarantine = [
  start(0, {
    ...MAC,
    'process.name': 'xattr',
    'process.args': ['xattr', '-d', 'com.apple.quarantine', '/tmp/x.app'],
  }),
];

const dialog = [
  start(0, {
    ...MAC,
    'process.name': 'osascript',
    'process.command_line':
      'osascript -e display dialog "macOS needs your Password" default answer "" with hidden answer',
  }),
];

const script = [
  start(0, { ...MAC, 'process.entity_id': 'p', 'process.name': 'osascript' }),
  event('network', 5, {
    ...MAC,
    'event.type': ['start'],
    'process.entity_id': 'p',
    'destination.ip': '198.51.100.7',
  }),
];

/** Trials of the rules for macOS. */
export const MACOS_TRIALS: readonly RuleTrials[] = [
  {
    file: 'macos/credential_access_keychain_copied',
    fires: [{ about: 'a copy', events: keychain }],
    silent: variants(keychain, [
      ['another file', 0, { 'process.args': ['ditto', '/Users/ann/Documents', '/tmp/k'] }],
      ['the tool for it', 0, { 'process.name': 'security' }],
    ]),
  },
  {
    file: 'macos/persistence_launch_agent_written_by_interpreter',
    fires: [{ about: 'an agent from a script', events: agent }],
    silent: variants(agent, [
      ['an installer', 0, { 'process.name': 'package_script_service' }],
      ['another folder', 0, { 'file.path': '/Users/ann/Library/Preferences/com.example.plist' }],
    ]),
  },
  {
    file: 'macos/defense_evasion_quarantine_mark_removed',
    fires: [
      { about: 'one mark', events: quarantine },
      {
        about: 'all marks',
        events: [start(0, { ...MAC, 'process.name': 'xattr', 'process.args': ['xattr', '-cr', '/tmp/x.app'] })],
      },
    ],
    silent: variants(quarantine, [
      ['a look', 0, { 'process.args': ['xattr', '-p', 'com.apple.quarantine', '/tmp/x.app'] }],
      ['another mark', 0, { 'process.args': ['xattr', '-d', 'com.apple.FinderInfo', '/tmp/x'] }],
    ]),
  },
  {
    file: 'macos/credential_access_password_dialog_by_script',
    fires: [{ about: 'a dialog for the password', events: dialog }],
    silent: variants(dialog, [
      ['a greeting', 0, { 'process.command_line': 'osascript -e display dialog "Hello"' }],
      ['no dialog', 0, { 'process.command_line': 'osascript -e say "password"' }],
    ]),
  },
  {
    file: 'macos/command_and_control_script_connects_out',
    fires: [{ about: 'a public address', events: script }],
    silent: variants(script, [
      ['an address of the network', 1, { 'destination.ip': '192.168.1.5' }],
      ['another process', 1, { 'process.entity_id': 'q' }],
      ['too late', 1, { '@timestamp': '2026-01-05T09:00:30.001Z' }],
    ]),
  },
];
