import type { QueryLint } from '../lint.js';
import type { FieldKnowledge } from './field-knowledge.js';
import type { FieldUse } from './field-uses.js';

/**
 * Fields that events of a category do not have, by the first part of their names. Only what is sure: an event often
 * carries more than its category promises.
 */
const FOREIGN: Readonly<Record<string, { readonly to: readonly string[]; readonly belongTo: string }>> = {
  registry: {
    to: ['authentication', 'dns', 'driver', 'email', 'file', 'iam', 'library', 'network', 'process', 'session', 'web'],
    belongTo: 'registry',
  },
  dll: {
    to: ['authentication', 'dns', 'email', 'file', 'iam', 'network', 'process', 'registry', 'session', 'web'],
    belongTo: 'library',
  },
  dns: { to: ['authentication', 'driver', 'file', 'iam', 'library', 'process', 'registry'], belongTo: 'network' },
  email: { to: ['authentication', 'dns', 'driver', 'iam', 'library', 'process', 'registry'], belongTo: 'email' },
  destination: { to: ['driver', 'library', 'process', 'registry'], belongTo: 'network' },
  source: { to: ['driver', 'library', 'registry'], belongTo: 'network' },
  network: { to: ['driver', 'file', 'library', 'process', 'registry'], belongTo: 'network' },
  http: { to: ['driver', 'library', 'process', 'registry'], belongTo: 'network' },
  tls: { to: ['driver', 'file', 'library', 'process', 'registry'], belongTo: 'network' },
};

/** A schema says that a category lacks a field only if it has seen enough of both. */
const ENOUGH_EVENTS = 50;

/** A field that events of the query's category never have. */
export const foreignField: QueryLint = {
  scope: 'query',
  code: 'EQL5102',
  *check({ fieldUses, rule, fields }) {
    // Another field may hold the word before `where`.
    if (rule.eventCategoryOverride !== null && rule.eventCategoryOverride !== 'event.category') return;
    const reported = new Set<string>();
    for (const use of fieldUses) {
      const { category } = use.query;
      if (category === null || use.node.optional || reported.has(`${category} ${use.name}`)) continue;
      const owner = ownerOf(use, category, fields);
      if (owner === null) continue;
      reported.add(`${category} ${use.name}`);
      yield {
        at: { query: use.node.span },
        message: `Events of the category ${category} do not have ${use.name}`,
        help: `${owner.charAt(0).toUpperCase()}${owner.slice(1)} events have it: ${owner} where …`,
      };
    }
  },
};

/** A category that has the field, if the query's own does not; `null` if that may have it, too. */
function ownerOf({ name }: FieldUse, category: string, fields: FieldKnowledge): string | null {
  const seen = fields.schema?.fields.get(name)?.seen;
  const eventsOfCategory = fields.schema?.learned?.categories.get(category) ?? 0;
  if (seen !== undefined && (seen.categories.get(category) ?? 0) > 0) return null;
  if (seen !== undefined && seen.events >= ENOUGH_EVENTS && eventsOfCategory >= ENOUGH_EVENTS) {
    const [owner] = [...seen.categories].sort(([, a], [, b]) => b - a);
    if (owner !== undefined) return owner[0];
  }
  const first = name.split('.', 1)[0] ?? name;
  const foreign = Object.hasOwn(FOREIGN, first) ? FOREIGN[first] : undefined;
  return foreign?.to.includes(category) === true ? foreign.belongTo : null;
}
