import { readdirSync } from 'node:fs';

/** Blanks and quotes would have to be quoted; what nobody sees does not belong on a terminal. */
const PLAIN = /^[^\s"'\p{C}]+$/u;

/** The files and folders whose paths begin with what was written; folders end with a slash. */
export function completePath(written: string): readonly string[] {
  const folder = /^.*\//u.exec(written)?.[0] ?? '';
  const begun = written.slice(folder.length);
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
      .filter(({ name }) => name.startsWith(begun) && PLAIN.test(name) && (begun !== '' || !name.startsWith('.')))
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
      .sort();
  } catch {
    // A folder that cannot be read offers nothing.
    return [];
  }
}
