import { dirname } from 'node:path';
import type { Pack } from '../pack/pack.js';
import { isInside, PackFinder } from './pack-finder.js';

/**
 * The pack to which a rule file belongs, or would if it were there; `null` if there is none, or its `pack.toml` has errors.
 *
 * @param path - Absolute, as is the working folder.
 */
export async function packAt(path: string, cwd: string): Promise<Pack | null> {
  const found = await new PackFinder().packOf(path, isInside(path, cwd) ? cwd : dirname(path));
  return found?.pack ?? null;
}
