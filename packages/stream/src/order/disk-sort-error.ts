/** Events could not be sorted on disk. The message names the folder, the reason and the cure. */
export class DiskSortError extends Error {
  override readonly name = 'DiskSortError';
}
