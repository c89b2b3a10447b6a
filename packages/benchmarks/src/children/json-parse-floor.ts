// The floor that runs are measured against: reads a file, cuts lines in Buffers and calls `JSON.parse` on each.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

const NEWLINE = 0x0a;
const CHUNK_BYTES = 1024 * 1024;

const [path = ''] = process.argv.slice(2);
const begun = performance.now();
const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
const chunks = path.endsWith('.gz') ? file.pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : file;
let events = 0;
let rest: Buffer | null = null;
for await (const chunk of chunks as AsyncIterable<Buffer>) {
  const bytes: Buffer = rest === null ? chunk : Buffer.concat([rest, chunk]);
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    const event: unknown = JSON.parse(bytes.toString('utf8', start, end));
    if (event !== null) events += 1;
    start = end + 1;
  }
  rest = start === bytes.length ? null : bytes.subarray(start);
}
process.stdout.write(JSON.stringify({ elapsedMs: performance.now() - begun, events }));
