import { isEqlRule, RuleEngine, type Alert } from '@eqlkit/rules';
import { loadRules } from '@eqlkit/rules/node';
import { printableText } from '@eqlkit/stream';
import { renderAlert } from '../../output/alert-text.js';
import { countOf } from '../../output/count-of.js';
import { printDiagnostics } from '../../output/diagnostics.js';
import { renderTable } from '../../output/fitted-table.js';
import { printableLines } from '../../output/printable-lines.js';
import { outputColumns } from '../../output/terminal-width.js';
import { completePath } from '../complete-path.js';
import { splitWords, type ReplCommand } from '../repl-command.js';
import type { ReplIo } from '../repl-io.js';
import { MAX_KEPT_RESULTS, type ReplSession } from '../repl-session.js';
import { visitEvents } from '../visit-events.js';
import { writePage } from '../write-page.js';

/** `.rules`: load rules and run them over the events. */
export const rulesCommand: ReplCommand = {
  name: 'rules',
  usage: '[files, folders or globs]',
  summary: 'load rules and run them over the events; without files, run those that are loaded',
  completion: completePath,
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
  const counts = new Map<string, number>();
  let found = 0;
  await runEngine(engine, session, io, ({ rule }) => {
    found += 1;
    counts.set(rule.name, (counts.get(rule.name) ?? 0) + 1);
  });
  const rows = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => [printableText(name), String(count)]);
  if (rows.length > 0)
    writePage(renderTable(['rule', 'alerts'], rows, { width: outputColumns(), overflow: 'cut' }), session, io);
  const cancelled = io.signal.aborted ? 'cancelled: ' : '';
  const broken = engine.broken.length > 0 ? `, ${engine.broken.length} broken` : '';
  io.write(`${cancelled}${countOf(engine.rules.length, 'rule')} run${broken} · ${countOf(found, 'alert')}`);
}

/** Runs rules over all events, of which only the fields are read that the rules name. */
async function runEngine(
  engine: RuleEngine,
  session: ReplSession,
  io: ReplIo,
  onAlert: (alert: Alert) => void,
): Promise<void> {
  await visitEvents(session.store.scan(engine.fieldPaths), io.signal, ({ event, timestamp }) => {
    for (const alert of engine.process(event, timestamp)) onAlert(alert);
  });
  if (io.signal.aborted) return;
  for (const alert of engine.finish()) onAlert(alert);
}

/** `.rule`: show a loaded rule, run it, and offer its query for editing. */
export const ruleCommand: ReplCommand = {
  name: 'rule',
  usage: '<id, name or file>',
  summary: 'show a loaded rule, run it, and put its query into the line for editing',
  completion: (_written, { rules }) => rules.map(({ rule }) => rule.id),
  run: async (argument, session, io) => {
    const wanted = argument.toLowerCase();
    const fitting = session.rules.filter(
      ({ rule, file }) =>
        wanted !== '' && [rule.id, rule.name, file].some((text) => text.toLowerCase().includes(wanted)),
    );
    const [loaded, ...others] = fitting.filter(({ rule }) => rule.id === argument).concat(fitting);
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
        `${countOf(fitting.length, 'rule')} fit: ${fitting
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
    const alerts: Alert[] = [];
    let found = 0;
    await runEngine(engine, session, io, (alert) => {
      found += 1;
      if (alerts.length < MAX_KEPT_RESULTS) alerts.push(alert);
    });
    writePage(printAlerts(alerts), session, io);
    const cancelled = io.signal.aborted ? 'cancelled: ' : '';
    const cut = found > alerts.length ? ` (the first ${alerts.length.toLocaleString('en-US')} are shown)` : '';
    io.write(`${cancelled}${countOf(found, 'alert')}${cut}`);
    // A rule may come from anybody, and what stands in the line is written to the terminal.
    io.prefill(printableLines(rule.query.trim()));
  },
};

function* printAlerts(alerts: readonly Alert[]): Generator<string> {
  for (const alert of alerts) yield renderAlert(alert);
}
