import { describe, expect, it } from 'vitest';
import { ZstdFrameWalker } from '../../src/sources/zstd-frame-walker.js';
import { collectRead } from '../collect-events.js';
import { makeSource } from '../make-folder.js';

/** 40 events of our own, compressed by the zstd tool (level 19, with a checksum). */
const COMPRESSED = Buffer.from(
  'KLUv/QRojQcAUs0lHGBtc0PIILVzTbMwhA4AQLk3EREhKV1QCEBApDDv7+7u7e3s7Ovr6ur/7/t909Ofn52dm5uZmZeXlZXv27brJie/vrq6traysq6uqqq+r+u2bd9zrjXG1lLqt1vAJBXIU1AUjwcaKIjGaTAUeIjJZITASHBymWQUweaBFslkBHoMMAqalDAZFdABc0lMLhKCGMGEEwMpCVGoETDx9j/m0FOGNRJoEPgGwf/bG4IbflUDY8yOMDEx8kwUZkbHMjFgcNSoEUiMnBg9cqKByRFTQiC/zkk15zOM0+AzM6eBhzS2CV9fgMz/HwFUSdNdBXdamYg=',
  'base64',
);

/** A frame with a window of 1 KiB whose blocks hold the text as it stands. */
function rawFrame(text: string): Buffer {
  const bytes = Buffer.from(text);
  const blocks: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += 1000) {
    const block = bytes.subarray(start, start + 1000);
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | Number(start + 1000 >= bytes.length), 0, 3);
    blocks.push(header, block);
  }
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x00]), ...blocks]);
}

function eventLines(first: number, count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `{"@timestamp":${String(first + index)},"event.category":"c"}\n`,
  ).join('');
}

describe('zstd', () => {
  it('is recognised and decompressed, however little is read at a time', async () => {
    const source = await makeSource(COMPRESSED);
    for (const chunkBytes of [1, 7, 1024, 1 << 20]) {
      const { records, problems, bytesRead } = await collectRead(source, { chunkBytes });
      expect(problems).toEqual([]);
      expect(records.map(({ event }) => event['id'])).toEqual(Array.from({ length: 40 }, (_, id) => id));
      expect(bytesRead).toBe(COMPRESSED.length);
    }
  });

  it('may have several frames, and frames to be skipped', async () => {
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const frames = [rawFrame(eventLines(1, 100)), skippable, COMPRESSED, rawFrame(eventLines(2000, 5))];
    const { records, problems } = await collectRead(await makeSource(Buffer.concat(frames)));
    expect(problems).toEqual([]);
    expect(records).toHaveLength(145);
  });

  it('gives what precedes damage or an early end', async () => {
    const frames = Buffer.concat([rawFrame(eventLines(1, 100)), rawFrame(eventLines(200, 100))]);
    const cut = await collectRead(await makeSource(frames.subarray(0, frames.length - 10)));
    expect(cut.records.length).toBeGreaterThan(150);
    expect(cut.problems).toMatchObject([
      { kind: 'truncated-input', detail: expect.stringContaining('ends early') as unknown },
    ]);
    const damaged = Buffer.concat([
      rawFrame(eventLines(1, 100)),
      COMPRESSED.map((byte, at) => (at > 30 ? 0xff : byte)),
    ]);
    const broken = await collectRead(await makeSource(damaged));
    expect(broken.records).toHaveLength(100);
    expect(broken.problems).toMatchObject([{ kind: 'truncated-input' }]);
  });

  it('is refused where a frame asks for a huge window, also a later one', async () => {
    const huge = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa0, 1, 0, 0, 0, 0, 0]);
    const { records, problems } = await collectRead(
      await makeSource(Buffer.concat([rawFrame(eventLines(1, 3)), huge])),
    );
    expect(records).toHaveLength(3);
    expect(problems).toMatchObject([{ kind: 'truncated-input', detail: expect.stringContaining('window') as unknown }]);
  });
});

describe('walking over frames', () => {
  it('finds every frame, however the bytes are cut', () => {
    const huge = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa0, 1, 0, 0, 0, 0, 0]);
    const fine = Buffer.concat([COMPRESSED, rawFrame(eventLines(1, 50)), COMPRESSED]);
    const frames = Buffer.concat([fine, huge]);
    for (const size of [1, 2, 3, 5, 1000, frames.length]) {
      const walker = new ZstdFrameWalker();
      let safe = 0;
      for (let at = 0; at < frames.length && safe === at; at += size) {
        safe += walker.push(frames.subarray(at, at + size));
      }
      // The header itself may have been cut.
      expect(safe).toBeGreaterThanOrEqual(fine.length);
      expect(safe).toBeLessThan(fine.length + 8);
    }
  });
});
