import { open, stat } from 'node:fs/promises';
import { createDiagnostic, type Diagnostic, type Span } from '@eqlkit/language';
import { describeFileError } from './describe-file-error.js';

/** The largest rule file that is read. */
export const MAX_RULE_FILE_BYTES = 8 * 1024 * 1024;

/** The text of a file, or why there is none (`EQL4001`). */
export interface RuleText {
  /** As far as it can be shown if it cannot be read. */
  readonly text: string;
  readonly diagnostic: Diagnostic | null;
}

/** Reads a file of UTF-8 text, with or without a byte order mark. Never rejects. */
export async function readRuleText(path: string): Promise<RuleText> {
  try {
    // Looked at before it is opened: opening a named pipe waits for a writer.
    const stats = await stat(path);
    if (!stats.isFile()) return unreadable('It is not a regular file', 'Name a file or a folder with rule files.');
    if (stats.size > MAX_RULE_FILE_BYTES) return tooLarge(stats.size);
    return decodeRuleText(await readFile(path, stats.size));
  } catch (error) {
    const reason = `The file cannot be read: ${describeFileError(error)}`;
    return unreadable(reason, 'Check the path and the permissions of the file.');
  }
}

/** Decodes the bytes of a rule file. */
export function decodeRuleText(bytes: Uint8Array): RuleText {
  if (bytes.length > MAX_RULE_FILE_BYTES) return tooLarge(bytes.length);
  const zero = bytes.indexOf(0);
  if (zero !== -1) {
    return unreadable(`It is not a text file: byte ${String(zero)} is zero`, 'Rule files are TOML in UTF-8.');
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostic: null };
  } catch {
    return notUtf8(bytes);
  }
}

/** As many bytes as the file had when it was looked at, however it grows meanwhile. */
async function readFile(path: string, size: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await file.read(bytes, length, size - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}

/** Points at the first bytes that are not UTF-8, in the text as far as it can be decoded. */
function notUtf8(bytes: Uint8Array): RuleText {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let offset = 0;
  let decoded = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) {
    offset += Buffer.byteLength(text.slice(decoded, at));
    decoded = at;
    // A replacement character that is in the file itself is three proper bytes.
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) break;
  }
  const byte = (bytes[offset] ?? 0).toString(16).padStart(2, '0');
  const reason = `The file is not UTF-8 text: byte ${String(offset)} (0x${byte}) does not belong there`;
  const span = { start: decoded, end: decoded + 1 };
  return unreadable(reason, 'Save the file as UTF-8.', text, span);
}

function tooLarge(size: number): RuleText {
  const reason = `The file has ${String(size)} bytes; the limit for a rule file is ${String(MAX_RULE_FILE_BYTES)} (8 MiB)`;
  return unreadable(reason, 'Split it into one file for each rule, or leave it out.');
}

function unreadable(reason: string, help: string, text = '', span: Span = { start: 0, end: 0 }): RuleText {
  return { text, diagnostic: createDiagnostic('EQL4001', `${reason}.`, span, { help }) };
}
