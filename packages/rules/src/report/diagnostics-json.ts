import type { DiagnosticFix, Severity } from '@eqlkit/language';
import { regionOf, type DiagnosedFile, type Region } from './diagnosed-file.js';

/** How many diagnostics there are of each severity. */
export interface SeverityCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Counts diagnostics by severity. */
export function countSeverities(files: readonly DiagnosedFile[]): SeverityCounts {
  const count = (severity: Severity): number =>
    files.reduce((sum, { diagnostics }) => sum + diagnostics.filter((one) => one.severity === severity).length, 0);
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}

/** A diagnostic in JSON output. */
export interface JsonDiagnostic extends Region {
  readonly file: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly fix?: JsonFix;
}

/** A proposal, and the text that it replaces; `safe` ones are what `eql check --fix` makes. */
interface JsonFix extends Region {
  readonly title: string;
  readonly safe: boolean;
  readonly replacement: string;
}

/** What was found, for programs: `{"diagnostics": […], "errors": 0, "warnings": 1, "infos": 0}`. */
export function diagnosticsJson(
  files: readonly DiagnosedFile[],
): { readonly diagnostics: readonly JsonDiagnostic[] } & SeverityCounts {
  const diagnostics = files.flatMap(({ file, text, diagnostics: found }) =>
    found.map(({ code, severity, message, help, span, fix }): JsonDiagnostic => {
      return {
        file,
        ...regionOf(text, span),
        code,
        severity,
        message,
        ...(help === undefined ? {} : { help }),
        ...(fix === undefined ? {} : { fix: jsonFix(fix, text) }),
      };
    }),
  );
  return { diagnostics, ...countSeverities(files) };
}

function jsonFix({ title, span, replacement, safe }: DiagnosticFix, text: string): JsonFix {
  return { title, safe: safe === true, replacement, ...regionOf(text, span) };
}
