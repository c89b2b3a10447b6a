import { printableText } from '@eqlkit/stream';
import { lexer, type Token, type Tokens } from 'marked';
import { outColors } from './colors.js';
import { renderTable } from './fitted-table.js';
import { printableLines } from './printable-lines.js';
import { wrapText } from './wrap-text.js';

/** Longest text that is read as Markdown, in UTF-16 units; published guides reach 20,000. */
const MAX_LENGTH = 200_000;

/**
 * Draws Markdown for a terminal: headings, lists, quotes, code and tables, in lines of at most so many columns. The text may
 * come from a stranger: control characters are replaced, HTML is shown as it is written, and addresses are shown in full.
 */
export function renderMarkdown(text: string, width: number): string {
  const safe = printableLines(text.slice(0, MAX_LENGTH));
  const tokens = readTokens(safe);
  return tokens === null ? safe : renderBlocks(tokens, width).join('\n');
}

function readTokens(text: string): readonly Token[] | null {
  try {
    return lexer(text);
  } catch {
    // Thousands of nested quotes exceed the stack of the library; such a text is shown as it is.
    return null;
  }
}

/** The lines of blocks, with an empty line between them. */
function renderBlocks(tokens: readonly Token[], width: number): readonly string[] {
  const blocks = tokens.map((token) => renderBlock(token as BlockToken, width)).filter((lines) => lines.length > 0);
  return blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

type BlockToken =
  | Tokens.Blockquote
  | Tokens.Code
  | Tokens.Def
  | Tokens.HTML
  | Tokens.Heading
  | Tokens.Hr
  | Tokens.List
  | Tokens.Paragraph
  | Tokens.Space
  | Tokens.Table
  | Tokens.Text;

function renderBlock(token: BlockToken, width: number): readonly string[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return wrapText(
        outColors.bold(token.depth <= 2 ? outColors.underline(inline(token.tokens)) : inline(token.tokens)),
        width,
      );
    case 'paragraph':
      return wrapText(inline(token.tokens), width);
    case 'text':
      return wrapText(token.tokens === undefined ? decode(token.text) : inline(token.tokens), width);
    case 'code':
      return token.text.split('\n').map((line) => `    ${outColors.cyan(line)}`);
    case 'html':
      return wrapText(outColors.dim(token.text.trimEnd()), width);
    case 'hr':
      return [outColors.dim('─'.repeat(Math.min(width, 40)))];
    case 'blockquote':
      return renderBlocks(token.tokens, inner(width, 2)).map((line) => `${outColors.dim('│')} ${line}`);
    case 'list':
      return renderList(token, width);
    case 'table':
      return renderTable(
        token.header.map(plainCell),
        token.rows.map((row) => row.map(plainCell)),
        { width, overflow: 'wrap' },
      ).split('\n');
  }
}

function renderList(list: Tokens.List, width: number): readonly string[] {
  const start = typeof list.start === 'number' ? list.start : 1;
  return list.items.flatMap((item, index) => {
    const mark = list.ordered ? `${String(start + index)}.` : '•';
    const box = item.task ? (item.checked === true ? ' [x]' : ' [ ]') : '';
    const taken = mark.length + box.length + 1;
    const tokens = item.tokens.filter(({ type }) => type !== 'checkbox');
    const lines = tokens.flatMap((token) => renderBlock(token as BlockToken, inner(width, taken)));
    return lines.map((line, place) =>
      place === 0 ? `${outColors.dim(`${mark}${box}`)} ${line}` : `${' '.repeat(taken)}${line}`,
    );
  });
}

type InlineToken =
  | Tokens.Br
  | Tokens.Codespan
  | Tokens.Del
  | Tokens.Em
  | Tokens.Escape
  | Tokens.Image
  | Tokens.Link
  | Tokens.Strong
  | Tokens.Tag
  | Tokens.Text;

function inline(tokens: readonly Token[]): string {
  return tokens.map((token) => renderInline(token as InlineToken)).join('');
}

function renderInline(token: InlineToken): string {
  switch (token.type) {
    case 'text':
      // A single line break in the source is no line break.
      return decode(token.text).replaceAll('\n', ' ');
    case 'escape':
      return token.text;
    case 'strong':
      return outColors.bold(inline(token.tokens));
    case 'em':
      return outColors.italic(inline(token.tokens));
    case 'del':
      return outColors.strikethrough(inline(token.tokens));
    case 'codespan':
      return outColors.cyan(token.text);
    case 'br':
      return '\n';
    case 'html':
      return outColors.dim(token.text);
    case 'image':
      return outColors.dim(`[image: ${token.text} ${token.href}]`);
    case 'link': {
      const shown = inline(token.tokens);
      const address = printableText(token.href);
      return token.text === token.href ? outColors.underline(shown) : `${shown} ${outColors.dim(`(${address})`)}`;
    }
  }
}

function plainCell(cell: Tokens.TableCell): string {
  return decode(cell.text);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", nbsp: ' ' };

/** Resolves the few entities that guides use. The parser resolves those by number, which may stand for control characters. */
function decode(text: string): string {
  const resolved = text.replace(/&(lt|gt|amp|quot|#39|nbsp);/gu, (whole, name: string) => ENTITIES[name] ?? whole);
  return printableLines(resolved);
}

function inner(width: number, taken: number): number {
  return Math.max(20, width - taken);
}
