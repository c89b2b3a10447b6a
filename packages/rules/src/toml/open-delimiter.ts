/** What is open at a place of a TOML text. */
export interface OpenDelimiter {
  /** `"`, `'`, `"""`, `'''`, `[` or `{`. */
  readonly delimiter: string;
  readonly at: number;
}

/** Finds the innermost string, list, inline table or header that is open at an offset of a TOML text; it may be invalid. */
export function findOpenDelimiter(text: string, offset: number): OpenDelimiter | null {
  const open: OpenDelimiter[] = [];
  const scanner = /"""|'''|["'[\]{}#]/gu;
  for (let found = scanner.exec(text); found !== null && found.index < offset; found = scanner.exec(text)) {
    const [mark] = found;
    const at = found.index;
    if (mark === '[' || mark === '{') {
      open.push({ delimiter: mark, at });
    } else if (mark === ']' || mark === '}') {
      open.pop();
    } else {
      const end = mark === '#' ? endOfLine(text, at) : endOfString(text, at, mark);
      if (end === null || end > offset) return mark === '#' ? (open.at(-1) ?? null) : { delimiter: mark, at };
      scanner.lastIndex = end;
    }
  }
  return open.at(-1) ?? null;
}

/** Behind the closing delimiter; `null` if there is none. A string in single marks ends on its line. */
function endOfString(text: string, start: number, mark: string): number | null {
  const scanner = mark.startsWith('"') ? /\\[^]|"""|["\r\n]/gu : /'''|['\r\n]/gu;
  scanner.lastIndex = start + mark.length;
  for (let found = scanner.exec(text); found !== null; found = scanner.exec(text)) {
    const [part] = found;
    if (part === mark) return behindQuotes(text, scanner.lastIndex, mark);
    // An empty string and a mark: `"""` where one mark is wanted.
    if (mark.length === 1 && part.startsWith(mark)) return found.index + 1;
    if (mark.length === 1 && (part === '\n' || part === '\r')) return null;
  }
  return null;
}

/** Up to two more marks before the end of a multi-line string belong to its text. */
function behindQuotes(text: string, end: number, mark: string): number {
  if (mark.length === 1) return end;
  let behind = end;
  while (behind < end + 2 && text.startsWith(mark.charAt(0), behind)) behind += 1;
  return behind;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}
