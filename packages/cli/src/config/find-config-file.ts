import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The name of a configuration file. */
export const CONFIG_FILE_NAME = 'eql.toml';

/** The configuration file of a folder: the first `eql.toml` in it or above it; null if there is none. */
export function findConfigFile(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, CONFIG_FILE_NAME);
    if (existsSync(file)) return file;
    if (dirname(at) === at) return null;
  }
}
