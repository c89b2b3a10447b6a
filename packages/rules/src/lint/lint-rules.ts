import { compileQuery } from '@eqlkit/engine';
import { createDiagnostic, mergeSchemas, type Diagnostic, type Schema } from '@eqlkit/language';
import { isEqlRule } from '../model/rule.js';
import type { Pack } from '../pack/pack.js';
import { analyzeRule } from '../rule-analysis.js';
import { createQueryMapper, QUERY_PATH, type QueryMapper } from '../toml/locate-query.js';
import { createTomlPositions, type TomlPath, type TomlPositions } from '../toml/toml-positions.js';
import { applyDisableComments, findDisableComments, mayDisable, type DisableComment } from './disable-comments.js';
import { fieldComparisonsIn } from './fields/field-comparisons.js';
import { fieldUsesOf } from './fields/field-uses.js';
import { FieldKnowledge } from './fields/field-knowledge.js';
import { applyLevels, readLintSettings, type LintSettings } from './lint-settings.js';
import type { Finding, Lint, LintCode, LintedQuery, RuleFile } from './lint.js';
import { LINTS } from './lints.js';
import { partsOf } from './query/query-parts.js';

/** What lints may know beyond the rules. */
export interface LintOptions {
  /** The fields of the user's events, learned or declared, beside those of ECS. */
  readonly schema?: Schema | null;
  /** The fields that packs declare for their own rules. */
  readonly packSchemas?: ReadonlyMap<Pack, Schema>;
}

/**
 * Reads the queries of rules as the engine would, and looks at queries and metadata for what will hardly do what its
 * author means. Rules that are not EQL are looked at for their metadata only. The levels of the rules' packs and comments
 * that disable something are respected. Never throws on any rule.
 *
 * @returns the files with all that there is to say about them, in the order of places.
 */
export function lintRules(files: readonly RuleFile[], options: LintOptions = {}): readonly RuleFile[] {
  const packs = new Map<Pack | null, PackContext>();
  const studies = files.map((file): Study => {
    const pack = packs.get(file.pack) ?? createPackContext(file.pack, options);
    packs.set(file.pack, pack);
    return studyFile(file, pack);
  });
  const studyOf = new Map(studies.map((study) => [study.file, study]));
  for (const lint of LINTS) {
    if (lint.scope !== 'pack') continue;
    for (const { file, finding } of lint.check(files)) {
      const study = studyOf.get(file);
      study?.found.push(...placeFindings(lint, [finding], study));
    }
  }
  return studies.map(finishStudy);
}

/** What holds for all rules of a pack. */
export interface PackContext {
  readonly settings: LintSettings;
  readonly fields: FieldKnowledge;
}

/** A file while it is looked at. */
interface Study {
  readonly file: RuleFile;
  readonly settings: LintSettings;
  readonly places: FilePlaces;
  readonly found: Diagnostic[];
  readonly disabling: readonly DisableComment[];
  /** Whether an error kept lints from looking at the query. */
  readonly queryIsBroken: boolean;
}

/** What lints of a pack's files go by. */
export function createPackContext(pack: Pack | null, { schema, packSchemas }: LintOptions): PackContext {
  const own = pack === null ? undefined : packSchemas?.get(pack);
  const schemas = [...(own === undefined ? [] : [own]), ...(schema === null || schema === undefined ? [] : [schema])];
  return { settings: readLintSettings(pack), fields: new FieldKnowledge(mergeSchemas(schemas)) };
}

function studyFile(file: RuleFile, { settings, fields }: PackContext): Study {
  const places = createFilePlaces(file.text);
  const target = { file, places };
  const found: Diagnostic[] = [...file.diagnostics];
  for (const lint of LINTS) {
    if (lint.scope === 'rule') found.push(...placeFindings(lint, lint.check(file), target));
  }
  const disabling = mayDisable(file.text) ? [...findDisableComments(file.text, places.positions().comments)] : [];
  if (!isEqlRule(file.rule)) return { file, settings, places, found, disabling, queryIsBroken: false };
  if (isUnread(QUERY_PATH, file)) return { file, settings, places, found, disabling, queryIsBroken: true };
  const { comments, isBroken } = studyQuery(target, fields, found);
  return { file, settings, places, found, disabling: [...disabling, ...comments], queryIsBroken: isBroken };
}

/** Adds what there is to say about the query, and gives the comments in it that disable something. */
function studyQuery(
  { file, places }: FindingTarget,
  fields: FieldKnowledge,
  found: Diagnostic[],
): { readonly comments: readonly DisableComment[]; readonly isBroken: boolean } {
  const { rule } = file;
  const { query, comments, diagnostics } = analyzeRule(rule);
  // Any time does for `now`: only whether it compiles matters.
  const compiled = query === null ? [] : compileQuery(query, { nowMs: 0 }).diagnostics;
  for (const diagnostic of [...diagnostics, ...compiled]) found.push(places.mapper().moveDiagnostic(diagnostic));
  if (query !== null) {
    const { statement } = query;
    const { eventQueries, expressions } = partsOf(statement);
    const linted: LintedQuery = {
      rule,
      query,
      comments,
      eventQueries,
      expressions,
      comparisons: fieldComparisonsIn(expressions),
      fieldUses: fieldUsesOf(statement),
      fields,
      sourceOf: (span) => {
        const { start, end } = places.mapper().moveSpan(span);
        return file.text.slice(start, end);
      },
    };
    for (const lint of LINTS) {
      if (lint.scope === 'query') found.push(...placeFindings(lint, lint.check(linted), { file, places }));
    }
  }
  const isBroken = query === null;
  if (!mayDisable(rule.query)) return { comments: [], isBroken };
  const { moveSpan } = places.mapper();
  const moved = findDisableComments(rule.query, comments).map(({ span, codes }) => ({
    span: moveSpan(span),
    codes: codes.map((code) => ({ ...code, span: moveSpan(code.span) })),
  }));
  return { comments: moved, isBroken };
}

/** What is not looked for in a query with errors. */
const QUERY_CODES: ReadonlySet<string> = new Set(
  LINTS.filter(({ scope }) => scope === 'query').map(({ code }) => code),
);

function finishStudy({ file, settings, found, disabling, queryIsBroken }: Study): RuleFile {
  const { levels } = settings;
  const heard = found.filter(({ code }) => levels.get(code) !== 'off');
  const kept =
    disabling.length === 0
      ? heard
      : applyDisableComments(
          file.text,
          disabling,
          heard,
          (code) => levels.get(code) === 'off' || (queryIsBroken && QUERY_CODES.has(code)),
        );
  const diagnostics = [...applyLevels(kept, settings)];
  return { ...file, diagnostics: diagnostics.sort((a, b) => a.span.start - b.span.start) };
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

/** The file that findings are about. */
interface FindingTarget {
  readonly file: RuleFile;
  readonly places: FilePlaces;
}

function* placeFindings(
  lint: Lint,
  findings: Iterable<Finding>,
  { file, places }: FindingTarget,
): Iterable<Diagnostic> {
  for (const finding of findings) {
    const { at } = finding;
    if ('path' in at && isUnread(at.path, file)) continue;
    yield placeFinding(lint.code, isDefault(at, file) ? withOrigin(finding) : finding, places);
  }
}

/** Whether a finding is about a value that the rule has of its pack. */
function isDefault(at: Finding['at'], { rule, pack }: RuleFile): boolean {
  if (pack === null || !('path' in at)) return false;
  const [table, key] = at.path;
  const own = rule.raw['rule'];
  if (table !== 'rule' || typeof key !== 'string' || typeof own !== 'object' || own === null) return false;
  return !(key in own) && key in pack.defaults;
}

/** The place is that of the rule's table then, where the value does not stand. */
function withOrigin(finding: Finding): Finding {
  const origin = 'The value is one of [defaults] in pack.toml: mend it there, or give the rule its own.';
  const { at, message, help } = finding;
  // A fix would have nothing to replace.
  return { at, message, help: help === undefined ? origin : `${help} ${origin}` };
}

/** Whether a place lies in what could not be read. Behind an item that is none of its list, the others are numbered anew. */
function isUnread(path: TomlPath, { unread = [] }: RuleFile): boolean {
  return unread.some((place) => {
    const whole = typeof place.at(-1) === 'number' ? place.slice(0, -1) : place;
    return whole.every((part, index) => part === path[index]);
  });
}

function placeFinding(code: LintCode, { at, message, help, fix }: Finding, places: FilePlaces): Diagnostic {
  if ('query' in at) {
    const moved = fix === undefined ? undefined : { ...fix, span: fix.span ?? at.query };
    return places.mapper().moveDiagnostic(createDiagnostic(code, message, at.query, { help, fix: moved }));
  }
  const positions = places.positions();
  const span = at.part === 'key' ? positions.keySpanOf(at.path) : positions.spanOf(at.path);
  return createDiagnostic(code, message, span, { help, fix: fix === undefined ? undefined : { ...fix, span } });
}
