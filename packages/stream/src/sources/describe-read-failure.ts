import { printableText } from '../decode/printable-text.js';

const MEANINGS: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'the gzip data ends early; what precedes the end was read',
  Z_DATA_ERROR: 'the gzip data is corrupt; what precedes the damage was read',
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  EMFILE: 'too many open files',
};

/** Why a source could not be read, from the error that Node.js threw: a short text free of control characters. */
export function describeReadFailure(error: unknown): string {
  if (!(error instanceof Error)) return printableText(String(error));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return MEANINGS[code] ?? printableText(error.message);
}
