import type { EventRecord } from '../../event/event-record.js';
import { joinMs, lowerMs, upperMs } from '../../time/split-ms.js';
import type { Timestamp } from '../../time/timestamp.js';
import type { JoinKey } from '../join-key.js';
import { keyValues, spellKey, type EventChain, type KeySpelling } from './event-chain.js';
import { hashKey, KeyTable, type RowKeys } from './key-table.js';
import { PagedColumn } from './paged-column.js';
import { PagedPairs } from './paged-pairs.js';
import { NO_ROW, ROW_WORDS, RowPool, wordOfRow } from './row-pool.js';

/** Stands for no pending sequence. */
export const NOT_PENDING = NO_ROW;

/** The words of a row: the hash of its key, other rows of the key and the rows that began before and after, … */
const HASH = 0;
const SIBLING = 1;
const OLDER = 2;
const NEWER = 3;
/** … the stage that it has reached and whether it is spoiled, … */
const STATE = 4;
/** … and its start: nanoseconds, and milliseconds in two parts. */
const START_NS = 5;
const START_MS_LOWER = 6;
const START_MS_UPPER = 7;

const SPOILED = 1;
const STAGE_SHIFT = 1;

/** So many are moved at once at most when memory is given back. */
const MOST_MOVED = 16;

/**
 * The pending sequences of a query: by join key, of which each has at most one for a stage, and in the order in which
 * they began. Nothing here takes time in proportion to how many there are, and memory follows how many are left.
 *
 * A sequence is a row of words and of columns. It is spoken of by the number of its row, which holds until `tidy`.
 */
export class PendingStore implements RowKeys {
  private readonly rows = new RowPool();
  /** The id of the key of each, and its latest event. */
  private readonly latest = new PagedPairs<string, EventRecord>();
  /** The events before the latest one. */
  private readonly befores = new PagedColumn<EventChain>();
  /** How the first event spells the key, where that is not the key's id. */
  private readonly spellings = new PagedColumn<KeySpelling>();
  /** The latest time before the start at which an event of a leading `![…]` was seen, where there was one. */
  private readonly leadings = new PagedColumn<Timestamp>();
  private readonly columns = [this.latest, this.befores, this.spellings, this.leadings];
  /** The row of each key that was entered last, which leads to its others. */
  private readonly rowOfKey = new KeyTable(this);
  private oldestRow = NO_ROW;
  private newestRow = NO_ROW;
  /** Where the last page is being emptied. */
  private sweep = NO_ROW;

  /** How many keys have a pending sequence. */
  get keys(): number {
    return this.rowOfKey.size;
  }

  /** The one that began first. */
  get oldest(): number {
    return this.oldestRow;
  }

  /** The pages that its rows take. */
  get pageCount(): number {
    return this.rows.pageCount;
  }

  /** The one of a key that has reached a stage. */
  find(keyId: string, stage: number): number {
    return this.atStage(this.rowOfKey.get(keyId, hashKey(keyId)), stage);
  }

  /** The one that had reached the stage of another of its key before that was entered. */
  findBefore(row: number): number {
    return this.atStage(this.wordOf(row, SIBLING), this.stageOf(row));
  }

  /** All of a key. */
  ofKey(keyId: string): readonly number[] {
    const all: number[] = [];
    let row = this.rowOfKey.get(keyId, hashKey(keyId));
    for (; row !== NO_ROW; row = this.wordOf(row, SIBLING)) all.push(row);
    return all;
  }

  /** All, those that began first before others. */
  all(): readonly number[] {
    const all: number[] = [];
    for (let row = this.oldestRow; row !== NO_ROW; row = this.wordOf(row, NEWER)) all.push(row);
    return all;
  }

  /** Adds one that began at a time, after all others; it is at its first stage. */
  add({ id, values }: JoinKey, start: Timestamp, leading: Timestamp | null, record: EventRecord): number {
    const row = this.rows.take();
    const words = this.rows.wordsOf(row);
    const at = wordOfRow(row);
    words[at + HASH] = hashKey(id);
    words[at + STATE] = 0;
    words[at + START_NS] = start.ns;
    const upper = upperMs(start.ms);
    words[at + START_MS_UPPER] = upper;
    words[at + START_MS_LOWER] = lowerMs(start.ms, upper);
    this.latest.set(row, id, record);
    const spelling = spellKey(values);
    if (spelling !== id) this.spellings.set(row, spelling);
    if (leading !== null) this.leadings.set(row, leading);
    this.enter(row, this.newestRow);
    return row;
  }

  /** Adds a copy of one, which counts as having begun right after it. */
  fork(row: number): number {
    const copy = this.copy(row);
    this.enter(copy, row);
    return copy;
  }

  /** Moves one on to a stage. */
  advance(row: number, stage: number, record: EventRecord): void {
    this.befores.set(row, { record: this.recordOf(row), before: this.beforeOf(row) });
    this.latest.setSecond(row, record);
    this.setWord(row, STATE, (stage << STAGE_SHIFT) | (this.wordOf(row, STATE) & SPOILED));
  }

  /** Notes that an event had to stay away and was seen: the sequence goes on, but its end will not count. */
  spoil(row: number): void {
    this.setWord(row, STATE, this.wordOf(row, STATE) | SPOILED);
  }

  remove(row: number): void {
    const words = this.rows.wordsOf(row);
    const at = wordOfRow(row);
    const sibling = words[at + SIBLING] ?? NO_ROW;
    const older = words[at + OLDER] ?? NO_ROW;
    const newer = words[at + NEWER] ?? NO_ROW;
    this.lead(row, sibling);
    if (older === NO_ROW) this.oldestRow = newer;
    else this.setWord(older, NEWER, newer);
    if (newer === NO_ROW) this.newestRow = older;
    else this.setWord(newer, OLDER, older);
    this.release(row);
  }

  /** Gives memory back of which hardly any is in use; rows may change their numbers by it. */
  tidy(): void {
    for (let left = MOST_MOVED; left > 0 && this.rows.isSparse; left -= 1) {
      const [first, end] = this.rows.lastPage;
      if (this.sweep <= first || this.sweep > end) this.sweep = end;
      this.sweep -= 1;
      if (this.latest.first(this.sweep) !== undefined) this.move(this.sweep);
    }
  }

  keyIdOf(row: number): string {
    return this.latest.first(row) ?? '';
  }

  /** The key as its first event spells it: a number joins the text that spells it, and Python EQL joins without case. */
  keyOf(row: number): JoinKey {
    const id = this.keyIdOf(row);
    const spelling = this.spellings.get(row);
    return { id, values: spelling === undefined ? [id] : keyValues(spelling) };
  }

  /** The last stage that one has reached; of one key, no two have reached the same. */
  stageOf(row: number): number {
    return this.wordOf(row, STATE) >> STAGE_SHIFT;
  }

  isSpoiled(row: number): boolean {
    return (this.wordOf(row, STATE) & SPOILED) !== 0;
  }

  /** When its first event happened; maxspan counts from here. */
  startOf(row: number): Timestamp {
    return { ms: this.startMsOf(row), ns: this.wordOf(row, START_NS) };
  }

  /** Whether a time is more than a span after its start. */
  isBeyondSpan(row: number, now: Timestamp, spanMs: number): boolean {
    const elapsedMs = now.ms - this.startMsOf(row);
    return elapsedMs > spanMs || (elapsedMs === spanMs && now.ns > this.wordOf(row, START_NS));
  }

  /** The latest time before its start at which an event of a leading `![…]` was seen. */
  leadingOf(row: number): Timestamp | null {
    return this.leadings.get(row) ?? null;
  }

  /** Its latest event. */
  recordOf(row: number): EventRecord {
    const record = this.latest.second(row);
    if (record === undefined) throw new Error('a pending sequence lacks its event');
    return record;
  }

  /** Its events, the earliest first. */
  eventsOf(row: number): EventRecord[] {
    const events = [this.recordOf(row)];
    for (let at = this.beforeOf(row); at !== null; at = at.before) events.push(at.record);
    return events.reverse();
  }

  private startMsOf(row: number): number {
    return joinMs(this.wordOf(row, START_MS_UPPER), this.wordOf(row, START_MS_LOWER));
  }

  /** The row of a stage among one and those that it leads to. */
  private atStage(row: number, stage: number): number {
    let at = row;
    while (at !== NO_ROW && this.stageOf(at) !== stage) at = this.wordOf(at, SIBLING);
    return at;
  }

  private beforeOf(row: number): EventChain | null {
    // At the first stage there is none, and the column need not be looked at.
    return this.stageOf(row) > 0 ? (this.befores.get(row) ?? null) : null;
  }

  /** Enters a row under its key, and behind another in the order of beginnings. */
  private enter(row: number, older: number): void {
    const words = this.rows.wordsOf(row);
    const at = wordOfRow(row);
    const hash = words[at + HASH] ?? 0;
    const sibling = this.rowOfKey.put(this.keyIdOf(row), hash, row);
    const newer = older === NO_ROW ? NO_ROW : this.wordOf(older, NEWER);
    words[at + SIBLING] = sibling;
    words[at + OLDER] = older;
    words[at + NEWER] = newer;
    if (older === NO_ROW) this.oldestRow = row;
    else this.setWord(older, NEWER, row);
    if (newer === NO_ROW) this.newestRow = row;
    else this.setWord(newer, OLDER, row);
  }

  /** Has what leads to a row of a key lead to another one. */
  private lead(row: number, other: number): void {
    const hash = this.wordOf(row, HASH);
    if (other === NO_ROW ? this.rowOfKey.delete(hash, row) : this.rowOfKey.replace(hash, row, other)) return;
    let at = this.rowOfKey.get(this.keyIdOf(row), hash);
    while (at !== NO_ROW && this.wordOf(at, SIBLING) !== row) at = this.wordOf(at, SIBLING);
    if (at !== NO_ROW) this.setWord(at, SIBLING, other);
  }

  /** Takes a sequence to another row. */
  private move(row: number): void {
    const to = this.copy(row);
    this.lead(row, to);
    const older = this.wordOf(row, OLDER);
    const newer = this.wordOf(row, NEWER);
    if (older === NO_ROW) this.oldestRow = to;
    else this.setWord(older, NEWER, to);
    if (newer === NO_ROW) this.newestRow = to;
    else this.setWord(newer, OLDER, to);
    this.release(row);
  }

  /** Copies a row to a new one. */
  private copy(row: number): number {
    const copy = this.rows.take();
    const at = wordOfRow(row);
    this.rows.wordsOf(copy).set(this.rows.wordsOf(row).subarray(at, at + ROW_WORDS), wordOfRow(copy));
    for (const column of this.columns) column.copy(row, copy);
    return copy;
  }

  private release(row: number): void {
    const { pageCount } = this.rows;
    this.latest.clear(row);
    if (this.stageOf(row) > 0) this.befores.clear(row);
    this.spellings.clear(row);
    this.leadings.clear(row);
    this.rows.release(row);
    if (this.rows.pageCount === pageCount) return;
    for (const column of this.columns) column.dropPages(this.rows.pageCount);
  }

  private wordOf(row: number, word: number): number {
    return this.rows.wordsOf(row)[wordOfRow(row) + word] ?? NO_ROW;
  }

  private setWord(row: number, word: number, value: number): void {
    this.rows.wordsOf(row)[wordOfRow(row) + word] = value;
  }
}
