import { matchedFields, type JsonObject, type JsonValue } from '@eqlkit/engine';
import { outColors } from '../../output/colors.js';
import { printableLines } from '../../output/printable-lines.js';
import { showJson } from '../../output/show-json.js';
import { drawTerms } from '../../output/term-list.js';
import { outputColumns } from '../../output/terminal-width.js';
import type { ReplCommand } from '../repl-command.js';
import type { LastResults } from '../repl-session.js';
import { writePage } from '../write-page.js';
import { printableText } from '@eqlkit/stream';

/** `.show`: a whole result, with the fields that the query touched highlighted. */
export const showCommand: ReplCommand = {
  name: 'show',
  usage: '<n>',
  summary: 'show the whole events of the n-th result of the last query or rule',
  run: (argument, session, io) => {
    const { results } = session;
    if (results === null) {
      io.fail('there is no query yet whose results could be shown');
      return;
    }
    const kept = results.kind === 'matches' ? results.matches.length : results.alerts.length;
    const place = /^\d+$/u.test(argument) ? Number(argument) : 0;
    if (place < 1 || place > kept) {
      const wants = '.show wants the number of a result';
      io.fail(kept === 0 ? `${wants}, but the last query or rule had none` : `${wants}, from 1 to ${kept}`);
      return;
    }
    const events = eventsOfResult(results, place - 1);
    const blocks = events.map(({ event, touched }, position) => {
      const title = events.length > 1 ? `${outColors.bold(`event ${position + 1} of ${events.length}`)}\n` : '';
      return `${title}${drawEvent(event, new Set(touched.map(({ field }) => field)))}`;
    });
    writePage(blocks.join('\n\n'), session, io);
  },
};

/** An event with the fields that made it match. */
interface TouchedEvent {
  readonly event: JsonObject;
  readonly touched: readonly { readonly field: string }[];
}

function eventsOfResult(results: LastResults, place: number): readonly TouchedEvent[] {
  if (results.kind === 'alerts') {
    const events = results.alerts[place]?.events ?? [];
    return events.flatMap(({ event, fields }) => (event === null ? [] : [{ event, touched: fields }]));
  }
  const match = results.matches[place];
  if (match === undefined) return [];
  const touched = matchedFields(results.query, match);
  return match.stages.flatMap(({ record }, stage) =>
    record === null ? [] : [{ event: record.event, touched: touched[stage] ?? [] }],
  );
}

function drawEvent(event: JsonObject, touched: ReadonlySet<string>): string {
  const terms = flatten('', event).map(([field, value]) => {
    const mark = touched.has(field) ? '  ←' : '';
    return [printableText(field), value + mark] as const;
  });
  const names = new Set([...touched].map((field) => printableText(field)));
  return drawTerms(terms, outputColumns(), (text, field, isField) => {
    if (!names.has(field)) return isField ? outColors.dim(text) : text;
    return isField
      ? outColors.bold(outColors.yellow(text))
      : outColors.bold(text.replace(/←$/u, outColors.yellow('←')));
  });
}

/** The fields of an event by their dotted names, in the order of the document. */
function flatten(path: string, value: JsonValue): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, wholeValue(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(path === '' ? key : `${path}.${key}`, inner));
}

/** A value however long it is; a text of several lines stays one. */
function wholeValue(value: JsonValue): string {
  return typeof value === 'string' ? printableLines(value) : showJson(value, Infinity);
}
