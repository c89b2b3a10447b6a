import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { cursorTo, moveCursor, clearScreenDown } from 'node:readline';
import { start, type REPLServer } from 'node:repl';
import { promisify } from 'node:util';
import { complete, DIALECTS } from '@eqlkit/language';
import { printableText } from '@eqlkit/stream';
import { errorColors, outColors } from '../output/colors.js';
import { displayWidth } from '../output/display-width.js';
import { highlightQuery } from '../output/highlight-query.js';
import { verbosity } from '../output/verbosity.js';
import { REPL_COMMANDS } from './commands.js';
import { executeInput } from './execute-input.js';
import { InputGatherer } from './gather-input.js';
import type { ReplIo } from './repl-io.js';
import type { ReplSession } from './repl-session.js';

const PROMPT = 'eql> ';
const MORE_PROMPT = '...> ';
/** Most values of a field that are offered. */
const OFFERED_VALUES = 20;

/**
 * Runs the REPL on a terminal until the user leaves. Editing, history and the search in it (Ctrl-R) are those of Node's
 * own REPL; queries are coloured while they are written.
 */
export async function runTerminal(session: ReplSession): Promise<void> {
  const server = start({
    prompt: PROMPT,
    ignoreUndefined: true,
    preview: false,
    terminal: true,
    completer: (line: string) => completeLine(line, gatherer, session),
  });
  const gatherer = new InputGatherer();
  const terminal = new TerminalIo(server);
  takeOverCommands(server);
  // Before the history is set up, which listens to lines, too.
  server.removeAllListeners('line');
  await keepHistory(server);
  colorWhileTyping(server);
  let work: Promise<unknown> = Promise.resolve();
  server.removeAllListeners('SIGINT');
  server.on('SIGINT', () => {
    if (terminal.cancel()) return;
    gatherer.end();
    server.clearBufferedCommand();
    process.stdout.write('\n');
    if (server.line === '') process.stdout.write('Ctrl-D or .exit leaves\n');
    clearLine(server);
    prompt(server, gatherer);
  });
  server.on('line', (line) => {
    const inputs = gatherer.isOpen || line.trim() !== '' ? gatherer.take(line) : [''];
    work = work.then(async () => {
      for (const input of inputs) {
        joinHistory(server, input);
        const outcome = await terminal.run((io) => executeInput(input, session, io));
        if (outcome === 'exit') {
          server.close();
          return;
        }
      }
      prompt(server, gatherer);
      terminal.offerPrefilled();
    });
  });
  await new Promise((resolve) => server.once('exit', resolve));
  await work;
}

function prompt(server: REPLServer, gatherer: InputGatherer): void {
  server.setPrompt(gatherer.isOpen ? MORE_PROMPT : PROMPT);
  server.prompt();
}

function clearLine(server: REPLServer): void {
  // Ctrl-E and Ctrl-U: the documented way to empty the line.
  server.write(null, { ctrl: true, name: 'e' });
  server.write(null, { ctrl: true, name: 'u' });
}

/** Output while something runs, and the questions that it asks. */
class TerminalIo {
  private running: AbortController | null = null;
  private prefilled: string | null = null;

  constructor(private readonly server: REPLServer) {}

  /** Runs an input so that Ctrl-C cancels it. */
  async run<T>(action: (io: ReplIo) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.running = controller;
    try {
      return await action({
        write: (text) => process.stdout.write(`${text}\n`),
        note: (text) => {
          if (verbosity() !== 'quiet') process.stdout.write(`${text}\n`);
        },
        fail: (message) => process.stdout.write(`${errorColors.red('error')}: ${printableText(message)}\n`),
        ask: (question) => this.ask(question),
        prefill: (text) => {
          this.prefilled = text;
        },
        rows: process.stdout.rows,
        signal: controller.signal,
      });
    } finally {
      this.running = null;
    }
  }

  /** Cancels what runs; false if nothing does. */
  cancel(): boolean {
    this.running?.abort();
    return this.running !== null;
  }

  /** Puts a query into the line, on one line: blanks outside of texts mean nothing. */
  offerPrefilled(): void {
    if (this.prefilled === null) return;
    this.server.write(oneLine(this.prefilled));
    this.prefilled = null;
  }

  private ask(question: string): Promise<string> {
    return new Promise((resolve) => {
      const listeners = this.server.listeners('line') as ((line: string) => void)[];
      this.server.removeAllListeners('line');
      this.server.setPrompt(question);
      this.server.prompt();
      this.server.once('line', (answer: string) => {
        for (const listener of listeners) this.server.on('line', listener);
        resolve(answer);
      });
    });
  }
}

/** A query without comments and line breaks. */
function oneLine(query: string): string {
  return query
    .split('\n')
    .map((line) => line.replace(/\s*\/\/[^"]*$/u, '').trim())
    .filter((line) => line !== '')
    .join(' ');
}

/** Node's REPL has dot commands of its own; ours are run as inputs like every other. */
function takeOverCommands(server: REPLServer): void {
  for (const name of Object.keys(server.commands)) Reflect.deleteProperty(server.commands, name);
}

/** Lines of one query become one entry of the history. */
function joinHistory(server: REPLServer, input: string): void {
  const lines = input.split('\n');
  if (lines.length < 2 || !('history' in server) || !Array.isArray(server.history)) return;
  server.history.splice(0, lines.length, oneLine(input));
}

/** Keeps the history in a file, unless there is no place for it. */
async function keepHistory(server: REPLServer): Promise<void> {
  const file =
    process.env['EQL_HISTORY'] ??
    join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'eql', 'history');
  if (file === '') return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    await promisify(server.setupHistory.bind(server))(file);
  } catch (error) {
    process.stdout.write(`the history is not kept: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** Draws the line again in colours after each key. */
function colorWhileTyping(server: REPLServer): void {
  const { stdin, stdout } = process;
  if (!outColors.isColorSupported) return;
  stdin.on('keypress', () => {
    setImmediate(() => {
      if (server.line === '' || server.line.startsWith('.')) return;
      const { rows, cols } = server.getCursorPos();
      moveCursor(stdout, 0, -rows);
      cursorTo(stdout, 0);
      clearScreenDown(stdout);
      stdout.write(server.getPrompt() + highlightQuery(server.line));
      const width = stdout.columns;
      const end = displayWidth(server.getPrompt() + server.line);
      moveCursor(stdout, 0, rows - Math.floor(end / width));
      cursorTo(stdout, cols);
    });
  });
}

/** Completes dot commands and queries; lines before this one belong to the query. */
function completeLine(line: string, gatherer: InputGatherer, session: ReplSession): [string[], string] {
  if (!gatherer.isOpen && line.startsWith('.') && !line.includes(' ')) {
    const names = REPL_COMMANDS.map(({ name }) => `.${name} `);
    return [names.filter((name) => name.startsWith(line)), line];
  }
  const { fields, learned } = session.learn();
  const before = gatherer.isOpen ? `${gatherer.text}\n` : '';
  const text = before + line;
  const { span, completions } = complete(text, text.length, {
    dialect: DIALECTS[session.dialect],
    categories: Object.keys(learned?.categories ?? {}),
    fields: new Map(Object.entries(fields).map(([name, { type }]) => [name, type])),
    valuesOf: (field) =>
      (fields[field]?.seen?.examples ?? []).slice(0, OFFERED_VALUES).map(({ value }) => String(value)),
  });
  const written = text.slice(span.start);
  if (completions.length > 1 && completions.every(({ kind }) => kind === 'function')) {
    process.stdout.write(`\n${completions.map(({ detail }) => outColors.dim(detail ?? '')).join('\n')}\n`);
  }
  return [completions.map((offer) => offer.text), written];
}
