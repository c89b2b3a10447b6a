import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRuleToml, RULE_SEVERITIES, USUAL_RISK_SCORES, type RuleDraft, type RuleSeverity } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { today } from '../../new/today.js';
import { DEFEND_SYSTEMS } from '../../option-values.js';
import { completePath } from '../complete-path.js';
import { splitWords, type ReplCommand } from '../repl-command.js';
import type { ReplIo } from '../repl-io.js';
import { describeWriteFailure } from '../../output/write-failure.js';

/** `.save`: the last query as a rule file. */
export const saveCommand: ReplCommand = {
  name: 'save',
  usage: '<rule.toml> [name]',
  summary: 'turn the last query into a rule file, with the metadata asked for',
  completion: completePath,
  run: async (argument, session, io) => {
    const [file, ...words] = splitWords(argument);
    if (file === undefined || !file.endsWith('.toml')) {
      io.fail('.save wants a file, such as: .save credential_access_my_rule.toml');
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
