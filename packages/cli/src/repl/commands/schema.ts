import { didYouMean, type FieldDocument, type SchemaDocument } from '@eqlkit/language';
import { printableText } from '@eqlkit/stream';
import { countOf } from '../../output/count-of.js';
import { renderTable } from '../../output/fitted-table.js';
import { showJson } from '../../output/show-json.js';
import { drawTerms } from '../../output/term-list.js';
import { LEAST_TABLE_COLUMNS, outputColumns } from '../../output/terminal-width.js';
import type { ReplCommand } from '../repl-command.js';
import type { ReplIo } from '../repl-io.js';
import type { ReplSession } from '../repl-session.js';
import { writePage } from '../write-page.js';

/** `.schema`: the fields of the events, or one of them. */
export const schemaCommand: ReplCommand = {
  name: 'schema',
  usage: '[field]',
  summary: 'show the fields of the events: type, share of events, frequent values',
  completion: (_written, session) => Object.keys(session.learn().fields),
  run: async (argument, session, io) => {
    if (session.store.size === 0) {
      io.write('no events are loaded: .load <files> loads some');
      return;
    }
    if (argument === '') {
      showFields(session.learn(), session, io);
      return;
    }
    const document = await session.learnField(argument, io.signal);
    if (document === null) {
      io.write('cancelled');
      return;
    }
    const field = Object.hasOwn(document.fields, argument) ? document.fields[argument] : undefined;
    if (field !== undefined) {
      io.write(drawField(argument, field, document));
      return;
    }
    const learned = session.learn();
    const within = Object.entries(learned.fields).filter(([name]) => name.startsWith(`${argument}.`));
    if (within.length > 0) {
      showFields({ ...learned, fields: Object.fromEntries(within) }, session, io);
      return;
    }
    const advice = didYouMean(argument, Object.keys(learned.fields));
    io.fail(`no event has ${argument}${advice === undefined ? '' : `. ${advice}`}`);
  },
};

/** Shows fields that were learned from all events, or from a share of them. */
function showFields(document: SchemaDocument, session: ReplSession, io: ReplIo): void {
  const rows = Object.entries(document.fields).map(
    ([name, field]) => [printableText(name), field.type, shareOf(field, document), examplesOf(field, 3)] as const,
  );
  const width = outputColumns();
  const text =
    width < LEAST_TABLE_COLUMNS
      ? drawTerms(
          rows.map(([name, ...others]) => [name, others.join(' · ')]),
          width,
        )
      : renderTable(['field', 'type', 'events', 'frequent values'], rows, { width, overflow: 'cut' });
  writePage(text, session, io);
  const learned = document.learned?.events ?? 0;
  if (learned === session.store.size) return;
  io.note(
    `judging by ${countOf(learned, 'event')} of ${session.store.size.toLocaleString('en-US')}; .schema <field> looks at all`,
  );
}

function drawField(name: string, field: FieldDocument, document: SchemaDocument): string {
  const events = countOf(document.learned?.events ?? 0, 'event');
  const categories = Object.entries(field.seen?.categories ?? {}).map(
    ([category, count]) => `${printableText(category)} (${count})`,
  );
  return [
    `${printableText(name)}: ${field.type}, in ${shareOf(field, document)} of ${events}`,
    ...(categories.length === 0 ? [] : [`categories: ${categories.join(', ')}`]),
    ...(field.seen?.examples ?? []).map(
      ({ value, count }) => `  ${count.toLocaleString('en-US').padStart(7)}  ${showJson(value)}`,
    ),
  ].join('\n');
}

function shareOf(field: FieldDocument, { learned }: SchemaDocument): string {
  const share = (100 * (field.seen?.events ?? 0)) / Math.max(1, learned?.events ?? 0);
  return share > 0 && share < 0.1 ? '< 0.1 %' : `${share.toFixed(1)} %`;
}

function examplesOf(field: FieldDocument, most: number): string {
  return (field.seen?.examples ?? [])
    .slice(0, most)
    .map(({ value }) => showJson(value))
    .join(', ');
}
