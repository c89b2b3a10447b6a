import { isEqlRule, RuleEngine, type Alert } from '@eqlkit/rules';
import { loadRules } from '@eqlkit/rules/node';
import { printableText } from '@eqlkit/stream';
import { setImmediate } from 'node:timers/promises';
import { renderAlert } from '../../output/alert-text.js';
import { countOf } from '../../output/count-of.js';
import { printDiagnostics } from '../../output/diagnostics.js';
import { renderTable } from '../../output/fitted-table.js';
import { printableLines } from '../../output/printable-lines.js';
import { outputColumns } from '../../output/terminal-width.js';
import { splitWords, type ReplCommand } from '../repl-command.js';
import type { ReplIo } from '../repl-io.js';
import type { ReplSession } from '../repl-session.js';
import { writePage } from '../write-page.js';

/** Events between two looks at Ctrl-C. */
const EVENTS_OF_A_TURN = 500;

/** `.rules`: load rules and run them over the events. */
export const rulesCommand: ReplCommand = {
  name: 'rules',
  usage: '[files, folders or globs]',
  summary: 'load rules and run them over the events; without files, run those that are loaded',
  run: async (argument, session, io) => {
    const inputs = splitWords(argument);
    if (inputs.length > 0) {
      const { rules, failures, problems } = await loadRules(inputs, { cwd: process.cwd() });
      for (const { message } of problems) io.fail(message);
      for (const { diagnostics, file, text } of failures) io.write(printDiagnostics(diagnostics, file, text));
      if (problems.length > 0) return;
      session.rules = rules.filter(({ rule, disabled }) => isEqlRule(rule) && !disabled);
    }
    if (session.rules.length === 0) {
      io.fail('no rules are loaded; .rules wants files, folders or globs, such as: .rules rules/');
      return;
    }
    await runRules(session, io);
  },
};

async function runRules(session: ReplSession, io: ReplIo): Promise<void> {
  const engine = new RuleEngine(
    session.rules.map(({ rule }) => rule),
    { nowMs: Date.now() },
  );
  const alerts = await findAlerts(engine, session, io);
  const counts = new Map<string, number>();
  for (const { rule } of alerts) counts.set(rule.name, (counts.get(rule.name) ?? 0) + 1);
  const rows = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => [printableText(name), String(count)]);
  if (rows.length > 0)
    writePage(renderTable(['rule', 'alerts'], rows, { width: outputColumns(), overflow: 'cut' }), session, io);
  const cancelled = io.signal.aborted ? 'cancelled: ' : '';
  const broken = engine.broken.length > 0 ? `, ${engine.broken.length} broken` : '';
  io.write(`${cancelled}${countOf(engine.rules.length, 'rule')} run${broken} · ${countOf(alerts.length, 'alert')}`);
}

async function findAlerts(engine: RuleEngine, session: ReplSession, io: ReplIo): Promise<readonly Alert[]> {
  const alerts: Alert[] = [];
  let examined = 0;
  for (const { event, timestamp } of session.store.records()) {
    alerts.push(...engine.process(event, timestamp));
    examined += 1;
    if (examined % EVENTS_OF_A_TURN === 0) await setImmediate();
    if (io.signal.aborted) return alerts;
  }
  return [...alerts, ...engine.finish()];
}

/** `.rule`: show a loaded rule, run it, and offer its query for editing. */
export const ruleCommand: ReplCommand = {
  name: 'rule',
  usage: '<id, name or file>',
  summary: 'show a loaded rule, run it, and put its query into the line for editing',
  run: async (argument, session, io) => {
    const wanted = argument.toLowerCase();
    const found = session.rules.filter(
      ({ rule, file }) =>
        wanted !== '' && [rule.id, rule.name, file].some((text) => text.toLowerCase().includes(wanted)),
    );
    const [loaded, ...others] = found.filter(({ rule }) => rule.id === argument).concat(found);
    if (loaded === undefined) {
      io.fail(
        session.rules.length === 0
          ? 'no rules are loaded: .rules <files> loads some'
          : `no loaded rule has ${argument || 'this'} in its id, name or file`,
      );
      return;
    }
    if (others.length > 0 && others.some((other) => other !== loaded) && loaded.rule.id !== argument) {
      io.fail(
        `${countOf(found.length, 'rule')} fit: ${found
          .slice(0, 5)
          .map(({ rule }) => printableText(rule.name))
          .join(' · ')}`,
      );
      return;
    }
    const { rule } = loaded;
    io.write(`${printableText(rule.name)} (${printableText(loaded.file)})\n\n${printableLines(rule.query.trim())}\n`);
    session.dialect = rule.dialect;
    const engine = new RuleEngine([rule], { nowMs: Date.now() });
    for (const { diagnostics } of engine.broken) io.write(printDiagnostics(diagnostics, 'query', rule.query));
    const alerts = await findAlerts(engine, session, io);
    if (alerts.length > 0) writePage(alerts.map((alert) => renderAlert(alert)).join('\n'), session, io);
    io.write(countOf(alerts.length, 'alert'));
    io.prefill(rule.query);
  },
};
