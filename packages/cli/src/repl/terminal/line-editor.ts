import { clearScreenDown, cursorTo, moveCursor, type Key } from 'node:readline';
import { start, type REPLServer } from 'node:repl';
import { isUnfinished } from '@eqlkit/language';
import { outColors } from '../../output/colors.js';
import type { Offers } from '../complete-input.js';
import { BARE_COMMANDS } from '../gather-input.js';
import { colorLine, RESTORE_CURSOR, SAVE_CURSOR } from './color-line.js';
import { cleanPaste, insertText, lineEnd, lineStart, moveByLine, type EditedText } from './edited-text.js';
import { MAX_HISTORY } from './history-file.js';
import { HistoryRecall } from './history-recall.js';
import { KeyInput } from './key-input.js';
import { commonStart, drawOffers } from './offer-list.js';

const PROMPT = 'eql> ';
/** How a line begins that goes on in a query. */
const INDENT = '  ';
/** Rows that a list of offers leaves free. */
const FREE_ROWS = 6;

/** What happens in the line editor. */
interface LineEvents {
  /** Takes a finished input; keys are held back until it is done. */
  onInput(input: string): Promise<void>;
  /** Ctrl-C, while something runs or not. */
  onInterrupt(): void;
  completionsOf(input: string): Offers;
}

/**
 * Where inputs are written, in one line or several. Keys and the search in the history are those of Node's own REPL, which
 * draws a text with line breaks as it draws any other; here is what several lines, pastes and completion need beyond that.
 */
export class LineEditor {
  private readonly server: REPLServer;
  private readonly keys: KeyInput;
  /** Whether Node's REPL searches the history, and has all keys. */
  private searches = false;
  /** A text that was not typed, and so is known to be whole. */
  private given = '';
  private readonly recall = new HistoryRecall();
  /** The text whose completions are on the screen. */
  private listed = '';
  private answer: ((answer: string) => void) | null = null;
  /** Whether an input is being run. */
  private isBusy = false;
  private isColorDue = false;

  constructor(
    private readonly events: LineEvents,
    history: readonly string[],
  ) {
    this.keys = new KeyInput(
      process.stdin,
      (key) => this.handle(key),
      (text) => {
        this.paste(text);
      },
      () => {
        this.colorSoon();
      },
    );
    const options = { historySize: MAX_HISTORY };
    this.server = start({
      ...options,
      prompt: PROMPT,
      input: this.keys.stream,
      output: process.stdout,
      ignoreUndefined: true,
      preview: false,
      terminal: true,
      completer: () => [[], ''],
    });
    drawPlainly(this.server);
    // Node's REPL runs JavaScript and has dot commands of its own.
    for (const name of Object.keys(this.server.commands)) Reflect.deleteProperty(this.server.commands, name);
    this.server.removeAllListeners('line');
    this.server.removeAllListeners('SIGINT');
    this.server.on('SIGINT', () => {
      this.events.onInterrupt();
    });
    this.server.on('line', (line) => {
      this.takeLine(this.inOrder(line));
    });
    this.history.push(...history);
  }

  /** Resolves when the user leaves. */
  async ends(): Promise<void> {
    await new Promise((resolve) => this.server.once('exit', resolve));
    this.keys.stop();
  }

  /** Leaves. */
  close(): void {
    this.server.close();
  }

  /** Asks for a line that is an answer, not an input. */
  ask(question: string): Promise<string> {
    return new Promise((resolve) => {
      this.answer = resolve;
      this.server.setPrompt(question);
      this.server.prompt();
      this.keys.release();
    });
  }

  /** Forgets what was written or asked, and what was typed ahead. */
  interrupt(): void {
    this.keys.forget();
    if (!this.isBusy || this.answer !== null) this.toEnd();
    if (this.isBusy) this.keys.hold();
    this.answer = null;
    process.stdout.write('^C\n');
    this.reset();
  }

  /** Begins a line with a text. */
  prompt(text = ''): void {
    this.given = text;
    this.server.setPrompt(PROMPT);
    this.edit({ text, cursor: text.length });
  }

  private get history(): string[] {
    return 'history' in this.server && Array.isArray(this.server.history) ? (this.server.history as string[]) : [];
  }

  private get edited(): EditedText {
    return { text: this.server.line, cursor: this.server.cursor };
  }

  /** Puts a text into the line. Node documents both members as what may be changed, but types them as readonly. */
  private edit({ text, cursor }: EditedText): void {
    Object.assign(this.server, { line: text, cursor });
    this.server.prompt(true);
    this.color();
  }

  private toEnd(): void {
    this.edit({ text: this.server.line, cursor: this.server.line.length });
  }

  /** The cursor stands in a row of its own, where an empty line begins. */
  private reset(): void {
    Object.assign(this.server, { line: '', cursor: 0, prevRows: 0 });
  }

  /** Colours the line once for all keys that came together, as what is pasted into a terminal that does not tell so. */
  private colorSoon(): void {
    if (this.searches || this.isColorDue) return;
    this.isColorDue = true;
    setImmediate(() => {
      this.isColorDue = false;
      this.color();
    });
  }

  private color(): void {
    if (this.answer === null && !this.isBusy) colorLine(this.server);
  }

  /** Newer versions of Node give the lines of an input, and remember them, the last first and with carriage returns. */
  private inOrder(line: string): string {
    if (!line.includes('\r')) return line;
    const text = line.split('\r').reverse().join('\n');
    if (this.history[0] === line) this.history.splice(0, this.history[1] === text ? 2 : 1, text);
    return text;
  }

  private takeLine(line: string): void {
    const { answer } = this;
    this.listed = '';
    this.recall.end();
    if (answer !== null) {
      this.answer = null;
      // An answer is nothing to be asked again.
      if (this.history[0] === line) this.history.shift();
      this.keys.hold();
      answer(line);
      return;
    }
    this.isBusy = true;
    this.keys.hold();
    void this.events.onInput(line).finally(() => {
      this.isBusy = false;
      this.keys.release();
    });
  }

  private handle(key: Key): boolean {
    if (key.ctrl === true && (key.name === 'r' || key.name === 's')) this.searches = true;
    else if (this.searches && !isTyped(key) && key.name !== 'backspace') {
      this.searches = false;
      // Ctrl-C and Escape leave the line as it was.
      if (key.name === 'escape' || (key.ctrl === true && key.name === 'c')) return false;
      this.takeFound();
    }
    if (this.searches || this.answer !== null) return key.name === 'tab';
    if (key.name !== 'up' && key.name !== 'down') this.recall.end();
    switch (key.name) {
      case 'tab':
        this.complete();
        return true;
      case 'return':
      case 'enter':
        return this.goOn(key.meta === true);
      case 'up':
        return this.goTo(moveByLine(this.edited, -1) ?? this.recall.older(this.edited, this.history));
      case 'down':
        return this.goTo(moveByLine(this.edited, 1) ?? this.recall.newer(this.history));
      case 'home':
        return this.goTo(this.to(lineStart(this.server.line, this.server.cursor)));
      case 'end':
        return this.goTo(this.to(lineEnd(this.server.line, this.server.cursor)));
      case 'a':
        return key.ctrl === true && this.goTo(this.to(lineStart(this.server.line, this.server.cursor)));
      case 'e':
        return key.ctrl === true && this.goTo(this.to(lineEnd(this.server.line, this.server.cursor)));
      default:
        return false;
    }
  }

  private to(cursor: number): EditedText {
    return { text: this.server.line, cursor };
  }

  /** Ends the search in the history, and draws anew what it found: Node's REPL draws it where the cursor was. */
  private takeFound(): void {
    const { stdout } = process;
    stdout.write(SAVE_CURSOR);
    // A key that does nothing but end the search.
    this.keys.stream.emit('keypress', '', { ctrl: true, name: 'g', sequence: '\u0007' });
    const found = this.edited;
    stdout.write(RESTORE_CURSOR);
    moveCursor(stdout, 0, -this.server.getCursorPos().rows);
    cursorTo(stdout, 0);
    clearScreenDown(stdout);
    Object.assign(this.server, { prevRows: 0 });
    this.edit(found);
  }

  private goTo(edited: EditedText | null): true {
    if (edited !== null) this.edit(edited);
    return true;
  }

  /** Goes on in a new line if the input wants more; else Node's REPL ends the line. */
  private goOn(wantsLine: boolean): boolean {
    const { text, cursor } = this.edited;
    if (wantsLine || this.wantsLine()) {
      this.edit(insertText({ text, cursor }, `\n${INDENT}`));
      return true;
    }
    this.edit({ text: text.trimEnd(), cursor: text.trimEnd().length });
    return false;
  }

  private wantsLine(): boolean {
    const { text, cursor } = this.edited;
    const written = text.trimEnd();
    if (written === '' || BARE_COMMANDS.has(written.trim()) || written.startsWith('.') || written.endsWith(';'))
      return false;
    const line = text.slice(lineStart(text, cursor), lineEnd(text, cursor));
    const hasLines = text.includes('\n');
    if (hasLines && line.trim() === '') return false;
    if (isUnfinished(text)) return true;
    // What was not typed is whole; a query that is written in lines may want one more at its end.
    const isAtEnd = text.slice(cursor).trim() === '';
    return hasLines && isAtEnd && text !== this.given && !this.history.includes(text);
  }

  private paste(pasted: string): void {
    const text = cleanPaste(pasted);
    const edited = insertText(this.edited, this.answer === null ? text : text.replaceAll('\n', ' '));
    this.edit(edited);
    if (text.includes('\n')) this.given = edited.text;
  }

  /** Completes what stands before the cursor as far as it is clear, and shows what there is to choose from. */
  private complete(): void {
    const { text, cursor } = this.edited;
    const before = text.slice(0, cursor);
    const { start: begin, offers, isPartial } = this.events.completionsOf(before);
    if (offers.length === 0) return;
    const common = commonStart(offers.map((offer) => offer.text));
    const written = before.slice(begin);
    const grows = !isPartial && common.length >= written.length && common !== written;
    const shown = offers.map((offer) => offer.shown);
    const isSignature = offers.length === 1 && shown[0] !== common.trimEnd();
    if (grows) this.edit(insertText({ text, cursor }, common, begin));
    if ((grows && !isSignature) || this.listed === this.server.line) return;
    this.listed = this.server.line;
    const edited = this.edited;
    this.toEnd();
    const list = drawOffers(shown, process.stdout.columns, process.stdout.rows - FREE_ROWS, isPartial);
    process.stdout.write(`\n${outColors.dim(list)}\n`);
    this.reset();
    this.edit(edited);
  }
}

function isTyped({ sequence = '', ctrl, meta }: Key): boolean {
  return ctrl !== true && meta !== true && /^\P{C}+$/u.test(sequence);
}

/** Newer versions of Node draw bars before the lines of a text and turn them over in the history, unless it seems to have one line. */
function drawPlainly(server: REPLServer): void {
  const symbol = Object.getOwnPropertySymbols(server).find(({ description }) => description === '_isMultiline');
  if (symbol !== undefined) Object.defineProperty(server, symbol, { get: () => false, set: () => undefined });
}
