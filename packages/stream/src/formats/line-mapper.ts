import type { EventFormat } from './event-format.js';
import { prependMembers } from './prepend-members.js';
import { unwrapHit } from './unwrap-hit.js';

/** A part of a buffer. */
interface LineRange {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Gives the document that a line holds; null for a line that holds none. */
export type LineMapper = (buffer: Buffer, start: number, end: number) => LineRange | null;

/**
 * The mapper that suits a source, chosen by its format and first line; null if its lines are documents as they stand, so
 * that these pay nothing for it.
 */
export function chooseLineMapper(format: EventFormat, firstLine: Buffer): LineMapper | null {
  if (format === 'bulk') return createBulkMapper();
  return unwrapHit(firstLine) === null ? null : unwrapLine;
}

function unwrapLine(buffer: Buffer, start: number, end: number): LineRange {
  const document = unwrapHit(buffer.subarray(start, end));
  return document === null ? { buffer, start, end } : { buffer: document, start: 0, end: document.length };
}

const ACTION = /^\s*\{\s*"(index|create|update|delete)"\s*:\s*\{/u;

/** The mapper of a `_bulk` body: documents get the `_index` and `_id` of their action; updates hold no whole document. */
function createBulkMapper(): LineMapper {
  let address: string | null = null;
  let skips = false;
  return (buffer, start, end) => {
    if (skips) {
      skips = false;
      return null;
    }
    if (address === null) {
      const text = buffer.toString('utf8', start, end);
      const [, action] = ACTION.exec(text) ?? [];
      // What is no action is left for the decoder to judge.
      if (action === undefined) return { buffer, start, end };
      if (action === 'index' || action === 'create') address = addressOf(text, action);
      skips = action === 'update';
      return null;
    }
    const document = prependMembers(Buffer.from(address), buffer.subarray(start, end));
    address = null;
    return { buffer: document, start: 0, end: document.length };
  };
}

/** The members `"_index":…,"_id":…` that an action line gives to its document; empty if it names neither. */
function addressOf(text: string, action: 'index' | 'create'): string {
  try {
    const line = JSON.parse(text) as Partial<Record<string, Record<string, unknown>>>;
    const { _index: index, _id: id } = line[action] ?? {};
    return [
      ...(typeof index === 'string' ? [`"_index":${JSON.stringify(index)}`] : []),
      ...(typeof id === 'string' ? [`"_id":${JSON.stringify(id)}`] : []),
    ].join(',');
  } catch {
    return '';
  }
}
