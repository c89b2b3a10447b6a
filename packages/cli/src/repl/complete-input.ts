import { complete, DIALECTS } from '@eqlkit/language';
import { printableText } from '@eqlkit/stream';
import { REPL_COMMANDS } from './commands.js';
import type { ReplSession } from './repl-session.js';

/** What may stand at the end of an input. */
export interface Offers {
  /** Where what was written of it begins. */
  readonly start: number;
  /** What may take its place, and how that is shown if not as it is: the signature of a function. */
  readonly offers: readonly { readonly text: string; readonly shown: string }[];
  /** Whether there may be others, so that none is the only one. */
  readonly isPartial: boolean;
}

/** Completes commands, their arguments, and queries. `input` ends where the cursor is. */
export function completeInput(input: string, session: ReplSession): Offers {
  const [, name, gap = '', argument = ''] = /^\.(\S*)(\s*)([^]*)$/u.exec(input) ?? [];
  if (name === undefined) return completeQuery(input, 0, session);
  if (gap === '') {
    const names = REPL_COMMANDS.map((command) => `.${command.name} `);
    return { start: 0, offers: offersOf(names.filter((text) => text.startsWith(input))), isPartial: false };
  }
  const argumentStart = input.length - argument.length;
  const command = REPL_COMMANDS.find((one) => one.name === name);
  if (command?.completion === undefined) return { start: input.length, offers: [], isPartial: false };
  if (command.completion === 'query') return completeQuery(argument, argumentStart, session);
  const written = /[^\s,]*$/u.exec(argument)?.[0] ?? '';
  const texts = command.completion(written, session).filter((text) => text.startsWith(written) && text !== written);
  return {
    start: input.length - written.length,
    offers: offersOf(texts.filter((text) => printableText(text) === text)),
    isPartial: false,
  };
}

function offersOf(texts: readonly string[]): Offers['offers'] {
  return texts.map((text) => ({ text, shown: text.trimEnd() }));
}

function completeQuery(query: string, offset: number, session: ReplSession): Offers {
  const { fields, learned } = session.learn();
  let isPartial = false;
  const { span, completions } = complete(query, query.length, {
    dialect: DIALECTS[session.dialect],
    categories: Object.keys(learned?.categories ?? {}),
    fields: new Map(Object.entries(fields).map(([name, { type }]) => [name, type])),
    valuesOf: (field) => {
      const { values, isWhole } = session.valuesOf(field);
      isPartial = !isWhole;
      return values;
    },
  });
  return {
    start: offset + span.start,
    offers: completions.map(({ text, kind, detail }) => ({
      text,
      shown: kind === 'function' ? (detail ?? text) : text,
    })),
    isPartial,
  };
}
