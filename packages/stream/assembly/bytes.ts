/** Looking at bytes of the memory. */

export function byteAt(at: usize): u32 {
  return load<u8>(at);
}

/** The first eight bytes of a run, or all of a shorter one; a part of what is looked up. */
export function headOf(start: usize, length: usize): u64 {
  const head = load<u64>(start);
  return length >= 8 ? head : head & (((<u64>1) << ((<u64>length) << 3)) - 1);
}

/** The last eight bytes of a run, or 0 if it has fewer. */
export function tailOf(start: usize, length: usize): u64 {
  return length >= 8 ? load<u64>(start + length - 8) : 0;
}

/** The hash by which a run of bytes is looked up. */
export function hashRun(head: u64, tail: u64, length: usize): u32 {
  const mixed = (head ^ rotl(tail, 29) ^ ((<u64>length) << 56)) * 0x9e3779b97f4a7c15;
  return <u32>(mixed >> 32);
}
