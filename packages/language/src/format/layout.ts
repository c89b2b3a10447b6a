/**
 * A text with places where it may be broken into lines, after the pretty printers of Oppen and Wadler: a group stays on
 * one line if it fits, else all its own line breaks are taken.
 */
export type Layout = string | readonly Layout[] | Line | Group | Indent | Fill | Suffix;

/** A place for a line break. On one line, a `space` is a space and a `soft` one nothing; a `hard` one is always taken. */
interface Line {
  readonly kind: 'line';
  readonly flat: 'space' | 'soft' | 'hard';
  /** Whether an empty line stands before the next one, where the break is taken. */
  readonly blank: boolean;
  /** Whether a closing bracket stands behind it, so that comments before it are indented once more. */
  readonly closing: boolean;
}

interface Group {
  readonly kind: 'group';
  readonly content: Layout;
}

interface Indent {
  readonly kind: 'indent';
  readonly content: Layout;
}

/** Items that fill lines as words do. */
interface Fill {
  readonly kind: 'fill';
  readonly items: readonly string[];
}

/**
 * A comment at the end of the line that is being written, whatever else comes onto it. One that `mayStandInside` does
 * not break the group around it, and stays where it is if that fits on one line.
 */
interface Suffix {
  readonly kind: 'suffix';
  readonly text: string;
  readonly mayStandInside: boolean;
}

/** A break that is a space on one line. */
export function spaceLine(blank = false): Layout {
  return { kind: 'line', flat: 'space', blank, closing: false };
}

/** A break that is nothing on one line. */
export function softLine(): Layout {
  return { kind: 'line', flat: 'soft', blank: false, closing: false };
}

/** The same before a closing bracket. */
export function closingLine(): Layout {
  return { kind: 'line', flat: 'soft', blank: false, closing: true };
}

/** A break that is always taken. */
export function hardLine(blank = false): Layout {
  return { kind: 'line', flat: 'hard', blank, closing: false };
}

/** What stands on one line together or is broken together. */
export function group(content: Layout): Layout {
  return { kind: 'group', content };
}

/** What is indented by two more columns. */
export function indent(content: Layout): Layout {
  return { kind: 'indent', content };
}

/** Items that fill lines as words do. */
export function fill(items: readonly string[]): Layout {
  return { kind: 'fill', items };
}

/** A comment at the end of the line. */
export function suffix(text: string): Layout {
  return { kind: 'suffix', text, mayStandInside: false };
}

/** A comment that stands where it is on one line, and else at the end of its line. */
export function innerSuffix(text: string): Layout {
  return { kind: 'suffix', text, mayStandInside: true };
}

/** Writes a layout with lines of at most `width` columns, as far as it has places to break. */
export function renderLayout(layout: Layout, width: number): string {
  return new LayoutWriter(width).write(layout);
}

const INDENT_COLUMNS = 2;

class LayoutWriter {
  private readonly lines: string[] = [];
  private line = '';
  private suffixes: string[] = [];
  /** Whether a layout cannot stand on one line, as found before. */
  private readonly broken = new Map<Layout, boolean>();

  constructor(private readonly width: number) {}

  write(layout: Layout): string {
    this.emit(layout, 0, false, 0);
    this.flushSuffixes(0);
    return [...this.lines, this.line].join('\n');
  }

  /**
   * @param flat - Whether the group around it stands on one line.
   * @param reserve - Columns of what comes behind it before the next place to break.
   */
  private emit(layout: Layout, depth: number, flat: boolean, reserve: number): void {
    if (typeof layout === 'string') {
      this.append(layout);
      return;
    }
    if (isSequence(layout)) {
      const reserves = reservesOf(layout, reserve);
      for (const [index, part] of layout.entries()) this.emit(part, depth, flat, reserves[index] ?? reserve);
      return;
    }
    switch (layout.kind) {
      case 'line':
        if (!flat || layout.flat === 'hard') this.breakLine(depth, layout.blank, layout.closing);
        else if (layout.flat === 'space') this.append(' ');
        return;
      case 'group':
        this.emit(layout.content, depth, flat || this.fits(layout.content, reserve), reserve);
        return;
      case 'indent':
        this.emit(layout.content, depth + 1, flat, reserve);
        return;
      case 'fill':
        this.emitFill(layout.items, depth, reserve);
        return;
      case 'suffix':
        if (flat) this.append(` ${layout.text}`);
        else this.suffixes.push(layout.text);
        return;
    }
  }

  private emitFill(items: readonly string[], depth: number, reserve: number): void {
    for (const [index, item] of items.entries()) {
      if (index > 0) {
        const needed = 1 + item.length + (index === items.length - 1 ? reserve : 0);
        if (this.line.length + needed > this.width) this.breakLine(depth, false, false);
        else this.append(' ');
      }
      this.append(item);
    }
  }

  private append(text: string): void {
    const newline = text.lastIndexOf('\n');
    if (newline === -1) {
      this.line += text;
    } else {
      this.lines.push(this.line + text.slice(0, newline));
      this.line = text.slice(newline + 1);
    }
  }

  private breakLine(depth: number, blank: boolean, closing: boolean): void {
    this.flushSuffixes(closing ? depth + 1 : depth);
    if (blank) this.startLine(0);
    this.startLine(depth);
  }

  private startLine(depth: number): void {
    this.lines.push(this.line.trimEnd());
    this.line = ' '.repeat(depth * INDENT_COLUMNS);
  }

  /** Ends the line with the comments that wait for it. Behind a line comment, each further one gets its own line. */
  private flushSuffixes(depth: number): void {
    for (const [index, text] of this.suffixes.entries()) {
      if (this.suffixes[index - 1]?.startsWith('//') === true) this.startLine(depth);
      else this.append(' ');
      this.append(text);
    }
    this.suffixes = [];
  }

  /** Whether a layout fits on what is left of the line. */
  private fits(layout: Layout, reserve: number): boolean {
    const room = this.width - this.line.length - reserve;
    return !this.mustBreak(layout) && flatWidth(layout, room) <= room;
  }

  private mustBreak(layout: Layout): boolean {
    if (typeof layout === 'string') return layout.includes('\n');
    const known = this.broken.get(layout);
    if (known !== undefined) return known;
    const found = this.findBreak(layout);
    this.broken.set(layout, found);
    return found;
  }

  private findBreak(layout: Exclude<Layout, string>): boolean {
    if (isSequence(layout)) return layout.some((part) => this.mustBreak(part));
    switch (layout.kind) {
      case 'line':
        return layout.flat === 'hard';
      case 'group':
      case 'indent':
        return this.mustBreak(layout.content);
      case 'fill':
        return false;
      case 'suffix':
        return !layout.mayStandInside || this.mustBreak(layout.text);
    }
  }
}

/** The columns of a layout on one line; more than `limit` is not counted on. */
function flatWidth(layout: Layout, limit: number): number {
  if (typeof layout === 'string') return layout.length;
  if (isSequence(layout)) {
    let sum = 0;
    for (const part of layout) {
      if (sum > limit) break;
      sum += flatWidth(part, limit - sum);
    }
    return sum;
  }
  switch (layout.kind) {
    case 'line':
      return layout.flat === 'space' ? 1 : 0;
    case 'group':
    case 'indent':
      return flatWidth(layout.content, limit);
    case 'fill':
      return layout.items.reduce((sum, item) => sum + item.length + 1, -1);
    case 'suffix':
      return layout.text.length + 1;
  }
}

/**
 * For each part, the columns of what comes behind it before the next place to break; `reserve` is what comes behind the
 * last. From the end, as a query may have thousands of parts without such a place.
 */
function reservesOf(parts: readonly Layout[], reserve: number): readonly number[] {
  const reserves: number[] = [];
  let behind = reserve;
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    reserves[index] = behind;
    const { width, ended } = leadWidth(parts[index] ?? '');
    behind = ended ? width : width + behind;
  }
  return reserves;
}

/** The columns of what a layout begins with, up to the first place where it can be broken. */
function leadWidth(layout: Layout): { readonly width: number; readonly ended: boolean } {
  if (typeof layout === 'string') return { width: layout.length, ended: false };
  if (isSequence(layout)) {
    let width = 0;
    for (const part of layout) {
      const lead = leadWidth(part);
      width += lead.width;
      if (lead.ended) return { width, ended: true };
    }
    return { width, ended: false };
  }
  switch (layout.kind) {
    case 'line':
      return { width: 0, ended: true };
    case 'fill':
      return { width: layout.items[0]?.length ?? 0, ended: layout.items.length > 1 };
    case 'suffix':
      return { width: 0, ended: false };
    case 'group':
    case 'indent':
      return leadWidth(layout.content);
  }
}

function isSequence(layout: Exclude<Layout, string>): layout is readonly Layout[] {
  return Array.isArray(layout);
}
