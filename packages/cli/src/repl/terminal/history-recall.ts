import type { EditedText } from './edited-text.js';

/** Goes back and forth in the history, among the inputs that begin as the text does up to the cursor. */
export class HistoryRecall {
  /** What was written before, which comes after the latest input. */
  private written: EditedText | null = null;
  private place = -1;

  /** The next older input that fits; null if there is none. `history` has the latest first. */
  older(edited: EditedText, history: readonly string[]): EditedText | null {
    this.written ??= edited;
    return this.find(this.written, history, 1);
  }

  /** The next newer one, and in the end what was written; null where that stands already. */
  newer(history: readonly string[]): EditedText | null {
    const { written } = this;
    if (written === null) return null;
    const found = this.find(written, history, -1);
    if (found !== null) return found;
    this.end();
    return written;
  }

  /** The text that stands now is what is written. */
  end(): void {
    this.written = null;
    this.place = -1;
  }

  private find({ text, cursor }: EditedText, history: readonly string[], step: 1 | -1): EditedText | null {
    const begin = text.slice(0, cursor);
    for (let place = this.place + step; place >= 0 && place < history.length; place += step) {
      const entry = history[place] ?? '';
      if (!entry.startsWith(begin) || entry === text) continue;
      this.place = place;
      return { text: entry, cursor: entry.length };
    }
    return null;
  }
}
