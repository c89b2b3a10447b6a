import { createRandom, type Random } from '@eqlkit/test-support';

/** A rule of our own, for measuring packs without anybody else's rules. */
export interface SyntheticRule {
  readonly name: string;
  readonly query: string;
}

type Template = (random: Random) => string;

const OS = ['windows', 'windows', 'linux', 'macos'] as const;
const FOLDERS = ['C:\\Users\\Public', 'C:\\ProgramData', 'C:\\Windows\\Temp', 'C:\\Perflogs', 'D:\\Ledger'] as const;

/**
 * The shapes that published packs are made of, in about their proportions: most rules pin system, type or action of the
 * event and the name of a program, many add patterns, and a third are sequences.
 */
const TEMPLATES: readonly [Template, ...Template[]] = [
  (random) =>
    `process where host.os.type == "${random.pick(OS)}" and event.type == "start" and process.name : (${names(random, 3)}) and process.args : ("--${word(random)}", "/${word(random)}*")`,
  (random) =>
    `process where host.os.type == "windows" and event.type == "start" and (process.name : ${name(random)} or ?process.pe.original_file_name == "${word(random)}") and process.command_line : ("*${word(random)}*", "*${word(random)}*${word(random)}*") and not process.parent.executable : "${folder(random)}\\\\*"`,
  (random) =>
    `process where host.os.type == "linux" and event.type == "start" and event.action in ("exec", "exec_event", "start") and process.executable : ("/tmp/.${word(random)}/*", "/dev/shm/${word(random)}*", "/var/tmp/*${word(random)}") and not process.parent.name in ("cron", "${word(random)}")`,
  (random) =>
    `file where host.os.type == "windows" and event.type != "deletion" and file.extension : ("${word(random)}", "${word(random)}", "lnk") and file.path : ("${folder(random)}\\\\*\\\\${word(random)}*", "?:\\\\Users\\\\*\\\\Startup\\\\*${word(random)}*")`,
  (random) =>
    `network where event.action : ("connection_attempted", "lookup_requested") and process.name : ("${word(random)}.exe", "rundll32.exe") and destination.port in (${random.integer(1, 65_535)}, ${random.integer(1, 65_535)}) and not cidrMatch(destination.ip, "10.0.0.0/8", "192.168.0.0/16", "127.0.0.0/8")`,
  (random) =>
    `any where event.category in ("process", "library") and process.name == ${name(random)} and length(process.command_line) > ${random.integer(50, 500)}`,
  (random) =>
    `sequence by host.id, process.entity_id with maxspan=${random.integer(1, 59)}s\n  [process where event.type == "start" and process.name : (${names(random, 2)})]\n  [network where destination.port == ${random.integer(1, 65_535)} and not destination.ip == "127.0.0.1"]`,
  (random) =>
    `sequence with maxspan=${random.integer(1, 10)}m\n  [file where event.action != "deletion" and file.path : "*${word(random)}*"] by file.path\n  [process where event.type == "start" and process.args_count >= ${random.integer(1, 4)} and process.name != "${word(random)}"] by process.executable`,
  (random) =>
    `sequence by process.parent.entity_id with maxspan=5s\n  [process where event.action == "exec" and process.name == ${name(random)}]\n  [process where event.action == "exec" and process.args : "${word(random)}*"]`,
];

/** Rules that the generated stream fires, so that variants can be held against each other by their matches. */
const FIRING: readonly [Template, ...Template[]] = [
  (random) =>
    `process where event.type == "start" and process.name : "certutil.exe" and process.args : "-urlcache" and not process.args : "${word(random)}"`,
  (random) =>
    `process where host.os.type == "windows" and event.action == "start" and process.name : ("vssadmin.exe", "schtasks.exe") and process.args : ("delete", "/create", "${word(random)}")`,
  (random) =>
    `file where event.action != "deletion" and file.path : ("?:\\\\Users\\\\Public\\\\*.exe", "/etc/ld.so.preload", "*\\\\${word(random)}")`,
  (random) => `network where destination.ip == "203.0.113.9" and process.name != "${word(random)}"`,
  (random) =>
    `sequence by host.id with maxspan=5m\n  [process where event.type == "start" and process.args : ("-nop", "-fsSL", "${word(random)}")]\n  [network where destination.ip == "203.0.113.9"]`,
  (random) =>
    `sequence by process.entity_id with maxspan=1h\n  [process where event.type == "start" and process.name != "${word(random)}" and process.args_count >= 4]\n  [file where event.action == "creation"]\n  [network where destination.port == 443]`,
];

/** Makes rules, the same ones for the same count and seed. One in sixteen fires on the generated stream. */
export function createSyntheticRules(count: number, seed: number): SyntheticRule[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, number) => ({
    name: `Synthetic rule ${String(number + 1).padStart(5, '0')}`,
    query: random.pick(number % 16 === 0 ? FIRING : TEMPLATES)(random),
  }));
}

function name(random: Random): string {
  return `"${word(random)}.exe"`;
}

function names(random: Random, count: number): string {
  return Array.from({ length: count }, () => name(random)).join(', ');
}

function folder(random: Random): string {
  return random.pick(FOLDERS).replaceAll('\\', '\\\\');
}

function word(random: Random): string {
  return random.text(random.integer(4, 9), 'abcdefghijklmnoprstuvwyz');
}
