import type { Alert, AlertEvent } from '@eqlkit/rules';
import { parseTimestamp, readField, type JsonObject, type JsonValue } from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';
import Table from 'cli-table3';
import { outColors } from './colors.js';
import { showJson } from './show-json.js';

/** Draws an alert for people: the rule, the join keys, and each event with the fields that made it match. */
export function renderAlert(alert: Alert): string {
  const { rule } = alert;
  const head = [
    `${severityMark(rule.severity)} ${outColors.bold(printableText(rule.name))}`,
    `  severity ${rule.severity ?? 'none'} · risk ${rule.riskScore ?? 'none'} · ${techniques(alert)}`,
    ...alert.joinKeys.map(({ field, value }) => `  ${outColors.dim('by')} ${field} = ${showJson(value)}`),
  ];
  const start = alert.events.find(({ event }) => event !== null)?.event ?? null;
  const table = new Table({
    style: { head: [], border: [], compact: true },
    head: ['#', 'time', 'event', 'field', 'value'].map((title) => outColors.dim(title)),
  });
  for (const event of alert.events) table.push(...eventRows(event, start));
  return `${head.join('\n')}\n${table.toString()}\n  ${outColors.dim(`alert ${alert.id}`)}\n`;
}

function eventRows(stage: AlertEvent, start: JsonObject | null): string[][] {
  const number = String(stage.stage + 1);
  if (stage.event === null) return [[number, '', '(stayed away)', '', '']];
  const category = readField(stage.event, 'event.category');
  const fields = stage.fields.filter(({ field }) => field !== 'event.category');
  const [first, ...others] = fields.length === 0 ? [{ field: '', value: null }] : fields;
  const rows = [
    [
      number,
      showTime(stage.event, start),
      showJson(category ?? 'event'),
      first?.field ?? '',
      showField(first?.value ?? null),
    ],
  ];
  for (const { field, value } of others) rows.push(['', '', '', field, showField(value)]);
  return rows;
}

/** The time of an event; after the first one also how much later it was. */
function showTime(event: JsonObject, start: JsonObject | null): string {
  const shown = showJson(readField(event, '@timestamp') ?? '');
  const time = parseTimestamp(readField(event, '@timestamp'));
  const first = start === null || start === event ? null : parseTimestamp(readField(start, '@timestamp'));
  if (time === null || first === null) return shown;
  return `${shown}\n+${((time.ms - first.ms) / 1000).toFixed(3)} s`;
}

function techniques(alert: Alert): string {
  const ids = alert.rule.threat.flatMap(({ techniques: list }) =>
    list.flatMap((technique) => {
      const inner = technique.subtechniques.map(({ id, name }) => `${id} ${name}`);
      return inner.length === 0 ? [`${technique.id} ${technique.name}`] : inner;
    }),
  );
  return ids.length === 0 ? 'no technique' : printableText(ids.join(', '));
}

function showField(value: JsonValue): string {
  return value === null ? '' : showJson(value);
}

function severityMark(severity: Alert['rule']['severity']): string {
  switch (severity) {
    case 'critical':
    case 'high':
      return outColors.red('●');
    case 'medium':
      return outColors.yellow('●');
    case 'low':
    case null:
      return outColors.cyan('●');
  }
}
