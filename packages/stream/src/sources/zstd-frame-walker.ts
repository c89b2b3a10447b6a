/** Largest window that is decoded, the limit of the zstd tool unless it is told otherwise: 128 MiB. */
export const MAX_WINDOW_BYTES = 128 * 1024 * 1024;

const FRAME_MAGIC = 0xfd2fb528;
/** The sixteen magic numbers of frames that decoders skip differ in their last four bits. */
const SKIPPABLE_MAGIC = 0x184d2a50;
const MAX_HEADER_BYTES = 18;

const TOO_LARGE = -1;

type State = 'frame' | 'block' | 'done';

/**
 * Walks over the frames of a zstd stream (RFC 8878) without decoding them, to find the size of the window that each asks
 * for. A decoder sets aside so much memory, and a hostile frame asks for gigabytes.
 */
export class ZstdFrameWalker {
  private state: State = 'frame';
  private skip = 0;
  private pending = Buffer.alloc(0);
  private hasChecksum = false;

  /**
   * Takes the next bytes and tells how many of them precede a frame whose window is larger than
   * {@link MAX_WINDOW_BYTES}: all, if there is no such frame. A damaged stream is left to the decoder.
   */
  push(bytes: Buffer): number {
    let rest = Buffer.concat([this.pending, bytes]);
    this.pending = Buffer.alloc(0);
    while (rest.length > 0 && this.state !== 'done') {
      const skipped = Math.min(this.skip, rest.length);
      this.skip -= skipped;
      rest = rest.subarray(skipped);
      if (this.skip > 0 || rest.length === 0) break;
      const taken = this.state === 'frame' ? this.takeHeader(rest) : this.takeBlock(rest);
      if (taken === TOO_LARGE) return Math.max(0, bytes.length - rest.length);
      if (taken === 0) {
        this.pending = Buffer.from(rest);
        break;
      }
      rest = rest.subarray(taken);
    }
    return bytes.length;
  }

  /** Reads a frame header; gives its size, 0 if there is more to come, or that its window is too large. */
  private takeHeader(bytes: Buffer): number {
    if (bytes.length < 8) return 0;
    const magic = bytes.readUInt32LE(0);
    if ((magic & 0xfffffff0) === SKIPPABLE_MAGIC) {
      this.skip = bytes.readUInt32LE(4);
      return 8;
    }
    if (magic !== FRAME_MAGIC) {
      this.state = 'done';
      return bytes.length;
    }
    const descriptor = bytes[4] ?? 0;
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const windowBytes = isSingleSegment ? 0 : 1;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
    const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
    const headerBytes = 5 + windowBytes + dictionaryBytes + sizeBytes;
    if (bytes.length < Math.min(headerBytes, MAX_HEADER_BYTES)) return 0;
    const window = isSingleSegment
      ? readContentSize(bytes, 5 + dictionaryBytes, sizeBytes)
      : readWindowSize(bytes[5] ?? 0);
    if (window > MAX_WINDOW_BYTES) return TOO_LARGE;
    this.hasChecksum = (descriptor & 4) !== 0;
    this.state = 'block';
    return headerBytes;
  }

  /** Reads a block header and steps over the block. */
  private takeBlock(bytes: Buffer): number {
    if (bytes.length < 3) return 0;
    const header = bytes.readUIntLE(0, 3);
    const isLast = (header & 1) !== 0;
    const isRepeated = ((header >> 1) & 3) === 1;
    this.skip = (isRepeated ? 1 : header >> 3) + (isLast && this.hasChecksum ? 4 : 0);
    if (isLast) this.state = 'frame';
    return 3;
  }
}

function readWindowSize(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}

function readContentSize(bytes: Buffer, at: number, size: number): number {
  if (size === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, size) + (size === 2 ? 256 : 0);
}
