import wrapAnsi from 'wrap-ansi';

/** Longest stretch that is wrapped at once, in UTF-16 units: the cost of wide characters grows faster than their number. */
const MAX_STRETCH = 10_000;

/** Longest escape sequence that is looked for at the end of a stretch. */
const MAX_ESCAPE = 40;

/** Breaks text into lines of at most so many columns, between words where it can. Styles of the terminal take no columns. */
export function wrapText(text: string, columns: number): readonly string[] {
  return text.split('\n').flatMap((line) => stretchesOf(line).flatMap((stretch) => wrapStretch(stretch, columns)));
}

function wrapStretch(text: string, columns: number): readonly string[] {
  return wrapAnsi(text, columns, { hard: true, trim: true }).split('\n');
}

/** A line in parts that are short enough, cut at blanks if there are any. */
function stretchesOf(line: string): readonly string[] {
  const stretches: string[] = [];
  let at = 0;
  while (line.length - at > MAX_STRETCH) {
    const stretch = line.slice(at, at + MAX_STRETCH);
    const blank = stretch.lastIndexOf(' ');
    const cut = blank > 0 ? stretch.slice(0, blank + 1) : withoutUnfinished(stretch);
    stretches.push(cut);
    at += Math.max(1, cut.length);
  }
  stretches.push(line.slice(at));
  return stretches;
}

/** A stretch without the half of an escape sequence or of a pair of surrogates at its end. */
function withoutUnfinished(stretch: string): string {
  const escape = stretch.lastIndexOf('\u001b');
  if (escape > Math.max(0, stretch.length - MAX_ESCAPE)) return stretch.slice(0, escape);
  return stretch.replace(/[\ud800-\udbff]$/u, '');
}
