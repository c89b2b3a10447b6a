import { emitKeypressEvents, type Key } from 'node:readline';
import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';

/** Takes a key before the line editor does; true if the editor shall not see it. */
type KeyHandler = (key: Key) => boolean;

/** Takes a text that was pasted as a whole. */
type PasteHandler = (text: string) => void;

const BEGIN_BRACKETED_PASTE = '\u001b[?2004h';
const END_BRACKETED_PASTE = '\u001b[?2004l';

/**
 * The keys of a terminal on their way to the line editor. While the REPL works they are held back, so that what is typed
 * ahead comes when its turn comes; a paste is handed over as a whole, where the terminal tells that it is one.
 */
export class KeyInput {
  /** What the line editor reads: it gets key presses only, no bytes. */
  readonly stream = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: boolean) => this.terminal.setRawMode(mode),
  });
  private held: (readonly [string | undefined, Key])[] = [];
  private holds = false;
  private pasted: string | null = null;

  constructor(
    private readonly terminal: ReadStream,
    private readonly onKey: KeyHandler,
    private readonly onPaste: PasteHandler,
    /** Called when a key was dealt with. */
    private readonly afterKey: () => void,
  ) {
    emitKeypressEvents(terminal);
    terminal.on('keypress', this.take);
    terminal.once('end', this.end);
    terminal.resume();
    process.stdout.write(BEGIN_BRACKETED_PASTE);
  }

  /** Holds keys back, but for Ctrl-C. */
  hold(): void {
    this.holds = true;
  }

  /** Lets keys through again, first those that were held back. */
  release(): void {
    this.holds = false;
    const { held } = this;
    this.held = [];
    for (const [text, key] of held) this.take(text, key);
  }

  /** Forgets the keys that were held back. */
  forget(): void {
    this.held = [];
  }

  /** Leaves the terminal alone. */
  stop(): void {
    process.stdout.write(END_BRACKETED_PASTE);
    this.terminal.off('keypress', this.take);
    this.terminal.off('end', this.end);
    this.terminal.pause();
  }

  private readonly end = (): void => {
    this.stream.end();
  };

  private readonly take = (text: string | undefined, key: Key): void => {
    if (this.holds && !(key.ctrl === true && key.name === 'c')) {
      this.held.push([text, key]);
      return;
    }
    if (key.name === 'paste-start') this.pasted = '';
    else if (key.name === 'paste-end') {
      this.onPaste(this.pasted ?? '');
      this.pasted = null;
    } else if (this.pasted !== null) this.pasted += key.sequence ?? '';
    else if (!this.onKey(key)) this.stream.emit('keypress', text, key);
    this.afterKey();
  };
}
