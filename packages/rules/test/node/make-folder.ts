import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Writes files into a new folder, which is removed when the test is over. Names may have `/` in them. */
export async function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'eqlkit-rules-')));
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

/** A short rule file. */
export function ruleFile(name: string, id?: string): string {
  return `[rule]\n${id === undefined ? '' : `id = "${id}"\n`}name = "${name}"\nquery = "process where true"\n`;
}
