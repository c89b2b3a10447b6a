import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  createRuleToml,
  RULE_SEVERITIES,
  USUAL_RISK_SCORES,
  withQuery,
  type RuleDraft,
  type RuleSeverity,
} from '@eqlkit/rules';
import { loadRules, rewriteRuleText, type LoadedRule } from '@eqlkit/rules/node';
import { printableText } from '@eqlkit/stream';
import { today } from '../../new/today.js';
import { DEFEND_SYSTEMS } from '../../option-values.js';
import { printableLines } from '../../output/printable-lines.js';
import { completePath } from '../complete-path.js';
import { splitWords, type ReplCommand } from '../repl-command.js';
import type { ReplIo } from '../repl-io.js';
import type { ReplSession } from '../repl-session.js';
import { describeWriteFailure } from '../../output/write-failure.js';

/** `.save`: the last query as a rule file. */
export const saveCommand: ReplCommand = {
  name: 'save',
  usage: '[rule.toml] [name]',
  summary:
    'turn the last query into a rule file, with the metadata asked for; without a file, put it back into the rule that .rule showed',
  completion: completePath,
  run: async (argument, session, io) => {
    const [file, ...words] = splitWords(argument);
    if (file === undefined && session.edited !== null) {
      await saveEdited(session.edited, session, io);
      return;
    }
    if (file === undefined || !file.endsWith('.toml')) {
      io.fail(
        '.save wants a file, such as: .save credential_access_my_rule.toml; or first a rule to put the query into: .rule <id>',
      );
      return;
    }
    const { last } = session;
    if (last === null) {
      io.fail('there is no query yet that could be saved');
      return;
    }
    if (last.dialect === 'endgame') {
      io.fail(
        'rules are not written in the endgame dialect, whose "==" ignores case; choose another one with .dialect, and run the query in it',
      );
      return;
    }
    if (existsSync(file)) {
      io.fail(`${file} is there already; choose another name`);
      return;
    }
    const metadata = await askForMetadata(last.text, file, words.join(' '), io);
    if (metadata === null) {
      io.write('nothing was saved');
      return;
    }
    // What is written in the dialect of Elastic Defend is read in it only as a rule of Elastic Defend.
    const draft = last.dialect === 'endpoint' ? { ...metadata, osList: DEFEND_SYSTEMS } : metadata;
    try {
      await writeFile(file, createRuleToml(draft), { flag: 'wx' });
    } catch (error) {
      io.fail(describeWriteFailure(file, error));
      return;
    }
    const shown = printableText(file);
    io.write(`saved as ${shown}; check it with: eql check ${shown}`);
  },
};

/** Puts the last query into the rule that it was edited from. */
async function saveEdited({ rule, file, text }: LoadedRule, session: ReplSession, io: ReplIo): Promise<void> {
  const { last } = session;
  const shown = printableText(file);
  if (last === null || last.text === printableLines(rule.query.trim())) {
    io.fail(`the query of ${shown} was not changed: edit it, run it, and then .save`);
    return;
  }
  if (last.dialect !== rule.dialect) {
    io.fail(
      `${shown} is read in the ${rule.dialect} dialect, and the last query was run in the ${last.dialect} dialect`,
    );
    return;
  }
  // Where nobody can be asked, as in a script, the command itself is the answer.
  const answer = (await io.ask(`put the last query into ${shown}, in place of its own? [y/N]: `)) ?? 'y';
  if (io.signal.aborted || !/^y(?:es)?$/iu.test(answer.trim())) {
    io.write('nothing was saved');
    return;
  }
  const changed = withQuery(text, last.text);
  const path = resolve(process.cwd(), file);
  const failure = changed === null ? 'it has no query' : await rewriteRuleText(path, text, changed);
  if (failure !== null) {
    io.fail(`${shown} cannot be written: ${failure}.`);
    return;
  }
  const { rules } = await loadRules([path], { cwd: process.cwd() });
  const [reloaded] = rules;
  session.rules = session.rules.map((one) => (one.file === file ? (reloaded ?? one) : one));
  session.edited = reloaded ?? null;
  io.write(`saved in ${shown}; check it with: eql check ${shown}`);
}

async function askForMetadata(query: string, file: string, given: string, io: ReplIo): Promise<RuleDraft | null> {
  const fallback = file
    .replace(/^.*[\\/]/u, '')
    .replace(/\.toml$/u, '')
    .replaceAll('_', ' ');
  const ask = async (question: string): Promise<string> =>
    io.signal.aborted ? '' : ((await io.ask(question)) ?? '').trim();
  const name = given || (await ask(`name [${fallback}]: `)) || fallback;
  const description = (await ask('description: ')) || name;
  const severity = await askForSeverity(ask, io);
  if (io.signal.aborted) return null;
  return {
    id: randomUUID(),
    name,
    description,
    severity,
    riskScore: USUAL_RISK_SCORES[severity],
    query,
    date: today(),
    author: [],
    index: [],
    tacticId: null,
    techniqueIds: [],
    osList: null,
  };
}

async function askForSeverity(ask: (question: string) => Promise<string>, io: ReplIo): Promise<RuleSeverity> {
  for (;;) {
    const typed = (await ask('severity (low, medium, high, critical) [low]: ')).toLowerCase() || 'low';
    const severity = RULE_SEVERITIES.find((known) => known === typed);
    if (severity !== undefined) return severity;
    io.write(`there is no severity ${printableText(typed)}; there are ${RULE_SEVERITIES.join(', ')}`);
  }
}
