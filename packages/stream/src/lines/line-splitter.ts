const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Lines that a visitor has taken by itself. */
export interface TakenLines {
  readonly count: number;
  /** Where the line behind them begins. */
  readonly end: number;
}

/** Receives the lines that a {@link LineSplitter} finds. */
export interface LineVisitor {
  /**
   * A line is `buffer` from `start` to `end`, without its line break. `line` is its one-based number, `offset` the place of
   * its first byte in the input.
   */
  onLine(buffer: Buffer, start: number, end: number, line: number, offset: number): void;
  /**
   * Takes as many lines as it likes of those that `buffer` holds as a whole from `start` on; null for none. The first has
   * the number `line` and stands at `offset` in the input. What it leaves comes line by line, and it is asked again behind each.
   */
  takeLines?(buffer: Buffer, start: number, line: number, offset: number): TakenLines | null;
  /** A line had more bytes than allowed and was dropped. */
  onTooLong(line: number): void;
}

/**
 * Cuts chunks of bytes into lines. A line within one chunk is passed on where it stands; one that crosses chunks is
 * joined. Lines end with LF or CRLF, the last one also with the input; a UTF-8 byte-order mark before the first is
 * dropped.
 */
export class LineSplitter {
  readonly #visitor: LineVisitor;
  readonly #maxLineBytes: number;
  #line: number;
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #isTooLong = false;
  /** Bytes before the present chunk. */
  #bytesBefore = 0;

  /** `firstLine` is the number of the first line, where the input begins further down. */
  constructor(visitor: LineVisitor, maxLineBytes: number, firstLine = 1) {
    this.#visitor = visitor;
    this.#maxLineBytes = maxLineBytes;
    this.#line = firstLine;
  }

  /** One-based number of the line that the next byte belongs to. */
  get line(): number {
    return this.#line;
  }

  /** Takes the next bytes of the input. They must not change before the visitor is done with their lines. */
  push(chunk: Buffer): void {
    let start = this.#offer(chunk, 0);
    for (let end = chunk.indexOf(NEWLINE, start); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#endLine(chunk, start, end);
      start = this.#offer(chunk, end + 1);
    }
    // A copy, which may outlive the chunk.
    if (start < chunk.length) this.#keep(Buffer.from(chunk.subarray(start)));
    this.#bytesBefore += chunk.length;
  }

  /** Ends the input: what follows the last line break is a line, too. */
  finish(): void {
    if (this.#pieceBytes > 0 || this.#isTooLong) this.#endLine(Buffer.alloc(0), 0, 0);
  }

  /** Lets the visitor take lines from `start` on; gives where the others begin. */
  #offer(chunk: Buffer, start: number): number {
    // A line that began in an earlier chunk stands nowhere as a whole.
    if (this.#pieceBytes > 0 || start === chunk.length) return start;
    const taken = this.#visitor.takeLines?.(chunk, start, this.#line, this.#bytesBefore + start);
    if (taken === undefined || taken === null) return start;
    this.#line += taken.count;
    return taken.end;
  }

  #keep(piece: Buffer): void {
    this.#pieceBytes += piece.length;
    if (this.#pieceBytes > this.#maxLineBytes) {
      this.#isTooLong = true;
      this.#pieces = [];
    }
    if (!this.#isTooLong) this.#pieces.push(piece);
  }

  #endLine(chunk: Buffer, start: number, end: number): void {
    const line = this.#line++;
    if (this.#pieceBytes === 0) {
      this.#visit(chunk, start, end, line, this.#bytesBefore + start);
      return;
    }
    const offset = this.#bytesBefore + start - this.#pieceBytes;
    this.#keep(chunk.subarray(start, end));
    const joined = Buffer.concat(this.#pieces);
    const isTooLong = this.#isTooLong;
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#isTooLong = false;
    if (isTooLong) this.#visitor.onTooLong(line);
    else this.#visit(joined, 0, joined.length, line, offset);
  }

  #visit(buffer: Buffer, start: number, end: number, line: number, offset: number): void {
    const first = line === 1 && hasByteOrderMark(buffer, start, end) ? start + 3 : start;
    const last = end > first && buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    if (last - first > this.#maxLineBytes) this.#visitor.onTooLong(line);
    else this.#visitor.onLine(buffer, first, last, line, offset + first - start);
  }
}

function hasByteOrderMark(buffer: Buffer, start: number, end: number): boolean {
  return end - start >= 3 && buffer[start] === 0xef && buffer[start + 1] === 0xbb && buffer[start + 2] === 0xbf;
}
