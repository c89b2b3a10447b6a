import { basename } from 'node:path';
import { isEqlRule, mapQueryDiagnostics, RuleEngine, type Alert } from '@eqlkit/rules';
import { loadRules, type LoadedRule } from '@eqlkit/rules/node';
import { isUndated, printableText } from '@eqlkit/stream';
import { renderAlert } from '../../output/alert-text.js';
import { countOf } from '../../output/count-of.js';
import { describeUndated } from '../../output/event-problems.js';
import { renderTable } from '../../output/fitted-table.js';
import { describeOtherRules } from '../../output/other-rules.js';
import { printableLines } from '../../output/printable-lines.js';
import { describeRunFindings } from '../../output/run-findings.js';
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
      const { rules, failures, packs, exceptionLists, problems } = await loadRules(inputs, { cwd: process.cwd() });
      for (const { message } of problems) io.fail(message);
      for (const { diagnostics, file, text } of [...failures, ...packs]) {
        if (diagnostics.length > 0) io.diagnose(diagnostics, text, file);
      }
      if (problems.length > 0) return;
      session.rules = rules.filter(({ rule, disabled }) => isEqlRule(rule) && !disabled);
      session.exceptionLists = exceptionLists;
      session.edited = null;
      const disabled = rules.filter((rule) => rule.disabled).length;
      if (disabled > 0) io.note(`${countOf(disabled, 'rule')} disabled in pack.toml`);
      const others = describeOtherRules(rules);
      if (others !== null) io.note(others);
    }
    if (session.rules.length === 0) {
      io.fail('no rules are loaded; .rules wants files, folders or globs, such as: .rules rules/');
      return;
    }
    await runRules(session, io);
  },
};

async function runRules(session: ReplSession, io: ReplIo): Promise<void> {
  const engine = createEngine(session.rules, session);
  for (const { rule, diagnostics } of engine.broken) {
    const loaded = session.rules.find((one) => one.rule === rule);
    if (loaded === undefined) continue;
    io.diagnose(mapQueryDiagnostics(diagnostics, loaded.text), loaded.text, loaded.file);
  }
  const counts = new Map<string, number>();
  let found = 0;
  const outcome = await runEngine(engine, session, io, ({ rule }) => {
    found += 1;
    counts.set(rule.name, (counts.get(rule.name) ?? 0) + 1);
  });
  const rows = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => [printableText(name), String(count)]);
  if (rows.length > 0)
    writePage(renderTable(['rule', 'alerts'], rows, { width: outputColumns(), overflow: 'cut' }), session, io);
  for (const note of outcome.notes) io.note(note);
  const cancelled = io.signal.aborted ? 'cancelled: ' : '';
  const broken = engine.broken.length > 0 ? `, ${engine.broken.length} broken` : '';
  io.write(
    `${cancelled}${countOf(engine.rules.length, 'rule')} run${broken} · ${countOf(found, 'alert')} · ${outcome.effort}`,
  );
}

/** An engine that does what that of `eql run` does. */
function createEngine(rules: readonly LoadedRule[], { exceptionLists, fields, ruleScope }: ReplSession): RuleEngine {
  return new RuleEngine(
    rules.map(({ rule }) => rule),
    {
      nowMs: Date.now(),
      exceptionLists,
      tiebreakerField: fields.tiebreakerField,
      indexName: ruleScope.index,
      ignoreIndex: ruleScope.ignoreIndex,
      watchCoverage: true,
    },
  );
}

/** Runs rules over all events, of which only the fields are read that the rules name; says why there may be no alerts. */
async function runEngine(
  engine: RuleEngine,
  session: ReplSession,
  io: ReplIo,
  onAlert: (alert: Alert) => void,
): Promise<{ readonly notes: readonly string[]; readonly effort: string }> {
  const begun = performance.now();
  let dated = 0;
  const examined = await visitEvents(session.store.scan(engine.fieldPaths), io.signal, ({ event, timestamp }) => {
    if (isUndated(timestamp)) return;
    for (const alert of engine.process(event, timestamp, { ordinal: dated })) onAlert(alert);
    dated += 1;
  });
  if (!io.signal.aborted) for (const alert of engine.finish()) onAlert(alert);
  const time = session.showsTime ? ` in ${((performance.now() - begun) / 1000).toFixed(2)} s` : '';
  const effort = `${countOf(examined, 'event')} examined${time}`;
  if (io.signal.aborted) return { notes: [], effort };
  const undated = dated < examined ? [describeUndated(examined - dated)] : [];
  return { notes: [...undated, ...describeRunFindings(engine, session.rules)], effort };
}

/** `.rule`: show a loaded rule, run it, and offer its query for editing. */
export const ruleCommand: ReplCommand = {
  name: 'rule',
  usage: '<id, name or file>',
  summary: 'show a loaded rule, run it, and put its query into the line for editing',
  completion: (_written, { rules }) => shortNames(rules),
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
    session.edited = loaded;
    const engine = createEngine([loaded], session);
    for (const { diagnostics } of engine.broken) io.diagnose(diagnostics, rule.query);
    const alerts: Alert[] = [];
    let found = 0;
    const outcome = await runEngine(engine, session, io, (alert) => {
      found += 1;
      if (alerts.length < MAX_KEPT_RESULTS) alerts.push(alert);
    });
    session.results = { kind: 'alerts', alerts, found };
    writePage(printAlerts(alerts), session, io);
    for (const note of outcome.notes) io.note(note);
    const cancelled = io.signal.aborted ? 'cancelled: ' : '';
    const cut = found > alerts.length ? ` (the first ${alerts.length.toLocaleString('en-US')} are shown)` : '';
    io.write(`${cancelled}${countOf(found, 'alert')}${cut} · ${outcome.effort}`);
    // A rule may come from anybody, and what stands in the line is written to the terminal.
    io.prefill(printableLines(rule.query.trim()));
  },
};

/** The files of rules without their folders, and the ids of rules that share the name of a file. */
function shortNames(rules: readonly LoadedRule[]): readonly string[] {
  const files = rules.map(({ file }) => basename(file));
  return rules.map(({ rule }, place) => {
    const file = files[place] ?? '';
    return files.indexOf(file) === files.lastIndexOf(file) ? file : rule.id;
  });
}

function* printAlerts(alerts: readonly Alert[]): Generator<string> {
  for (const [place, alert] of alerts.entries()) yield renderAlert(alert, place + 1);
}
