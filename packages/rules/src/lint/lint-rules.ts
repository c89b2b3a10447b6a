import { compileQuery } from '@eqlkit/engine';
import { analyzeQuery, createDiagnostic, DIALECTS, type Diagnostic } from '@eqlkit/language';
import { isEqlRule } from '../model/rule.js';
import { createQueryMapper, type QueryMapper } from '../toml/locate-query.js';
import { createTomlPositions, type TomlPositions } from '../toml/toml-positions.js';
import type { Finding, Lint, LintCode, RuleFile } from './lint.js';
import { LINTS } from './lints.js';
import { eventQueriesOf } from './query/query-parts.js';

/**
 * Reads the queries of rules as the engine would, and looks at queries and metadata for what will hardly do what its
 * author means. Rules that are not EQL are looked at for their metadata only. Never throws on any rule.
 *
 * @returns the files with all that there is to say about them, in the order of places.
 */
export function lintRules(files: readonly RuleFile[]): readonly RuleFile[] {
  const found = new Map<RuleFile, Diagnostic[]>();
  const places = new Map<RuleFile, FilePlaces>();
  for (const file of files) {
    const place = createFilePlaces(file.text);
    places.set(file, place);
    found.set(file, lintFile(file, place));
  }
  for (const lint of LINTS) {
    if (lint.scope !== 'pack') continue;
    for (const { file, finding } of lint.check(files)) {
      const place = places.get(file);
      if (place !== undefined) found.get(file)?.push(placeFinding(lint.code, finding, place));
    }
  }
  return files.map((file) => {
    const diagnostics = found.get(file) ?? [];
    return { ...file, diagnostics: diagnostics.sort((a, b) => a.span.start - b.span.start) };
  });
}

function lintFile(file: RuleFile, places: FilePlaces): Diagnostic[] {
  const found: Diagnostic[] = [...file.diagnostics];
  for (const lint of LINTS) {
    if (lint.scope === 'rule') found.push(...placeFindings(lint, lint.check(file), places));
  }
  if (isEqlRule(file.rule)) found.push(...lintQuery(file, places));
  return found;
}

function lintQuery({ rule }: RuleFile, places: FilePlaces): readonly Diagnostic[] {
  const { query, comments, diagnostics } = analyzeQuery(rule.query, { dialect: DIALECTS[rule.dialect] });
  const found = [...diagnostics];
  // Any time does for `now`: only whether it compiles matters.
  if (query !== null) found.push(...compileQuery(query, { nowMs: 0 }).diagnostics);
  const placed = found.map((diagnostic) => places.mapper().moveDiagnostic(diagnostic));
  if (query === null) return placed;
  const linted = { rule, query, comments, eventQueries: eventQueriesOf(query.statement) };
  for (const lint of LINTS) {
    if (lint.scope === 'query') placed.push(...placeFindings(lint, lint.check(linted), places));
  }
  return placed;
}

/** Where things stand in a file; looked for only when a finding needs it. */
interface FilePlaces {
  readonly positions: () => TomlPositions;
  readonly mapper: () => QueryMapper;
}

function createFilePlaces(text: string): FilePlaces {
  let positions: TomlPositions | undefined;
  let mapper: QueryMapper | undefined;
  const findPositions = (): TomlPositions => (positions ??= createTomlPositions(text));
  return { positions: findPositions, mapper: () => (mapper ??= createQueryMapper(text, findPositions())) };
}

function* placeFindings(lint: Lint, findings: Iterable<Finding>, places: FilePlaces): Iterable<Diagnostic> {
  for (const finding of findings) yield placeFinding(lint.code, finding, places);
}

function placeFinding(code: LintCode, { at, message, help, fix }: Finding, places: FilePlaces): Diagnostic {
  if ('query' in at) {
    const moved = fix === undefined ? undefined : { ...fix, span: fix.span ?? at.query };
    return places.mapper().moveDiagnostic(createDiagnostic(code, message, at.query, { help, fix: moved }));
  }
  const span = places.positions().spanOf(at.path);
  return createDiagnostic(code, message, span, { help, fix: fix === undefined ? undefined : { ...fix, span } });
}
