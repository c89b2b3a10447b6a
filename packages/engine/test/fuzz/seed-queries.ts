import { existsSync, readFileSync } from 'node:fs';

/** Queries that use every construct of the language, to be mutated. */
const OWN_QUERIES = [
  'process where process.name == "cmd.exe" and not process.args : ("/c", "*echo*")',
  'any where true',
  '"quoted category" where ?a.b != null or `odd name`.`x``y` == null',
  'network where destination.port in (80, 443, 8080) and cidrMatch(source.ip, "10.0.0.0/8", "fe80::/10")',
  'file where file.path like~ ("C:\\\\Temp\\\\*", "?:\\\\x") and file.size > 1024 * 1024',
  'process where process.pid % 2 == 0 and -process.pid < 3 + 4 - 1 / 2',
  'process where process.command_line regex~ ("net[1]? .*", ".*(user|group){1,3}.*", "[^a-z0-9\\\\-]+")',
  'any where length(process.name) >= 3 and substring(process.name, 0, -4) == "cmd" and concat(a, 1, true) == "x1true"',
  'any where indexOf~(process.name, "M", 1) == 1 and between(file.path, "\\\\", ".", true) != ""',
  'any where number("0x1f") == 31 and number(text, 8) == 63 and string(process.pid) : "1*"',
  'any where startsWith~(a, "b") or endsWith(a, "c") or stringContains~(a, "d") or wildcard(a, "b*", "?") or match(a, ".*")',
  'any where add(1, 2) == 3 and subtract(a, 1) != multiply(b, 2.5) and divide(a, 2) < modulo(b, 3)',
  'any where user.id in~ ("ROOT", "0") and host.name not in ("a", "b", null)',
  'any where @timestamp >= "2024-01-01T00:00:00Z" and @timestamp < 1735689600000',
  'any where a == """raw \\ "text" """ and b == "\\u{1f600}\\t\\"\\\\"',
  'any where 18446744073709551615 == a or b > -9223372036854775808 or c <= 1.5e-9 or d == .5',
  'sequence by host.id, ?user.name with maxspan=5m [process where a == 1] by b with runs=3 ![file where true] by c [network where d : "x*"] by e until [any where f] by g | head 10 | tail 3',
  'sequence with maxspan=500ms ![a where true] [b where true] ![c where true]',
  'sequence [any where true] with runs=2 [process where process.name : "b*"]',
  'sample by host.id [process where a] by b [network where c] by d [file where true] by e',
  'any where true /* a /* nested */ comment */ // to the end\n| tail 5',
]; // prettier-ignore

const ENDPOINT_QUERIES = [
  'sequence with maxspan=1m [process where event.type == "start"] as parent [file where file.Ext.pid == parent.process.pid] as made [network where process.entity_id == made.process.entity_id]',
  'process where descendant of [process where process.name : ("winword.exe", "excel.exe")] and _arraysearch(process.Ext.list, $entry, $entry.name == "x" and $entry.trusted == false)',
  'api where length(process.args) > 2 and process.name == user.name',
]; // prettier-ignore

const ENDGAME_QUERIES = [
  "process where process_name = 'CMD*' and not command_line == '*net*' | unique process_name, user | count parent | sort count | head 5",
  'join by user [process where a == 1] by b [file where c] by d until [network where true] by e | filter events[1].pid > 3',
  'sequence by pid [process where true] fork=true [file where name == ?"\\raw"] | unique_count user, host | filter percent > 0.5',
  'process where child of [process where a] or descendant of [file where b] or event of [network where c[0].d == 1]',
  'any where arraySearch(list, x, x.y == 1) and arrayCount(list, x, x == "b*") > 1 and arrayContains(list, "a", 2)',
  'any where safe(divide(a, 0)) == null and matchLite(a, "\\\\d+") and process_name:length() > 3',
]; // prettier-ignore

const SHARED = new URL('../../../../../shared/conformance/', import.meta.url);

/** The published queries beside the project, where they are. */
function publishedQueries(): readonly string[] {
  if (!existsSync(SHARED)) return [];
  const files = [
    ...['endgame', 'extra', 'missing-events', 'sample'].map((name) => `elasticsearch/${name}.json`),
    'python-eql/queries.json',
  ];
  return files.flatMap((file) => {
    const cases = JSON.parse(readFileSync(new URL(file, SHARED), 'utf8')) as readonly { readonly query?: string }[];
    return cases.flatMap(({ query }) => query ?? []);
  });
}

/** What is mutated: our own queries of every dialect, and the published ones if they are there. */
export const SEED_QUERIES: readonly string[] = [
  ...OWN_QUERIES,
  ...ENDPOINT_QUERIES,
  ...ENDGAME_QUERIES,
  ...publishedQueries(),
];
