const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Containers below this depth are counted only. */
const MAX_PATH_DEPTH = 8;
/** Longer keys name nothing that is looked for. */
const MAX_KEY_BYTES = 32;

/** An object or list that the flattener is inside of. */
interface Container {
  readonly isList: boolean;
  /** The key under which it stands; that of its list for the element of one. */
  readonly key: string;
}

/**
 * Turns JSON text into lines, one event each, without decoding it: bytes stay as they are, but line breaks between tokens
 * become blanks. What is an event depends on the text: the elements of a list, or objects that follow one another; in the
 * response of a search the elements of `hits.hits`, `hits.events` and `hits.sequences[].events`.
 *
 * It works on any bytes and never throws. Text that is no JSON comes out as lines that are none either.
 */
export class JsonFlattener {
  private readonly path: Container[] = [];
  private depth = 0;
  /** Depth of the list whose elements are events; -1 outside of one, 0 where objects follow one another. */
  private listDepth: number;
  private inString = false;
  private escaped = false;
  private key = '';
  private keyBytes: number[] | null = null;
  private afterColon = false;
  /** Whether the byte just taken ended an event, or a list of them. */
  private endsEvent = false;

  constructor(private readonly isResponse: boolean) {
    this.listDepth = isResponse ? -1 : 0;
  }

  /** Whether the text so far ends inside of a value. */
  get isUnfinished(): boolean {
    return this.depth > 0 || this.inString;
  }

  /** Takes the next bytes and gives what they come to. */
  push(bytes: Buffer): Buffer {
    // Each closing bracket may add a line break.
    const output = Buffer.allocUnsafe(bytes.length * 2);
    let length = 0;
    for (const byte of bytes) {
      const isWithin = this.listDepth !== -1;
      const written = this.take(byte);
      if (isWithin && written !== -1) output[length++] = written;
      if (this.endsEvent) output[length++] = NEWLINE;
    }
    return output.subarray(0, length);
  }

  /** Takes a byte and gives the one to write for it; -1 for none. */
  private take(byte: number): number {
    this.endsEvent = false;
    if (this.inString) {
      this.takeInString(byte);
      return byte === NEWLINE || byte === CARRIAGE_RETURN ? SPACE : byte;
    }
    switch (byte) {
      case QUOTE:
        this.inString = true;
        this.keyBytes = this.isKeyPosition() ? [] : null;
        return byte;
      case NEWLINE:
      case CARRIAGE_RETURN:
      case TAB:
      case SPACE:
        return SPACE;
      case COLON:
        this.afterColon = true;
        return byte;
      case COMMA:
        this.afterColon = false;
        return this.depth === this.listDepth ? NEWLINE : byte;
      case OPEN_BRACE:
        this.open(false);
        return byte;
      case OPEN_BRACKET:
        return this.open(true) ? -1 : byte;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        return this.close(byte);
      default:
        return byte;
    }
  }

  private takeInString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) {
      this.inString = false;
      if (this.keyBytes !== null) this.key = String.fromCharCode(...this.keyBytes);
      this.keyBytes = null;
      return;
    }
    if (this.keyBytes !== null && this.keyBytes.length <= MAX_KEY_BYTES) this.keyBytes.push(byte);
  }

  /** Whether a string here is a key that may lead to the hits of a response. */
  private isKeyPosition(): boolean {
    return this.isResponse && !this.afterColon && this.path[this.depth - 1]?.isList === false;
  }

  /** Enters an object or list; tells whether it is a list whose elements are events. */
  private open(isList: boolean): boolean {
    const outer = this.path[this.depth - 1];
    const container = { isList, key: outer?.isList === true ? outer.key : this.key };
    if (this.depth < MAX_PATH_DEPTH) this.path[this.depth] = container;
    this.depth += 1;
    this.afterColon = false;
    this.key = '';
    if (!isList || !this.holdsEvents(container, outer)) return false;
    this.listDepth = this.depth;
    return true;
  }

  private holdsEvents({ key }: Container, outer: Container | undefined): boolean {
    if (!this.isResponse) return this.depth === 1;
    if (this.listDepth !== -1 || this.depth > MAX_PATH_DEPTH) return false;
    const parent = outer?.key;
    return (key === 'hits' && parent === 'hits') || (key === 'events' && (parent === 'hits' || parent === 'sequences'));
  }

  /** Leaves an object or list. */
  private close(byte: number): number {
    const endsList = this.depth === this.listDepth;
    // A bracket too many must not turn depth negative.
    this.depth = Math.max(0, this.depth - 1);
    this.path.length = Math.min(this.path.length, this.depth);
    this.afterColon = false;
    if (endsList && this.listDepth > 0) {
      this.listDepth = this.isResponse ? -1 : 0;
      this.endsEvent = true;
      return -1;
    }
    this.endsEvent = this.listDepth === 0 && this.depth === 0;
    return byte;
  }
}
