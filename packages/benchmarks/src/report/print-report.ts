import { keepsLimit, type Figure, type TargetResult } from './target-result.js';
import type { Machine } from './machine.js';

/** The line that says where figures come from. */
export function renderMachine(machine: Machine): string {
  const { processor, cores, memoryBytes, loadAverage, system, node, v8, revision } = machine;
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  return `${processor}, ${cores} cores, ${memory}, load ${loadAverage.toFixed(1)}; ${system}; Node ${node} (V8 ${v8}); eqlkit ${revision}`;
}

/** A target's figures as text. */
export function renderResult({ name, target, figures, notes }: TargetResult): string {
  return [`${name}: ${target}`, ...figures.map(renderFigure), ...notes.map((note) => `  note: ${note}`)].join('\n');
}

function renderFigure(figure: Figure): string {
  const { label, value, unit, against, ratio, limit, matches } = figure;
  const kept = keepsLimit(figure);
  const parts = [
    `${kept === null ? ' ' : kept ? '✓' : '✗'} ${label}: ${formatNumber(value)} ${unit}`,
    ...(against === undefined ? [] : [`${against.label} ${formatNumber(against.value)} ${unit}`]),
    ...(ratio === undefined ? [] : [`ratio ${ratio.toFixed(2)}`]),
    ...(limit === undefined ? [] : ['atMost' in limit ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`]),
    ...(matches === undefined ? [] : [`${matches.toLocaleString('en-US')} matches`]),
  ];
  return `  ${parts.join(' · ')}`;
}

function formatNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}
