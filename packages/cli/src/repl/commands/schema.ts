import { didYouMean, type FieldDocument } from '@eqlkit/language';
import { printableText } from '@eqlkit/stream';
import { countOf } from '../../output/count-of.js';
import { renderTable } from '../../output/fitted-table.js';
import { showJson } from '../../output/show-json.js';
import { outputColumns } from '../../output/terminal-width.js';
import type { ReplCommand } from '../repl-command.js';
import { writePage } from '../write-page.js';

/** `.schema`: the fields of the events, or one of them. */
export const schemaCommand: ReplCommand = {
  name: 'schema',
  usage: '[field]',
  summary: 'show the fields of the events: type, share of events, frequent values',
  run: (argument, session, io) => {
    const { fields, learned } = session.learn();
    const events = learned?.events ?? 0;
    const share = (seen: number): string => `${((100 * seen) / Math.max(1, events)).toFixed(1)} %`;
    if (argument === '') {
      const rows = Object.entries(fields).map(([name, field]) => [
        printableText(name),
        field.type,
        share(field.seen?.events ?? 0),
        examplesOf(field, 3),
      ]);
      if (rows.length === 0) io.write('no events are loaded: .load <files> loads some');
      else
        writePage(
          renderTable(['field', 'type', 'events', 'frequent values'], rows, {
            width: outputColumns(),
            overflow: 'cut',
          }),
          session,
          io,
        );
      return;
    }
    const names = Object.keys(fields);
    const field = fields[argument];
    if (field === undefined) {
      const within = names.filter((name) => name.startsWith(`${argument}.`));
      const advice = within.length > 0 ? `it holds ${within.slice(0, 5).join(', ')}` : didYouMean(argument, names);
      io.fail(`no event has ${argument}${advice === undefined ? '' : `. ${advice}`}`);
      return;
    }
    const categories = Object.entries(field.seen?.categories ?? {}).map(
      ([name, count]) => `${printableText(name)} (${count})`,
    );
    io.write(
      [
        `${argument}: ${field.type}, in ${share(field.seen?.events ?? 0)} of ${countOf(events, 'event')}`,
        ...(categories.length === 0 ? [] : [`categories: ${categories.join(', ')}`]),
        ...(field.seen?.examples ?? []).map(({ value, count }) => `  ${String(count).padStart(7)}  ${showJson(value)}`),
      ].join('\n'),
    );
  },
};

function examplesOf(field: FieldDocument, most: number): string {
  return (field.seen?.examples ?? [])
    .slice(0, most)
    .map(({ value }) => showJson(value))
    .join(', ');
}
