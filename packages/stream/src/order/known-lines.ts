import type { TakenLines } from '../lines/line-splitter.js';
import { KeyedLine } from './keyed-line.js';
import type { LineTable } from './line-table.js';

const LINE_BREAK = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Where lines of a file stand in memory: from `start`, where the one of this number begins. */
interface LinesInMemory {
  readonly bytes: Buffer;
  readonly start: number;
  readonly line: number;
}

/**
 * Takes lines that follow each other, whose timestamps and lengths are known from a look at the file, so that neither has to be
 * looked for; up to the first one that is not known or not whole. Gives how many there were, `null` for none.
 */
export function takeKnownLines(
  table: LineTable,
  sourceIndex: number,
  { bytes, start, line }: LinesInMemory,
  onLine: (keyed: KeyedLine) => void,
): TakenLines | null {
  let at = start;
  let number = line;
  for (;;) {
    const end = at + table.lineBytesOf(number);
    const lineBreak = bytes[end] === CARRIAGE_RETURN ? end + 1 : end;
    if (end === at || bytes[lineBreak] !== LINE_BREAK) break;
    const timestamp = table.timestampOf(number);
    if (timestamp === null) break;
    onLine(new KeyedLine(timestamp, null, sourceIndex, number, bytes, at, end));
    at = lineBreak + 1;
    number += 1;
  }
  return number === line ? null : { count: number - line, end: at };
}
