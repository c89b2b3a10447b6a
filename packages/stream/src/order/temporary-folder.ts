import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskSortError } from './disk-sort-error.js';

/**
 * A folder of its own under the system's temporary folder that only this user can enter. It is made when first needed,
 * and removed by {@link TemporaryFolder.remove}, or when the process exits before that.
 */
export class TemporaryFolder {
  #path: string | undefined;
  readonly #removeAtExit = (): void => {
    if (this.#path !== undefined) rmSync(this.#path, { recursive: true, force: true });
  };

  /** The path of the folder. Throws, naming TMPDIR as the cure, if it cannot be made. */
  async path(): Promise<string> {
    if (this.#path !== undefined) return this.#path;
    try {
      this.#path = await mkdtemp(join(tmpdir(), 'eqlkit-sort-'));
    } catch (cause) {
      throw new DiskSortError(`cannot sort on disk: no folder can be made in ${tmpdir()}; set TMPDIR to another one`, {
        cause,
      });
    }
    process.once('exit', this.#removeAtExit);
    return this.#path;
  }

  /** Removes the folder with all that is in it, if it was ever made. */
  async remove(): Promise<void> {
    process.off('exit', this.#removeAtExit);
    if (this.#path !== undefined) await rm(this.#path, { recursive: true, force: true });
    this.#path = undefined;
  }
}
