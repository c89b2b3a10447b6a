import { open } from 'node:fs/promises';
import { generateMixedStream, type MixedStreamOptions } from '@eqlkit/test-support';

const BATCH_LINES = 500;

/** Writes a generated stream to a file, one event a line. Returns the number of bytes. */
export async function writeMixedStream(path: string, options: MixedStreamOptions): Promise<number> {
  const file = await open(path, 'w');
  let bytes = 0;
  try {
    let lines: string[] = [];
    const write = async (): Promise<void> => {
      const { bytesWritten } = await file.write(lines.map((line) => `${line}\n`).join(''));
      bytes += bytesWritten;
      lines = [];
    };
    for (const event of generateMixedStream(options)) {
      lines.push(JSON.stringify(event));
      if (lines.length >= BATCH_LINES) await write();
    }
    await write();
  } finally {
    await file.close();
  }
  return bytes;
}
