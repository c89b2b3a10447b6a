import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { describeFileError } from './describe-file-error.js';
import { readRuleText } from './read-rule-text.js';

/** The bytes of a byte order mark in UTF-8. */
const BYTE_ORDER_MARK = Buffer.from('\ufeff', 'utf8');

/**
 * Writes a rule file anew as UTF-8: whoever reads it meanwhile, and whatever fails on the way, finds the old text or the new
 * one whole. Keeps the file's permissions, and its byte order mark, which texts are without; a symbolic link stays one. A file
 * that may not be written, or that no longer holds what was read, stays as it is. Never rejects.
 *
 * @param before - What the file holds as far as the caller knows.
 * @returns why nothing was written, as the end of a sentence; `null` if it was.
 */
export async function rewriteRuleText(path: string, before: string, text: string): Promise<string | null> {
  try {
    const current = await readRuleText(path);
    if (current.diagnostic !== null || current.text !== before) return 'it was changed meanwhile';
    // The new text takes the place of the file, for which the permissions of the folder would do.
    await access(path, constants.W_OK);
    await writeFileAtomic(path, Buffer.concat([await readByteOrderMark(path), Buffer.from(text, 'utf8')]));
    return null;
  } catch (error) {
    return describeFileError(error);
  }
}

/** The byte order mark with which bytes begin; empty if they do not. */
export function byteOrderMarkOf(bytes: Uint8Array): Uint8Array {
  return BYTE_ORDER_MARK.equals(bytes.subarray(0, BYTE_ORDER_MARK.length)) ? BYTE_ORDER_MARK : new Uint8Array();
}

async function readByteOrderMark(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(BYTE_ORDER_MARK.length), position: 0 });
    return byteOrderMarkOf(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
