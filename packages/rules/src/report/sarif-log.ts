import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { DIAGNOSTIC_CATALOGUE, locateOffset, type Diagnostic, type Severity } from '@eqlkit/language';
import { regionOf, type DiagnosedFile } from './diagnosed-file.js';

/** `level` of a result, after the severity of a diagnostic. */
const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

/**
 * What was found as a SARIF 2.1.0 log, in the form that GitHub's code scanning takes: one run, its rules with text, one
 * place for each result, and a fingerprint that stays when lines move.
 *
 * @param version - Of the tool that reports.
 */
export function sarifLog(files: readonly DiagnosedFile[], version: string) {
  const codes = [...new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0' as const,
    runs: [
      {
        tool: { driver: { name: 'eqlkit', version, rules: codes.map(describeRule) } },
        columnKind: 'utf16CodeUnits' as const,
        results: files.flatMap((file) => {
          const fingerprints = new Map<string, number>();
          return file.diagnostics.map((diagnostic) => describeResult(diagnostic, file, codes, fingerprints));
        }),
      },
    ],
  };
}

function describeRule(code: Diagnostic['code']) {
  const { title, severity } = DIAGNOSTIC_CATALOGUE[code];
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: `${title}.` },
    help: { text: `${title}. The documentation of ${code} says why and what to do: docs/lint/${code}.md` },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function describeResult(
  diagnostic: Diagnostic,
  { file, text }: DiagnosedFile,
  codes: readonly string[],
  fingerprints: Map<string, number>,
) {
  const { code, severity, message, help, span, fix } = diagnostic;
  const artifactLocation = { uri: uriOf(file) };
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: help === undefined ? message : `${message}\n${help}` },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(text, span) } }],
    partialFingerprints: { primaryLocationLineHash: fingerprint(diagnostic, text, fingerprints) },
    ...(fix === undefined
      ? {}
      : {
          fixes: [
            {
              description: { text: fix.title },
              artifactChanges: [
                {
                  artifactLocation,
                  replacements: [
                    { deletedRegion: regionOf(text, fix.span), insertedContent: { text: fix.replacement } },
                  ],
                },
              ],
            },
          ],
        }),
  };
}

/** A relative path as a URI reference; an absolute one as a file URI. */
function uriOf(file: string): string {
  const encoded = file.split('/').map(encodeURIComponent).join('/');
  if (encoded.startsWith('/')) return `file://${encoded}`;
  return /^[A-Za-z]%3A\//u.test(encoded) ? `file:///${encoded.replace('%3A', ':')}` : encoded;
}

/** Depends on the code and the text of its line; the same again in one file gets the next number. */
function fingerprint({ code, span }: Diagnostic, text: string, seen: Map<string, number>): string {
  const line = locateOffset(text, span.start).lineText.trim();
  const hash = bytesToHex(sha256(utf8ToBytes(`${code}\n${line}`))).slice(0, 16);
  const count = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, count);
  return `${hash}:${count}`;
}
