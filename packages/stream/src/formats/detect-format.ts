import type { EventFormat } from './event-format.js';

/** What was found out about a source from its first bytes. */
export interface DetectedFormat {
  readonly format: EventFormat;
  /** The format that it looks like, whatever was declared; null for none of them. */
  readonly lookedLike: EventFormat | null;
  /** Whether JSON is the response of a search, whose hits are the events. */
  readonly isResponse: boolean;
  /** What separates the cells of CSV. */
  readonly delimiter: string;
}

/** So many first bytes tell the format. */
export const DETECTION_BYTES = 64 * 1024;

const RESPONSE_START =
  /^\{\s*"(?:took|timed_out|hits|_shards|_clusters|_scroll_id|pit_id|id|is_partial|is_running|num_reduce_phases|rawResponse)"\s*:/u;
/** The object of a response that holds its hits, and how the text in front of the list of them ends. */
const HITS_OBJECT = /"hits"\s*:\s*\{/u;
const HITS_KEY = /"(?:hits|events|sequences)"\s*:\s*$/u;
const BULK_ACTION = /^\{\s*"(?:index|create|update|delete)"\s*:\s*\{[^{}]*\}\s*\}$/u;
/** How a line of JSON ends whose object goes on in the next. */
const UNFINISHED_LINE = /[{[,:]$/u;
const HEADER_CELL = /^"?[@\w][\w .@/()%#:[\]-]*"?$/u;
const DELIMITERS = [',', ';', '\t'] as const;

/** Recognises the format of a source from its first bytes; `declared` overrules what they look like. */
export function detectFormat(head: Buffer, declared?: EventFormat): DetectedFormat {
  const { text, firstLine, hasLineEnd } = readHead(head);
  const delimiter = DELIMITERS.reduce((best, one) =>
    firstLine.split(one).length > firstLine.split(best).length ? one : best,
  );
  const isResponse = isResponseStart(text);
  const lookedLike = recognise(text, firstLine, hasLineEnd, delimiter, isResponse);
  const format = declared ?? lookedLike ?? 'ndjson';
  return { format, lookedLike, isResponse: format === 'json' && isResponse, delimiter };
}

/** Whether first bytes tell the format already: a whole line does, but that of an object which goes on in the next. */
export function isTelling(head: Buffer): boolean {
  const { text, firstLine, hasLineEnd } = readHead(head);
  return hasLineEnd && (!(text.startsWith('{') && UNFINISHED_LINE.test(firstLine)) || isResponseStart(text));
}

function isResponseStart(text: string): boolean {
  if (!RESPONSE_START.test(text)) return false;
  // Piece by piece between the lists: one pattern for all would look at a hostile text again from each key.
  const beforeLists = text.split('[').slice(0, -1);
  return beforeLists.some((before) => {
    const key = HITS_KEY.exec(before);
    return key !== null && HITS_OBJECT.test(before.slice(0, key.index));
  });
}

function readHead(head: Buffer): { text: string; firstLine: string; hasLineEnd: boolean } {
  const text = head
    .toString('utf8', 0, Math.min(head.length, DETECTION_BYTES))
    .replace(/^\uFEFF/u, '')
    .trimStart();
  const lineEnd = text.search(/[\r\n]/u);
  const firstLine = (lineEnd === -1 ? text : text.slice(0, lineEnd)).trimEnd();
  return { text, firstLine, hasLineEnd: lineEnd !== -1 };
}

function recognise(
  text: string,
  firstLine: string,
  hasLineEnd: boolean,
  delimiter: string,
  isResponse: boolean,
): EventFormat | null {
  if (text.startsWith('[') || isResponse) return 'json';
  if (text.startsWith('{')) {
    if (BULK_ACTION.test(firstLine)) return 'bulk';
    return hasLineEnd && UNFINISHED_LINE.test(firstLine) ? 'json' : 'ndjson';
  }
  const cells = firstLine.split(delimiter).map((cell) => cell.trim());
  // A column without a name, or with that of another, is told when the header is read.
  const named = cells.filter((cell) => cell !== '');
  return cells.length > 1 && named.length > 0 && named.every((cell) => HEADER_CELL.test(cell)) ? 'csv' : null;
}
