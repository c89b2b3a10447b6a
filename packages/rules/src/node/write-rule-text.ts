import { open } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/** The bytes of a byte order mark in UTF-8. */
const BYTE_ORDER_MARK = Buffer.from('\ufeff', 'utf8');

/**
 * Writes a rule file as UTF-8: whoever reads it meanwhile, and whatever fails on the way, finds the old text or the new
 * one whole. Keeps the file's permissions, and its byte order mark, which the text is without; a symbolic link stays one.
 */
export async function writeRuleText(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, Buffer.concat([await readByteOrderMark(path), Buffer.from(text, 'utf8')]));
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
