import { createDiagnostic } from '@eqlkit/language';
import { EXCEPTION_FILE } from '../exception/exception-keys.js';
import type { ExceptionList } from '../exception/exception-list.js';
import type { Pack } from '../pack/pack.js';
import type { DiagnosedFile } from '../report/diagnosed-file.js';
import { misspeltKeysIn } from '../toml/misspelt-keys.js';
import { parseToml } from '../toml/parse-toml.js';
import { createTomlPositions } from '../toml/toml-positions.js';
import { fieldsOfItems } from './fields/field-keys.js';
import { unknownFieldKeys } from './fields/unknown-field.js';
import { applyLevels } from './lint-settings.js';
import type { Finding, LintCode } from './lint.js';
import { createPackContext, type LintOptions } from './lint-rules.js';
import { describeMisspeltKey } from './metadata/misspelt-key.js';

/** A file with exception lists, as it was loaded. */
interface ExceptionSource {
  readonly file: string;
  readonly text: string;
  readonly lists: readonly ExceptionList[];
  readonly pack: Pack | null;
}

/**
 * Looks in files of exception lists for keys and fields that are misspelt: such an item holds for other events than its
 * author means, and hides them. The levels of the packs are respected.
 */
export function lintExceptions(files: readonly ExceptionSource[], options: LintOptions = {}): readonly DiagnosedFile[] {
  return files.map(({ file, text, lists, pack }) => {
    const { settings, fields } = createPackContext(pack, options);
    const { table } = parseToml(text);
    const findings: readonly (readonly [LintCode, Finding])[] = [
      ...[...misspeltKeysIn(table ?? {}, EXCEPTION_FILE)].map((key) => ['EQL5211', describeMisspeltKey(key)] as const),
      ...lists.flatMap(({ items }, index) =>
        [...unknownFieldKeys(fieldsOfItems(items, ['exceptions', index, 'items']), fields)].map(
          (finding) => ['EQL5101', finding] as const,
        ),
      ),
    ];
    const positions = createTomlPositions(text);
    const diagnostics = findings.flatMap(([code, { at, message, help }]) => {
      if (!('path' in at)) return [];
      const span = at.part === 'key' ? positions.keySpanOf(at.path) : positions.spanOf(at.path);
      return [createDiagnostic(code, message, span, { help })];
    });
    return { file, text, diagnostics: applyLevels(diagnostics, settings) };
  });
}
