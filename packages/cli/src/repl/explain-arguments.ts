/** What `.explain` is asked: the query, or none for the last one, and what of the explanation is wanted. */
interface ExplainArguments {
  readonly query: string;
  readonly event: number | undefined;
  readonly key: readonly string[] | undefined;
  readonly shown: number;
}

/** The arguments, or what is wrong with them. */
export type ParsedExplainArguments =
  | { readonly arguments: ExplainArguments; readonly problem: null }
  | { readonly arguments: null; readonly problem: string };

const OPTION = /^(--\S*)(?:\s+(?:"([^"]*)"|'([^']*)'|(\S+)))?\s*/u;

/** Reads the options of `eql explain` that may stand before the query, which may have any text: `--event 17 --key a`. */
export function parseExplainArguments(argument: string): ParsedExplainArguments {
  const keys: string[] = [];
  let event: number | undefined;
  let shown = 3;
  let rest = argument;
  for (let found = OPTION.exec(rest); found !== null; found = OPTION.exec(rest)) {
    const [text, option = '', double, single, plain] = found;
    const value = double ?? single ?? plain;
    const count = /^\d+$/u.test(value ?? '') ? Number(value) : null;
    if (option === '--key' && value !== undefined) keys.push(value);
    else if (option === '--event' && count !== null && count > 0) event = count;
    else if (option === '--shown' && count !== null) shown = count;
    else return { arguments: null, problem: describe(option) };
    rest = rest.slice(text.length);
  }
  return { arguments: { query: rest, event, key: keys.length === 0 ? undefined : keys, shown }, problem: null };
}

function describe(option: string): string {
  switch (option) {
    case '--event':
      return '--event wants the number of an event, from 1, such as: .explain --event 17';
    case '--shown':
      return '--shown wants a number, such as: .explain --shown 10';
    case '--key':
      return '--key wants a value, such as: .explain --key 4f1c; once for each field of the join key';
    default:
      return `.explain has no option ${option}; it has --event, --key and --shown, before the query`;
  }
}
