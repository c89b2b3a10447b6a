import type { Alert } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { outColors } from './colors.js';
import { showJson } from './show-json.js';
import { renderStages } from './stage-table.js';

/**
 * Draws an alert for people: the rule, the join keys, and each event with the fields that made it match; with its number if
 * it can be asked for by that.
 */
export function renderAlert(alert: Alert, number: number | null = null): string {
  const { rule } = alert;
  const head = [
    `${severityMark(rule.severity)} ${outColors.bold(`${number === null ? '' : `alert ${number} · `}${printableText(rule.name)}`)}`,
    `  severity ${rule.severity ?? 'none'} · risk ${rule.riskScore ?? 'none'} · ${techniques(alert)}`,
    ...alert.joinKeys.map(({ field, value }) => `  ${outColors.dim('by')} ${field} = ${showJson(value)}`),
  ];
  return `${head.join('\n')}\n${renderStages(alert.events)}\n  ${outColors.dim(`alert ${alert.id}`)}\n`;
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
