import { DIAGNOSTIC_CATALOGUE, type Diagnostic, type DiagnosticCode } from '@eqlkit/language';
import { countOf } from './count-of.js';

/** Warnings that a rule repeats another one: a folder that was copied has them by the hundred, all alike. */
const DUPLICATES: ReadonlySet<DiagnosticCode> = new Set(['EQL4005', 'EQL5210']);

/** So many show what the matter is. */
const SHOWN = 3;

/**
 * For readers of text: leaves out all but the first few warnings of each kind about rules that repeat another one, and
 * says how many those are.
 */
export function foldDuplicates<T extends { readonly diagnostics: readonly Diagnostic[] }>(
  files: readonly T[],
): { readonly files: readonly T[]; readonly notes: readonly string[] } {
  const counts = new Map<DiagnosticCode, number>();
  const folded = files.map((file) => {
    const diagnostics = file.diagnostics.filter(({ code }) => {
      if (!DUPLICATES.has(code)) return true;
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      return count <= SHOWN;
    });
    return diagnostics.length === file.diagnostics.length ? file : { ...file, diagnostics };
  });
  const notes = [...counts].flatMap(([code, count]) => {
    if (count <= SHOWN) return [];
    const { title } = DIAGNOSTIC_CATALOGUE[code];
    return [
      `${code} (${title.toLowerCase()}) ${countOf(count - SHOWN, 'more time')}: "eql check --output json" names all`,
    ];
  });
  return { files: folded, notes };
}
