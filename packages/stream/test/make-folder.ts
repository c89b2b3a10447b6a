import { mkdtemp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EventSource } from '../src/sources/event-source.js';

/** Makes a folder with the given files, removed when the test is over. */
export async function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'eqlkit-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

/** Writes one file and gives it as a source of that name. */
export async function makeSource(content: string | Uint8Array, name = 'events.ndjson'): Promise<EventSource> {
  const folder = await makeFolder({ [name]: content });
  const path = join(folder, name);
  return { name, kind: 'file', path, sizeBytes: (await stat(path)).size };
}
