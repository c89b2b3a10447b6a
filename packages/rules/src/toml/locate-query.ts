import type { Diagnostic, DiagnosticCode, DiagnosticFix, Span } from '@eqlkit/language';
import { encodeTomlText } from './encode-toml-text.js';
import { mapTomlString, type TomlStringMap } from './map-toml-string.js';
import { createTomlPositions, type TomlPath, type TomlPositions, type TomlStringPlace } from './toml-positions.js';

/** Where the query of every rule format stands. */
export const QUERY_PATH: TomlPath = ['rule', 'query'];

/**
 * Maps offsets in a rule's query to offsets in its file.
 *
 * The text must be a rule file that loads. An offset in the query gives the place of that character, or of the escape
 * sequence that stands for it; the query's length gives the end of the text between the delimiters; offsets outside are
 * taken as the nearest inside. A file without a query gives the start of its `[rule]`.
 */
export function createQueryLocator(tomlText: string): (queryOffset: number) => number {
  const query = findQuery(tomlText, createTomlPositions(tomlText), QUERY_PATH);
  return (queryOffset) => startOf(query, queryOffset);
}

/**
 * Moves diagnostics of a rule's query, or of what else EQL a string of a TOML file holds, into the file, so that they point
 * at it there. A fix comes along if its replacement can be written in the kind of string that holds the query, escaped
 * where that is needed.
 */
export function mapQueryDiagnostics(
  diagnostics: readonly Diagnostic[],
  tomlText: string,
  path: TomlPath = QUERY_PATH,
): readonly Diagnostic[] {
  if (diagnostics.length === 0) return [];
  const mapper = createQueryMapper(tomlText, createTomlPositions(tomlText), path);
  return diagnostics.map((diagnostic) => mapper.moveDiagnostic(diagnostic));
}

/** Moves what speaks of a rule's query into the rule's file. */
export interface QueryMapper {
  readonly moveSpan: (span: Span) => Span;
  readonly moveDiagnostic: (diagnostic: Diagnostic) => Diagnostic;
}

/** Makes a mapper from the rule file and the places in it. */
export function createQueryMapper(tomlText: string, positions: TomlPositions, path = QUERY_PATH): QueryMapper {
  const query = findQuery(tomlText, positions, path);
  return {
    moveSpan: (span) => moveSpan(query, span),
    moveDiagnostic: ({ fix, ...diagnostic }) => {
      const movedFix = fix === undefined ? null : moveFix(query, fix);
      const span = moveSpan(query, diagnostic.span);
      return {
        ...diagnostic,
        span,
        ...(isAboutTomlEscape(query, diagnostic.code, tomlText.slice(span.start)) ? { help: TOML_ESCAPE_HELP } : {}),
        ...(movedFix === null ? {} : { fix: movedFix }),
      };
    },
  };
}

const TOML_ESCAPE_HELP =
  "In this kind of TOML string TOML itself takes one of each two backslashes: put the query between ''' and ''', where it takes none, or write four for each one that is meant.";

/** Whether a backslash that the query lacks or has too much is one that TOML's own escapes have used up. */
function isAboutTomlEscape({ place }: QueryPlace, code: DiagnosticCode, source: string): boolean {
  if (place?.style !== 'basic') return false;
  if (code === 'EQL1004' || code === 'EQL1005' || code === 'EQL5020') return true;
  // A quote may be missing because a backslash before it made it a character of the string, or because one in a path
  // ended the line, as in "C:\new".
  return code === 'EQL1003' && /^[^\n]*(?:\\\\|[\w:*?]\\[nr]\w)/u.test(source);
}

interface QueryPlace {
  readonly place: TomlStringPlace | null;
  readonly map: TomlStringMap;
}

function findQuery(tomlText: string, positions: TomlPositions, path: TomlPath): QueryPlace {
  const place = positions.stringAt(path);
  if (place !== null) return { place, map: mapTomlString(tomlText, place) };
  return { place, map: { starts: [positions.spanOf(path).start], ends: [] } };
}

function startOf({ map }: QueryPlace, offset: number): number {
  return map.starts[Math.max(0, Math.min(offset, map.starts.length - 1))] ?? 0;
}

function moveSpan(query: QueryPlace, span: Span): Span {
  const start = startOf(query, span.start);
  if (span.end <= span.start) return { start, end: start };
  // Behind the last character that is meant, not before the next: a line-ending backslash may lie between them.
  const end = query.map.ends[Math.min(span.end, query.map.ends.length) - 1];
  return { start, end: Math.max(start, end ?? start) };
}

function moveFix(query: QueryPlace, fix: DiagnosticFix): DiagnosticFix | null {
  const replacement = query.place === null ? null : encodeTomlText(fix.replacement, query.place);
  return replacement === null ? null : { ...fix, span: moveSpan(query, fix.span), replacement };
}
