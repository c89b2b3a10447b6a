const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EEXIST: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'no space is left',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
};

/** Why a file operation failed, as the end of a sentence. */
export function describeFileError(error: unknown): string {
  const reason = REASONS[fileErrorCode(error)];
  if (reason !== undefined) return reason;
  return error instanceof Error ? error.message : String(error);
}

/** The code of a failed file operation, such as `ENOENT`; empty if there is none. */
export function fileErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
