import { eventsOf, matchedFields, type EventRecord, type JsonValue } from '@eqlkit/engine';
import { outColors } from '../../output/colors.js';
import { printableLines } from '../../output/printable-lines.js';
import { showJson } from '../../output/show-json.js';
import { drawTerms } from '../../output/term-list.js';
import { outputColumns } from '../../output/terminal-width.js';
import type { ReplCommand } from '../repl-command.js';
import { writePage } from '../write-page.js';
import { printableText } from '@eqlkit/stream';

/** `.show`: a whole result, with the fields that the query touched highlighted. */
export const showCommand: ReplCommand = {
  name: 'show',
  usage: '<n>',
  summary: 'show the whole events of the n-th result of the last query',
  run: (argument, session, io) => {
    const { last } = session;
    if (last === null) {
      io.fail('there is no query yet whose results could be shown');
      return;
    }
    const place = Number(argument);
    const match = /^\d+$/u.test(argument) ? last.results[place - 1] : undefined;
    if (match === undefined) {
      io.fail(`.show wants a number from 1 to ${last.results.length}`);
      return;
    }
    const touched = matchedFields(last.query, match);
    const records = eventsOf(match);
    const stages = match.stages.filter(({ record }) => record !== null);
    const blocks = stages.map((stage, position) => {
      const fields = new Set((touched[match.stages.indexOf(stage)] ?? []).map(({ field }) => field));
      const title = records.length > 1 ? `${outColors.bold(`event ${position + 1} of ${records.length}`)}\n` : '';
      return `${title}${stage.record === null ? '' : drawEvent(stage.record, fields)}`;
    });
    writePage(blocks.join('\n\n'), session, io);
  },
};

function drawEvent({ event }: EventRecord, touched: ReadonlySet<string>): string {
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
