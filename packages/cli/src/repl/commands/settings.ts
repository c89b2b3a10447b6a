import { DIALECTS, type DialectName } from '@eqlkit/language';
import { printableText } from '@eqlkit/stream';
import type { ReplCommand } from '../repl-command.js';
import { writeNextPage } from '../write-page.js';

function isDialect(name: string): name is DialectName {
  return Object.hasOwn(DIALECTS, name);
}

/** `.dialect`: which variant of EQL queries are written in. */
export const dialectCommand: ReplCommand = {
  name: 'dialect',
  usage: '[elasticsearch|endpoint|endgame]',
  summary: 'show or choose the variant of EQL',
  completion: () => Object.keys(DIALECTS),
  run: (argument, session, io) => {
    if (argument !== '' && !isDialect(argument)) {
      io.fail(`there is no dialect ${argument}; there are ${Object.keys(DIALECTS).join(', ')}`);
      return;
    }
    if (isDialect(argument)) session.dialect = argument;
    io.write(`dialect: ${session.dialect}`);
  },
};

/** `.columns`: which fields tables show. */
export const columnsCommand: ReplCommand = {
  name: 'columns',
  usage: '[field,field,…|auto]',
  summary: 'show or choose the columns of tables',
  completion: (_written, session) => ['auto', ...Object.keys(session.learn().fields)],
  run: (argument, session, io) => {
    const fields = argument.split(/[\s,]+/u).filter((field) => field !== '');
    if (argument !== '' && fields.length === 0) {
      io.fail('.columns takes the names of fields, or auto');
      return;
    }
    if (argument === 'auto') session.columns = null;
    else if (argument !== '') session.columns = fields;
    io.write(`columns: ${printableText(session.columns?.join(', ') ?? 'auto, those that suit the query')}`);
  },
};

/** `.time`: whether a query tells how long it took. */
export const timeCommand: ReplCommand = {
  name: 'time',
  usage: '[on|off]',
  summary: 'show or choose whether queries tell how long they took',
  completion: () => ['on', 'off'],
  run: (argument, session, io) => {
    if (argument === 'on' || argument === 'off') session.showsTime = argument === 'on';
    else if (argument !== '') {
      io.fail('.time takes on or off');
      return;
    }
    io.write(`time: ${session.showsTime ? 'on' : 'off'}`);
  },
};

/** `.more`: the rest of what did not fit the screen. */
export const moreCommand: ReplCommand = {
  name: 'more',
  usage: '',
  summary: 'show the next page of the last output, as an empty line does',
  run: (_argument, session, io) => {
    if (session.rest === null) io.write('there is no more');
    else writeNextPage(session, io);
  },
};
