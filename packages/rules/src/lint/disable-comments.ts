import {
  createDiagnostic,
  locateOffset,
  type Comment,
  type Diagnostic,
  type DiagnosticCode,
  type Span,
} from '@eqlkit/language';
import { quoteText } from '../toml/quote-text.js';
import { findCode, isAdvice, suggestCode } from './lint-settings.js';

/** `// eql-disable-next-line EQL5002, EQL5013 -- why`, in a file. */
export interface DisableComment {
  /** Of the whole comment, in the file. */
  readonly span: Span;
  readonly codes: readonly { readonly name: string; readonly span: Span }[];
}

const WORD = 'eql-disable-next-line';

/** Whether a text may hold such comments at all. */
export function mayDisable(text: string): boolean {
  return text.includes(WORD);
}

/** The comments of a text that disable something. */
export function findDisableComments(
  text: string,
  comments: readonly Pick<Comment, 'span'>[],
): readonly DisableComment[] {
  return comments.flatMap(({ span }) => {
    const comment = text.slice(span.start, span.end);
    const head = new RegExp(`^(?://|/\\*|#)\\s*${WORD}(?![\\w-])`, 'u').exec(comment)?.[0];
    if (head === undefined) return [];
    const list = comment.slice(head.length).replace(/(?:--.*)?(?:\*\/)?$/su, '');
    const codes = [...list.matchAll(/[^\s,]+/gu)].map((match) => {
      const start = span.start + head.length + match.index;
      return { name: match[0], span: { start, end: start + match[0].length } };
    });
    return [{ span, codes }];
  });
}

/**
 * Leaves out the advice that comments disable: of the named codes, on the next line that holds more than a comment. Says
 * which comments name no code (`EQL5301`) and which have nothing to disable (`EQL5302`).
 *
 * @param diagnostics - With spans in the file.
 * @param isOff - Whether nothing is said of a code anyway, so that it cannot be told what a comment would disable.
 */
export function applyDisableComments(
  text: string,
  comments: readonly DisableComment[],
  diagnostics: readonly Diagnostic[],
  isOff: (code: DiagnosticCode) => boolean,
): readonly Diagnostic[] {
  const disabled = new Set<Diagnostic>();
  const found: Diagnostic[] = [];
  const nextCodeLine = createNextCodeLine(text);
  const ofLine = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const place = `${diagnostic.code} ${locateOffset(text, diagnostic.span.start).line}`;
    const others = ofLine.get(place);
    if (others === undefined) ofLine.set(place, [diagnostic]);
    else others.push(diagnostic);
  }
  for (const { span, codes } of comments) {
    const line = nextCodeLine(span.end);
    if (codes.length === 0) found.push(createDiagnostic('EQL5301', 'This comment names no code to disable.', span));
    for (const { name, span: place } of codes) {
      const code = findCode(name);
      if (code === undefined || !isAdvice(code)) {
        found.push(describeWrongCode(name, code, place));
        continue;
      }
      const silenced = ofLine.get(`${code} ${line}`) ?? [];
      for (const one of silenced) disabled.add(one);
      if (silenced.length === 0 && !isOff(code)) {
        const help = 'Remove the code, or move the comment to the line before the one that it is about.';
        found.push(createDiagnostic('EQL5302', `${code} is not reported on the next line.`, place, { help }));
      }
    }
  }
  return [...diagnostics.filter((diagnostic) => !disabled.has(diagnostic)), ...found];
}

function describeWrongCode(name: string, code: DiagnosticCode | undefined, span: Span): Diagnostic {
  if (code === undefined) {
    return createDiagnostic('EQL5301', `There is no code ${quoteText(name)}.`, span, { help: suggestCode(name) });
  }
  const help = 'Only warnings and advice can be disabled.';
  return createDiagnostic('EQL5301', `${code} is an error, which no comment disables.`, span, { help });
}

/** Finds the number of the next line behind an offset's that is neither empty nor a comment. */
function createNextCodeLine(text: string): (offset: number) => number {
  const lines = text.split('\n');
  // By the number of a line, counted from one; behind the last line of code every line is as good as the next.
  const nextOf: number[] = [];
  let next: number | null = null;
  for (let line = lines.length; line > 0; line -= 1) {
    nextOf[line] = next ?? line + 1;
    if (!/^\s*(?:$|#|\/\/|\/\*.*\*\/\s*$)/u.test(lines[line - 1] ?? '')) next = line;
  }
  return (offset) => {
    const { line } = locateOffset(text, offset);
    return nextOf[line] ?? line + 1;
  };
}
