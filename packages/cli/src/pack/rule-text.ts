import type { JsonObject, JsonValue } from '@eqlkit/engine';
import { ruleKind, type RelatedRule, type Rule, type Threat } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { outColors } from '../output/colors.js';
import { highlightQuery } from '../output/highlight-query.js';
import { renderMarkdown } from '../output/markdown-text.js';
import { printableLines } from '../output/printable-lines.js';
import { showJson } from '../output/show-json.js';
import { wrapText } from '../output/wrap-text.js';
import type { PackRule } from './load-pack.js';

/** Widest lines of running text: longer ones read badly. */
const TEXT_WIDTH = 100;
/** Columns of the names of metadata. */
const TITLE_WIDTH = 15;

/** Draws a whole rule for people. */
export function ruleText(packRule: PackRule, related: readonly RelatedRule<PackRule>[], columns: number): string {
  const { rule, file, disabled } = packRule;
  const width = Math.min(columns, TEXT_WIDTH);
  const sections = [
    `${outColors.bold(printableText(rule.name))}${disabled ? outColors.yellow(' (disabled in pack.toml)') : ''}\n${outColors.dim(printableText(file))}`,
    rule.description === null ? '' : renderMarkdown(rule.description, width),
    metadataText(packRule, columns),
    section('Query', highlightQuery(printableLines(rule.query.trimEnd().replace(/^(?:[ \t]*\n)+/u, '')))),
    section('Threat mapping', rule.threat.map(threatText).join('\n')),
    markdownSection('Setup', rule.setup, width),
    markdownSection('Investigation guide', withQueries(rule), width),
    section('False positives', bulletList(rule.falsePositives, width)),
    section('References', bulletList(rule.references, width)),
    section('Related rules', related.map(relatedText).join('\n')),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function section(title: string, text: string): string {
  return text === '' ? '' : `${outColors.bold(outColors.magenta(title))}\n\n${text}`;
}

/** A text that begins with a heading of its own needs no title. */
function markdownSection(title: string, text: string | null, width: number): string {
  if (text === null) return '';
  const shown = renderMarkdown(text, width);
  return text.trimStart().startsWith('#') ? shown : section(title, shown);
}

/** Longest guide that queries are put into, in UTF-16 units: a stranger may ask for a long one thousands of times. */
const MAX_GUIDE_LENGTH = 1_000_000;

/** The guide with the queries that `[transform]` holds in place of `$osquery_0` and `$investigate_0`. */
function withQueries({ note, investigation }: Rule): string | null {
  if (note === null) return null;
  const valueOf = (tables: readonly JsonObject[], place: string, key: string): string => {
    const value = tables[Number(place)]?.[key];
    return typeof value === 'string' ? value : '';
  };
  let length = note.length;
  return note.replace(/\$(osquery|investigate)_(\d{1,4})/gu, (whole, kind: string, place: string) => {
    const label = valueOf(investigation[kind === 'osquery' ? 'osquery' : 'investigate'], place, 'label');
    const query = kind === 'osquery' ? valueOf(investigation.osquery, place, 'query') : '';
    const shown = query === '' ? label : `${label}: \`${query.replaceAll('`', "'").replace(/\s+/gu, ' ')}\``;
    if ((kind === 'osquery' ? query : label) === '' || length > MAX_GUIDE_LENGTH) return whole;
    length += shown.length;
    return shown;
  });
}

function metadataText({ rule, platforms, dataSources, constructs }: PackRule, columns: number): string {
  const { metadata, endpoint, alertSuppression: suppression } = rule;
  const unknown = rule.unknownKeys.map((key) => `${key} = ${showJson(valueAt(rule.raw, key))}`);
  const rows: readonly (readonly [string, string | number | null])[] = [
    ['id', rule.id],
    ['type', `${ruleKind(rule)}${rule.type === 'eql' ? ` (${rule.dialect})` : ''}`],
    ['severity', rule.severity],
    ['risk score', rule.riskScore],
    ['platforms', platforms.join(', ')],
    ['categories', [...(constructs?.categories ?? [])].join(', ')],
    ['constructs', [...(constructs?.constructs ?? []), ...(constructs?.functions ?? [])].join(', ')],
    ['data sources', dataSources.join(', ')],
    ['tags', rule.tags.join(', ')],
    ['index', rule.index.join(', ')],
    ['data view', rule.dataViewId],
    ['from, to', [rule.from, rule.to].filter((part) => part !== null).join(', ')],
    ['interval', rule.interval],
    ['max signals', rule.maxSignals],
    ['timestamp', [rule.timestampField, rule.timestampOverride].filter((part) => part !== null).join(', override ')],
    ['tiebreaker', rule.tiebreakerField],
    ['category field', rule.eventCategoryOverride],
    ['building block', rule.buildingBlockType],
    ['suppression', suppression === null ? null : `by ${suppression.groupBy.join(', ')}`],
    ['filters', rule.filters.length === 0 ? null : rule.filters.map(showJson).join('\n')],
    ['exceptions', rule.exceptions.map(({ listId }) => listId).join(', ')],
    ['actions', [...rule.actions, ...rule.optionalActions, ...rule.responseActions].map(showJson).join('\n')],
    ['endpoint', [endpoint.minVersion, endpoint.maxVersion].filter((part) => part !== null).join(' to ')],
    ['maturity', metadata.maturity],
    ['created', metadata.creationDate],
    ['updated', metadata.updatedDate],
    ['deprecated', [metadata.deprecationDate, metadata.deprecatedReason].filter((part) => part !== null).join(': ')],
    ['needs stack', [metadata.minStackVersion, metadata.minStackComments].filter((part) => part !== null).join(': ')],
    ['version', rule.version],
    ['authors', rule.author.join(', ')],
    ['license', rule.license],
    ['other keys', unknown.join('\n')],
  ];
  return rows
    .filter(([, value]) => value !== null && value !== '')
    .flatMap(([title, value]) =>
      wrapText(printableLines(String(value)), columns - TITLE_WIDTH - 1).map(
        (line, index) => `${outColors.dim((index === 0 ? title : '').padEnd(TITLE_WIDTH))} ${line}`,
      ),
    )
    .join('\n');
}

/** The value of a key that no format knows, by its dotted path as `findUnknownKeys` writes it. */
function valueAt(raw: JsonValue, path: string): JsonValue {
  let at: JsonValue | undefined = raw;
  for (const [, quoted, plain] of path.matchAll(/"((?:[^"\\]|\\.)*)"|([^."]+)/gu)) {
    const key: string = quoted === undefined ? (plain ?? '') : (JSON.parse(`"${quoted}"`) as string);
    at =
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<string, JsonValue>)[key]
        : undefined;
  }
  return at ?? null;
}

function threatText({ framework, tactic, techniques }: Threat): string {
  const head = tactic === null ? (framework ?? 'threat') : `${tactic.id} ${tactic.name ?? ''}`;
  const lines = techniques.flatMap((technique) => [
    `  ${technique.id} ${technique.name ?? ''}${addressOf(technique.reference)}`,
    ...technique.subtechniques.map((sub) => `    ${sub.id} ${sub.name ?? ''}${addressOf(sub.reference)}`),
  ]);
  return [head, ...lines].map((line) => printableText(line)).join('\n');
}

function addressOf(reference: string | null): string {
  return reference === null ? '' : `  ${reference}`;
}

function bulletList(items: readonly string[], width: number): string {
  return items
    .map((item) => wrapText(printableLines(item.trim()), width - 2).join('\n  '))
    .map((item) => `${outColors.dim('•')} ${item}`)
    .join('\n');
}

function relatedText({ profile, techniques, dataSources }: RelatedRule<PackRule>): string {
  const common = [techniques.join(', '), ...(dataSources.length === 0 ? [] : [dataSources.join(', ')])].join(' · ');
  const name = printableText(profile.rule.name);
  return `${outColors.dim('•')} ${name}  ${outColors.dim(printableText(common))}\n  ${outColors.dim(printableText(profile.file))}`;
}
