import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../../shared/', import.meta.url));

/**
 * A path in the folder `shared` beside the repository, which holds other people's rules and events, or `null` without it.
 * Tests that need it say so and are skipped.
 */
export function sharedMaterial(path: string): string | null {
  return existsSync(`${FOLDER}${path}`) ? `${FOLDER}${path}` : null;
}
