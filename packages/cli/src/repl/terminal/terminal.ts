import { printableText } from '@eqlkit/stream';
import { completeInput } from '../complete-input.js';
import { executeInput } from '../execute-input.js';
import { InputGatherer } from '../gather-input.js';
import type { ReplSession } from '../repl-session.js';
import { appendHistory, historyFile, readHistory } from './history-file.js';
import { LineEditor } from './line-editor.js';
import { createTerminalIo } from './terminal-io.js';

/** Runs the REPL on a terminal until the user leaves. */
export async function runTerminal(session: ReplSession): Promise<void> {
  const history = openHistory();
  let running: AbortController | null = null;
  let prefilled = '';
  const editor = new LineEditor(
    {
      onInput: async (text) => {
        const controller = new AbortController();
        running = controller;
        history.add(text);
        const io = createTerminalIo(
          controller.signal,
          (question) => editor.ask(question),
          (query) => {
            prefilled = query;
          },
        );
        for (const input of inputsOf(text)) {
          if ((await executeInput(input, session, io)) === 'exit') {
            editor.close();
            return;
          }
          if (controller.signal.aborted) break;
        }
        running = null;
        editor.prompt(prefilled);
        prefilled = '';
      },
      onInterrupt: () => {
        editor.interrupt();
        if (running === null) editor.prompt();
        else running.abort();
      },
      completionsOf: (input) => completeInput(input, session),
    },
    history.earlier,
  );
  editor.prompt();
  await editor.ends();
}

/** The inputs of a text; an empty line is one, too. */
function inputsOf(text: string): readonly string[] {
  if (text.trim() === '') return [''];
  const gatherer = new InputGatherer();
  return [...text.split('\n').flatMap((line) => gatherer.take(line)), ...gatherer.end()];
}

interface History {
  readonly earlier: readonly string[];
  add(input: string): void;
}

/** The history in its file; only that of this session where there is no file, or it cannot be read. */
function openHistory(): History {
  const file = historyFile(process.env);
  const forgetful = { earlier: [], add: () => undefined };
  if (file === null) return forgetful;
  try {
    const earlier = readHistory(file);
    let last = earlier[0];
    let isKept = true;
    return {
      earlier,
      add: (input) => {
        if (!isKept || input.trim() === '' || input === last) return;
        last = input;
        try {
          appendHistory(file, input);
        } catch (error) {
          isKept = false;
          sayNotKept(error);
        }
      },
    };
  } catch (error) {
    sayNotKept(error);
    return forgetful;
  }
}

function sayNotKept(error: unknown): void {
  const reason = printableText(error instanceof Error ? error.message : String(error));
  process.stdout.write(`the history is not kept: ${reason}\n`);
}
