import { KeyMap } from './key-map.js';
import type { PendingSequence } from './pending-sequence.js';

/**
 * The pending sequences of a query: by join key, of which each has at most one for a stage, and in the order in which
 * they began. Nothing here takes time in proportion to how many there are.
 */
export class PendingStore {
  private readonly firstOfKey = new KeyMap<PendingSequence>();
  private oldestPending: PendingSequence | null = null;
  private newestPending: PendingSequence | null = null;

  /** How many keys have a pending sequence. */
  get keys(): number {
    return this.firstOfKey.size;
  }

  /** The one that began first. */
  get oldest(): PendingSequence | null {
    return this.oldestPending;
  }

  /** The one of a key that has reached a stage. */
  find(keyId: string, stage: number): PendingSequence | null {
    let pending = this.firstOfKey.get(keyId) ?? null;
    while (pending !== null && pending.stage !== stage) pending = pending.sibling;
    return pending;
  }

  /** All of a key. */
  ofKey(keyId: string): readonly PendingSequence[] {
    const all: PendingSequence[] = [];
    for (let at = this.firstOfKey.get(keyId) ?? null; at !== null; at = at.sibling) all.push(at);
    return all;
  }

  /** All, those that began first before others. */
  all(): readonly PendingSequence[] {
    const all: PendingSequence[] = [];
    for (let at = this.oldestPending; at !== null; at = at.newer) all.push(at);
    return all;
  }

  /** Adds one that began after all others, or right after another of the same key. */
  add(pending: PendingSequence, after: PendingSequence | null = this.newestPending): void {
    pending.sibling = this.firstOfKey.get(pending.keyId) ?? null;
    this.firstOfKey.set(pending.keyId, pending);
    const newer = after === null ? null : after.newer;
    pending.older = after;
    pending.newer = newer;
    if (after === null) this.oldestPending = pending;
    else after.newer = pending;
    if (newer === null) this.newestPending = pending;
    else newer.older = pending;
  }

  remove(pending: PendingSequence): void {
    const { keyId, sibling, older, newer } = pending;
    const first = this.firstOfKey.get(keyId);
    if (first === pending) {
      if (sibling === null) this.firstOfKey.delete(keyId);
      else this.firstOfKey.set(keyId, sibling);
    } else {
      for (let at = first ?? null; at !== null; at = at.sibling) if (at.sibling === pending) at.sibling = sibling;
    }
    if (older === null) this.oldestPending = newer;
    else older.newer = newer;
    if (newer === null) this.newestPending = older;
    else newer.older = older;
    pending.sibling = null;
    pending.older = null;
    pending.newer = null;
  }
}
