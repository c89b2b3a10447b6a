/** A flag as the help of a command describes it. */
export interface DescribedFlag {
  /** The short one first, if there is one: `-o`, `--output`. */
  readonly names: readonly string[];
  readonly takesValue: boolean;
  /** The values that it may have, if they can be counted. */
  readonly choices: readonly string[];
}

/** What the help of a command says about it. */
export interface DescribedCommand {
  readonly flags: readonly DescribedFlag[];
  readonly exitCodes: readonly string[];
  /** Whether it only has commands below it. */
  readonly isGroup: boolean;
  /** The lines of its examples, without their prompt. */
  readonly examples: readonly string[];
}

/**
 * The commands as the command itself describes them, found from its own help downwards; by their words, such as
 * `pack list`.
 */
export async function describeCommands(
  helpOf: (words: readonly string[]) => Promise<string>,
  words: readonly string[] = [],
): Promise<ReadonlyMap<string, DescribedCommand>> {
  const help = await helpOf(words);
  const section = (title: string): string =>
    new RegExp(`^${title}:\\n([^]*?)(?:\\n\\n|(?![^]))`, 'mu').exec(help)?.[1] ?? '';
  const children = [...section('Commands').matchAll(/^ {2}(\w+)/gmu)].flatMap(([, child = '']) =>
    child === 'help' ? [] : [child],
  );
  const own: DescribedCommand = {
    flags: section('Options')
      .split(/\n(?= {2}-)/u)
      .flatMap(describeFlag),
    exitCodes: [...section('Exit codes').matchAll(/^ {2}(\d) /gmu)].map(([, code = '']) => code),
    isGroup: children.length > 0 && words.length > 0,
    examples: section('Examples')
      .replaceAll(/\\\n\s*/gu, '')
      .split('\n')
      .flatMap((line) => (line.startsWith('  $ ') ? [line.slice(4)] : [])),
  };
  const described = new Map([[words.join(' '), own]]);
  for (const child of children) {
    for (const entry of await describeCommands(helpOf, [...words, child])) described.set(...entry);
  }
  return described;
}

/** Reads a flag with its description, which goes on over several lines; none for `--help`, which every command has. */
function describeFlag(text: string): readonly DescribedFlag[] {
  const [, short, long = '', value] = /^ {2}(?:(-\w), )?(--[\w-]+)(?: (<[^>]+>))?/u.exec(text) ?? [];
  if (long === '' || long === '--help') return [];
  const [, list = ''] = /\(choices: ([^)]*?)(?:, default: [^)]*)?\)/u.exec(text.replaceAll(/\s+/gu, ' ')) ?? [];
  const choices = [...list.matchAll(/"([^"]+)"/gu)].map(([, choice = '']) => choice);
  return [{ names: [...(short === undefined ? [] : [short]), long], takesValue: value !== undefined, choices }];
}
