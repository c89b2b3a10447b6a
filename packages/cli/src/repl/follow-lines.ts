import type { Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeReadFailure, printableText } from '@eqlkit/stream';
import type { ReplIo } from './repl-io.js';

/** How often a file is looked at. */
const LOOK_EVERY_MS = 250;
const READ_BYTES = 1024 * 1024;
/** Longest line that is waited for. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/**
 * Gives the lines that a file gains, with a call after those of each read; null once it is cancelled, or why it cannot go
 * on. A file that became shorter, or another one that took its place as logs are rotated, is followed from its start.
 */
export async function followLines(
  file: string,
  io: ReplIo,
  onLine: (line: Buffer) => void,
  onRead: () => void,
): Promise<string | null> {
  const shown = printableText(file);
  let followed: FollowedFile | null = null;
  try {
    // The opening of a named pipe would wait for somebody who writes to it.
    const found = await stat(file);
    if (!found.isFile()) return `cannot follow ${shown}: it is ${found.isDirectory() ? 'a folder' : 'no regular file'}`;
    followed = await openFile(file);
    io.write(`following ${shown}; Ctrl-C ends it`);
    let position = followed.stats.size;
    let rest = Buffer.alloc(0);
    const buffer = Buffer.alloc(READ_BYTES);
    while (!io.signal.aborted) {
      const { size } = await followed.handle.stat();
      if (size < position) {
        io.write(`${shown} became shorter and is followed from its start`);
        position = 0;
        rest = Buffer.alloc(0);
      }
      const { bytesRead } = await followed.handle.read(buffer, 0, buffer.length, position);
      position += bytesRead;
      rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      let start = 0;
      for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10, start)) {
        if (end > start) onLine(rest.subarray(start, end));
        start = end + 1;
      }
      rest = Buffer.from(rest.subarray(start));
      onRead();
      if (rest.length > MAX_LINE_BYTES) return `a line of ${shown} is longer than ${MAX_LINE_BYTES} bytes`;
      if (bytesRead > 0) continue;
      if (await isReplaced(file, followed.stats)) {
        const successor = await openFile(file);
        await followed.handle.close();
        followed = successor;
        position = 0;
        rest = Buffer.alloc(0);
        io.write(`${shown} was replaced and is followed from its start`);
        continue;
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal: io.signal }).catch(() => undefined);
    }
    return null;
  } catch (error) {
    return `cannot read ${shown}: ${describeReadFailure(error)}`;
  } finally {
    await followed?.handle.close();
  }
}

interface FollowedFile {
  readonly handle: FileHandle;
  readonly stats: Stats;
}

async function openFile(file: string): Promise<FollowedFile> {
  const handle = await open(file, 'r');
  return { handle, stats: await handle.stat() };
}

/** Whether another file stands under the name; none may stand there for a while. */
async function isReplaced(file: string, { dev, ino }: Stats): Promise<boolean> {
  const now = await stat(file).catch(() => null);
  return now !== null && now.isFile() && (now.ino !== ino || now.dev !== dev);
}
