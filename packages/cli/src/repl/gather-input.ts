import { isUnfinished } from '@eqlkit/language';

/** What newcomers write to leave or to be helped, which is no query. */
export const BARE_COMMANDS: ReadonlyMap<string, string> = new Map([
  ['exit', '.exit'],
  ['quit', '.exit'],
  ['help', '.help'],
  ['?', '.help'],
]);

/**
 * Joins lines into inputs. A dot command is one line; a query that is whole is one line, too. One that goes on over
 * several lines ends with an empty line, with a semicolon, or where the next line is a dot command.
 */
export class InputGatherer {
  private lines: string[] = [];

  /** Whether an input has begun and wants more lines. */
  get isOpen(): boolean {
    return this.lines.length > 0;
  }

  /** What has been written of the open input. */
  get text(): string {
    return this.lines.join('\n');
  }

  /** Takes a line, and gives the inputs that it completes. */
  take(line: string): readonly string[] {
    const trimmed = line.trim();
    if (!this.isOpen) {
      if (trimmed === '') return [];
      const command = BARE_COMMANDS.get(trimmed);
      if (command !== undefined) return [command];
      if (trimmed.startsWith('.') || !isUnfinished(line) || trimmed.endsWith(';')) return [line];
      this.lines = [line];
      return [];
    }
    if (trimmed === '') return this.end();
    if (trimmed.startsWith('.') && !/^\.\d/u.test(trimmed)) return [...this.end(), line];
    this.lines.push(line);
    return trimmed.endsWith(';') ? this.end() : [];
  }

  /** Says that no further line belongs to the open input. */
  end(): readonly string[] {
    const { text, isOpen } = this;
    this.lines = [];
    return isOpen ? [text] : [];
  }
}
