import { connect, exec, gnomeCase, xfceCase, type CaseDefinition } from '../case-definition.js';
import { program } from '../running-process.js';

/** The conditions of the two stages other than arguments and destination. */
export const CONDITION_CASES: readonly CaseDefinition[] = [
  xfceCase('fork-only', 0, 'The process was forked, not executed.', [{ kind: 'fork', atMs: 0 }, connect(300)]),
  xfceCase('exec-of-type-change', 0, 'The exec is of event.type change, not start.', [
    exec(0, { set: { 'event.type': ['change'] } }),
    connect(300),
  ]),
  xfceCase('network-end', 0, 'The connection ended: event.type is end.', [
    exec(0),
    connect(300, { set: { 'event.type': ['end'] } }),
  ]),
  xfceCase('network-accepted', 0, 'The connection came in: event.action is connection_accepted.', [
    exec(0),
    connect(300, { set: { 'event.action': 'connection_accepted', 'network.direction': 'ingress' } }),
  ]),
  xfceCase('os-macos', 0, 'host.os.type is macos on both events.', [
    exec(0, { set: { 'host.os.type': 'macos' } }),
    connect(300, { set: { 'host.os.type': 'macos' } }),
  ]),
  xfceCase('os-macos-on-connect', 0, 'host.os.type is macos on the connection only.', [
    exec(0),
    connect(300, { set: { 'host.os.type': 'macos' } }),
  ]),
  xfceCase('os-upper-case', 0, 'host.os.type is Linux; the operator == heeds case.', [
    exec(0, { set: { 'host.os.type': 'Linux' } }),
    connect(300),
  ]),
  xfceCase('category-upper-case', 0, 'event.category is Process; categories heed case.', [
    exec(0, { set: { 'event.category': ['Process'] } }),
    connect(300),
  ]),
  xfceCase('category-and-type-several', 1, 'Further values in event.category and event.type; one is enough.', [
    exec(0, { set: { 'event.category': ['session', 'process'], 'event.type': ['start', 'info'] } }),
    connect(300, { set: { 'event.category': ['network', 'session'], 'event.type': ['connection', 'start'] } }),
  ]),
  xfceCase('category-and-type-text', 1, 'event.category and event.type are texts, not arrays.', [
    exec(0, { set: { 'event.category': 'process', 'event.type': 'start' } }),
    connect(300, { set: { 'event.category': 'network', 'event.type': 'start' } }),
  ]),
  xfceCase('xfce-other-path', 0, 'The parent is /usr/local/bin/xfce4-session.', [
    exec(0, { set: { 'process.parent.executable': '/usr/local/bin/xfce4-session' } }),
    connect(300),
  ]),
  xfceCase('xfce-path-other-case', 0, 'The parent is /usr/bin/XFCE4-session; the operator == heeds case.', [
    exec(0, { set: { 'process.parent.executable': '/usr/bin/XFCE4-session' } }),
    connect(300),
  ]),
  xfceCase('xfce-parent-missing', 0, 'The exec does not say who the parent is.', [
    exec(0, { without: ['process.parent'] }),
    connect(300),
  ]),
  gnomeCase('gnome-other-shell', 0, 'The same arguments, run by /usr/bin/dash.', [
    exec(0, { set: { 'process.executable': '/usr/bin/dash', 'process.name': 'dash' } }),
    connect(300),
  ]),
  excludedExecutable('excluded-firefox', 0, 'A browser that the rule lets pass.', '/usr/lib/firefox/firefox'),
  excludedExecutable('excluded-firefox-64', 0, 'The same browser elsewhere.', '/usr/lib64/firefox/firefox'),
  excludedExecutable(
    'excluded-fortitray',
    0,
    'A VPN tray that the rule lets pass.',
    '/opt/forticlient/fortitraylauncher',
  ),
  excludedExecutable(
    'excluded-firefox-other-case',
    1,
    'A path that differs in case from one that may pass; the operator in heeds case.',
    '/usr/lib/Firefox/firefox',
  ),
  xfceCase('excluded-on-exec-only', 1, 'Started as a browser that may pass, but another program connects.', [
    exec(0, { program: program('/usr/lib/firefox/firefox', '--headless') }),
    connect(300),
  ]),
  xfceCase('network-executable-missing', 1, 'The connection does not say which program; none of those that may pass.', [
    exec(0),
    connect(300, { without: ['process.executable', 'process.name'] }),
  ]),
];

function excludedExecutable(label: string, alerts: number, about: string, executable: string): CaseDefinition {
  const running = program(executable);
  return xfceCase(label, alerts, about, [exec(0, { program: running }), connect(300, { program: running })]);
}
