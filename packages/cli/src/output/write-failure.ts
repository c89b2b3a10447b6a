import { describeFileError } from '@eqlkit/rules/node';
import { printableText } from '@eqlkit/stream';

/** Says that a file could not be written, and why. */
export function describeWriteFailure(file: string, error: unknown): string {
  const isFolderMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return `cannot write ${printableText(file)}: ${isFolderMissing ? 'its folder does not exist' : describeFileError(error)}`;
}
