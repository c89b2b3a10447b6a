import { hasKeyValues, type KeyStory, type QueryExplanation } from '@eqlkit/engine';
import { suggestName } from '@eqlkit/language';
import { printableText } from '@eqlkit/stream';
import { countOf } from '../output/count-of.js';
import { showJson } from '../output/show-json.js';

/** Most join keys that are proposed for one that nothing is known of. */
const PROPOSED_KEYS = 5;

/** What is wrong with the values of a join key, if there are not as many as fields; `null` if nothing. */
export function describeWrongKey(fields: readonly string[], values: readonly string[]): string | null {
  if (fields.length === values.length) return null;
  if (fields.length === 0) return 'the query has no join key, so there is none to show; leave out --key';
  const names = fields.map((field) => printableText(field));
  return (
    `the query joins by ${countOf(fields.length, 'field')}, ${names.join(', ')}; give one value for each, in this order: ` +
    names.map((name) => `--key <${name}>`).join(' ')
  );
}

/** That nothing happened under a join key, with others, the nearest first; `null` if something did. */
export function describeUnknownKey(explanation: QueryExplanation, values: readonly string[]): string | null {
  const stories = explanation.sequence?.stories ?? explanation.combination?.gatherings ?? [];
  if (stories.some(({ key }) => hasKeyValues(key.values, values))) return null;
  const names = explanation.keyFields.map(
    (field, place) => `${printableText(field)} = ${printableText(values[place] ?? '')}`,
  );
  const nothing = `no event that fits a stage has the join key ${names.join(', ')}`;
  const known = new Map(stories.map((story: Keyed) => [spell(story), showKey(story)]));
  const near = suggestName(values.join('\n'), known.keys());
  const first = near === undefined ? [] : [known.get(near) ?? ''];
  const proposed = [...new Set([...first, ...known.values()])].slice(0, PROPOSED_KEYS);
  if (proposed.length === 0) return `${nothing}, nor any other`;
  const more = known.size - proposed.length;
  return [
    `${nothing}; those that there are:`,
    ...proposed.map((key) => `  --key ${key}`),
    ...(more > 0 ? [`  … and ${countOf(more, 'other')}`] : []),
  ].join('\n');
}

/** What happened under a join key. */
type Keyed = Pick<KeyStory, 'key'>;

function spell({ key }: Keyed): string {
  return key.values.map(String).join('\n');
}

function showKey({ key }: Keyed): string {
  return key.values.map((value) => showJson(value)).join(' --key ');
}

/** That there is no event of a number. */
export function describeNoEvent(wanted: number, events: number): string {
  return `there is no event ${wanted}: ${countOf(events, 'event')} were read`;
}
